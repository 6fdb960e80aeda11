import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Construct } from 'constructs';
import * as ts from 'typescript';
import { CODE_FILES } from '../lib/assets';
import { devDependencies, peerDependencies, publishConfig } from '../package.json';
import { LOADED_WHEN_USED } from '../scripts/bundle-library';
import { readmeBlock, shown } from '../scripts/readme';
import { differencesButSchedules } from './e2e/fixtures/differences';
import { newerNode } from './support/newer-node';
import { PackedProject, referenceExamples, run, type Stacks } from './support/packed-project';

const root = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const packed = { tarball: '', files: [] as string[] };
let reference: Stacks = {};

beforeAll(() => {
  run({ folder: root }, 'npm', 'run', 'build');
  const { stdout } = run({ folder: root }, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
  const [{ filename, files }] = JSON.parse(stdout);
  packed.tarball = join(folder, filename);
  packed.files = files.map(({ path }: { path: string }) => path);
  reference = referenceExamples();
});

interface AssemblyType {
  readonly kind: string;
  readonly name: string;
  readonly fqn: string;
  readonly properties?: readonly { readonly name: string }[];
  readonly methods?: readonly { readonly name: string }[];
}

/** A script, as V8 notes which of its functions ran. */
interface CoveredScript {
  readonly url: string;
  readonly functions: readonly {
    readonly functionName: string;
    readonly ranges: readonly { readonly count: number }[];
  }[];
}

interface Install {
  readonly title: string;
  readonly peers: readonly string[];
  readonly node?: () => string;
  /** All that may differ from what the repository's own packages yield. */
  readonly allowed: readonly RegExp[];
}

const PROVIDER_6 = /^terraform\.required_providers\.aws\.version: "5\.100\.0" -> "6\.\d+\.\d+"$/;

/** What the README says the library runs on, each end of the peers' ranges among it. */
const INSTALLS: readonly Install[] = [
  {
    title: 'cdktf 0.21 with the oldest @cdktf/provider-aws',
    peers: Object.keys(peerDependencies).map(
      (name) => `${name}@${devDependencies[name as keyof typeof peerDependencies]}`,
    ),
    allowed: [],
  },
  {
    title: 'cdktf 0.21 with the newest @cdktf/provider-aws',
    peers: ['cdktf@^0.21.0', 'constructs@^10.4.2', '@cdktf/provider-aws@^21.0.0'],
    allowed: [PROVIDER_6],
  },
  {
    title: 'CDK Terrain 0.24 with the newest @cdktn/provider-aws',
    peers: ['cdktf@npm:cdktn@^0.24.0', 'constructs@^10.4.2', '@cdktf/provider-aws@npm:@cdktn/provider-aws@^25.7.0'],
    node: newerNode,
    allowed: [
      /^\/\/\.metadata\.version: "0\.21\.0" -> "0\.24\.\d+"$/,
      /^terraform\.required_providers\.aws\.source: "aws" -> "hashicorp\/aws"$/,
      PROVIDER_6,
    ],
  },
];

// Each install copies half a gigabyte; a pipeline has the time for all of them.
describe.each(process.env['CI'] ? INSTALLS : INSTALLS.slice(0, 1))(
  'the packed library in an empty project, with $title',
  ({ peers, node, allowed }) => {
    let project: PackedProject;
    beforeAll(() => {
      project = new PackedProject(packed.tarball, peers, node?.());
    });
    afterAll(() => rmSync(project.folder, { recursive: true, force: true }));

    test('is installed by a plain npm install, without a warning about versions', () => {
      expect(project.warnings).not.toMatch(/ERESOLVE|EBADENGINE|peer/i);
    });

    test('yields the JSON of the README for the example of the README', () => {
      expect(project.readmeJson()).toBe(readmeBlock('json'));
    });

    test('shows the warnings in the flow of the README', () => {
      writeFileSync(join(project.folder, 'main.ts'), readmeBlock('example'));
      writeFileSync(join(project.folder, 'cdktf.json'), readmeBlock('cdktf'));

      const { stdout } = project.run('node', require.resolve('cdktf-cli/bundle/bin/cdktf.js'), 'synth');

      expect(stdout).toMatch(/WARN \[prod\/Orders\]: .*\[SourceSeldomMatches\]/);
      expect(shown(join(project.folder, 'cdktf.out/stacks/prod/cdk.tf.json'))).toBe(readmeBlock('json'));
    });

    test('yields for every example what the repository yields, but for these versions and metadata', () => {
      const stacks = project.examples();

      expect(Object.keys(stacks)).toEqual(Object.keys(reference));
      for (const [name, stack] of Object.entries(reference)) {
        const found = differencesButSchedules(stack, stacks[name]);
        expect(found).toEqual(allowed.map((line) => expect.stringMatching(line)));
      }
    });

    test('deploys the code of the function that comes with the package', () => {
      const named = readmeBlock('example').replace("ipAddresses(['10.0.20.5'],", "hostname('orders.example.com',");
      const stack = project.synthesize(named);

      const { resource } = JSON.parse(readFileSync(join(stack, 'cdk.tf.json'), 'utf8'));
      const [lambda] = Object.values<{ filename: string }>(resource.aws_lambda_function);
      expect(readFileSync(join(stack, lambda.filename)).equals(readFileSync(CODE_FILES.targetSync))).toBe(true);
    });

    test('is imported by name from an ECMAScript module, which names the file of the provider', () => {
      const names = Object.keys(require(root));
      const module = `
        import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
        import { ${names.join(', ')} } from 'cdktf-database-endpoint';
        console.log(AwsProvider.name, DatabaseEndpoint.name);`;
      writeFileSync(join(project.folder, 'names.mjs'), module);

      expect(project.run('node', 'names.mjs').stdout).toBe('AwsProvider DatabaseEndpoint\n');
    });
  },
);

describe('the package', () => {
  const assembly = () => {
    const { types } = JSON.parse(readFileSync(join(root, '.jsii'), 'utf8'));
    return Object.values<AssemblyType>(types);
  };

  test('holds what it runs, and neither sources nor tests', () => {
    expect(packed.files).toEqual(
      expect.arrayContaining([
        ...['.jsii', 'API.md', 'CHANGELOG.md', 'LICENSE', 'README.md'],
        ...['dist/assets/target-sync.zip', 'dist/assets/database-user.zip', 'dist/index.d.ts'],
      ]),
    );
    expect(packed.files.filter((path) => /^(lib|test|bench|examples|dist\/packages)\//.test(path))).toEqual([]);
    // Loaded in one piece, and a class is the same wherever it is imported from.
    expect(packed.files.filter((path) => /^dist\/.*\.js$/.test(path)).sort()).toEqual([
      'dist/bin/database-endpoint.js',
      'dist/index.js',
    ]);
  });

  test('exports the types that other languages have and EndpointError, and nothing else', () => {
    const index = join(root, 'dist', 'index.d.ts');
    const program = ts.createProgram([index], { skipLibCheck: true });
    const source = program.getSourceFile(index);
    const symbol = source && program.getTypeChecker().getSymbolAtLocation(source);
    const exported = symbol
      ? program
          .getTypeChecker()
          .getExportsOfModule(symbol)
          .map(({ name }) => name)
      : [];
    const types = assembly();

    expect(exported.sort()).toEqual([...types.map(({ name }) => name), 'EndpointError'].sort());
    const values = types.filter(({ kind }) => kind !== 'interface').map(({ name }) => name);
    expect(Object.keys(require(root)).sort()).toEqual([...values, 'EndpointError'].sort());
  });

  const ENDPOINT = `
    const stack = new TerraformStack(Testing.app(), 'prod');
    const endpoint = new DatabaseEndpoint(stack, 'Orders', {
      vpcId: 'vpc-0a1b2c3d4e5f60718',
      subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'],
      engine: DatabaseEngine.POSTGRESQL,
      target: DatabaseTarget.ipAddresses(['10.0.1.5']),
      allow: [AllowedSource.cidr('52.20.30.40')],
    });`;
  const NAMES = 'AllowedSource, DatabaseEndpoint, DatabaseEngine, DatabaseTarget';
  const CDKTF = `require(${JSON.stringify(require.resolve('cdktf'))})`;
  const runs = (program: string, extension: string, environment: NodeJS.ProcessEnv = {}) => {
    const file = join(folder, `program.${extension}`);
    writeFileSync(file, program);
    return run({ folder: root, environment }, 'node', file).stdout;
  };

  test('runs what few apps need when they use it, and not before', () => {
    const coverage = join(folder, 'coverage');
    const program = `
      const { ${NAMES} } = require(${JSON.stringify(root)});
      const { TerraformStack, Testing } = ${CDKTF};
      ${ENDPOINT}
      Testing.synth(stack);`;

    runs(program, 'cjs', { NODE_V8_COVERAGE: coverage });

    const scripts = readdirSync(coverage).flatMap((file): CoveredScript[] => {
      return JSON.parse(readFileSync(join(coverage, file), 'utf8')).result;
    });
    const [library] = scripts.filter(({ url }) => url.endsWith('/dist/index.js'));
    const loaded = library.functions
      .filter(({ ranges }) => ranges[0].count > 0)
      .map(({ functionName }) => functionName);
    // The bundle has a function of this name for each module.
    const modules = LOADED_WHEN_USED.map((name) => `dist/${name}.js`);
    const bundle = readFileSync(join(root, 'dist', 'index.js'), 'utf8');
    expect(modules.filter((name) => !bundle.includes(`"${name}"(`))).toEqual([]);
    expect(loaded).toContain('dist/endpoint/database-endpoint.js');
    expect(modules.filter((name) => loaded.includes(name))).toEqual([]);
  });

  const PROGRAMS = {
    cjs: { imports: `const { ${NAMES}, Integration } = require(FILE);`, require: '' },
    mjs: {
      imports: `import { ${NAMES}, Integration } from FILE;`,
      require: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
    },
  } as const;

  test.each(['cjs', 'mjs'] as const)('has each class once, wherever it is first used (.%s)', (extension) => {
    const { imports, require: requires } = PROGRAMS[extension];
    const program = `
      ${imports.replace('FILE', JSON.stringify(join(root, 'dist', 'index.js')))}
      ${requires}
      const { TerraformStack, Testing } = ${CDKTF};
      ${ENDPOINT}
      const integration = endpoint.addIntegration('Partner', { allow: [AllowedSource.cidr('52.20.30.41')] });
      const library = require(${JSON.stringify(root)});
      console.log(integration instanceof Integration, integration.constructor === library.Integration);`;

    expect(runs(program, extension)).toBe('true true\n');
  });

  test('shows other languages no internal member', () => {
    const members = assembly().flatMap(({ properties = [], methods = [] }) => [...properties, ...methods]);

    expect(members.length).toBeGreaterThan(100);
    expect(members.filter(({ name }) => name.startsWith('_'))).toEqual([]);
  });

  test('comes with the bills of materials of what is packed into it', () => {
    expect(packed.files.filter((path) => path.includes('sbom')).sort()).toEqual(
      ['command', 'database-user', 'library', 'target-sync'].map((name) => `dist/sbom/${name}.cdx.json`),
    );
    expect(publishConfig).toEqual({ access: 'public', provenance: true });
  });

  test('names its classes as jsii does, so that other languages find what they ask for', () => {
    for (const { name, fqn } of assembly().filter(({ kind }) => kind === 'class')) {
      expect(require(root)[name][Symbol.for('jsii.rtti')]).toMatchObject({ fqn });
    }
  });

  test('keeps the names of its constructs, which messages of CDKTF show', () => {
    const classes: { readonly [name: string]: { readonly name: string; readonly prototype: unknown } } = require(root);
    const constructs = Object.entries(classes).filter(([, each]) => each.prototype instanceof Construct);

    expect(constructs.map(([name]) => name)).toEqual(expect.arrayContaining(['DatabaseEndpoint', 'TargetSync']));
    for (const [name, each] of constructs) expect(each.name).toBe(name);
  });

  test('asks for its peers in ranges without a gap: in Python two ranges would contradict each other', () => {
    for (const range of Object.values(peerDependencies)) expect(range).not.toContain('||');
  });
});
