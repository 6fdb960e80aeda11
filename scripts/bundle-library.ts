/*
 * Puts what jsii compiled into one file, dist/index.js: loading one file takes half the time of loading its 300
 * modules, which every synthesis pays. The peers stay outside, as do the bundled dependencies.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { build, type Plugin } from 'esbuild';

const dist = join(__dirname, '..', 'dist');
const index = join(dist, 'index.js');

/**
 * Modules that most apps do not need, with all that only they need: they are run when something of theirs is first
 * used. Nothing in them is used so often that looking it up would matter.
 */
export const LOADED_WHEN_USED: readonly string[] = [
  'allowlist-file/allowlist-file',
  'certificate/pem',
  'certificate/shared-certificate',
  'clients/client-guide-markdown',
  'clients/connection-url',
  'clients/families',
  'clients/recipes/recipes',
  'clients/user-statements/write-statements',
  'endpoint/endpoint-outputs',
  'endpoint/integration',
  'endpoint/integration-types',
  'load-balancer/database-endpoint-consumer',
  'load-balancer/endpoint-addresses',
  'load-balancer/fixed-addresses',
  'load-balancer/private-link-access',
  'load-balancer/private-link-service',
  'target-sync/target-sync',
  'target-sync/zones',
  'terraform/outputs',
  'users/admin-secret',
  'users/database-user',
  'users/grant',
  'users/user-auth',
];

/** How TypeScript has a module require another one of the library: what it only exports again, as a `var`. */
const REQUIRE = /^(?:const|var) (\w+) = require\("(\.[^"]+)"\);$/gm;

/** Has the exports of those modules looked up where they are used, so that the first use runs the module. */
const loadWhenUsed: Plugin = {
  name: 'load-when-used',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8').replace(REQUIRE, (line, name, target) => {
        return LOADED_WHEN_USED.includes(moduleName(join(dirname(path), target)))
          ? `const ${name} = new Proxy({}, { get: (_, property) => require("${target}")[property] });`
          : line;
      });
      return { contents };
    });
  },
};

function moduleName(path: string): string {
  return relative(dist, path).split(sep).join('/');
}

async function main(): Promise<void> {
  const names = Object.keys(require(index));
  await build({
    entryPoints: [index],
    outfile: index,
    allowOverwrite: true,
    bundle: true,
    packages: 'external',
    plugins: [loadWhenUsed],
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // Node.js looks for this where an ECMAScript module imports names. It is never run.
    footer: { js: `0 && (module.exports = { ${names.join(', ')} });` },
    logLevel: 'warning',
  });
  for (const path of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const isPart = path.endsWith('.js') && path !== 'index.js' && !/^(assets|bin|packages)[\\/]/.test(path);
    // TypeScript would take what it noted there for proof that nothing needs to be compiled again.
    if (isPart || path === 'tsconfig.tsbuildinfo') rmSync(join(dist, path));
  }
  console.log(relative(process.cwd(), index));
}

if (require.main === module) {
  main().catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
