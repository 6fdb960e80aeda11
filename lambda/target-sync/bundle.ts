import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles the function into one CommonJS file with its SDK client, for the handler `index.handler`.
 *
 * The ES module builds of the SDK let unused code be dropped, and the SDK's credential chain gives way to the one link
 * that a function has; together they halve the file and its start. Nothing may be external: the file is all that is
 * deployed.
 *
 * @param file where to write it: `…/index.js`.
 * @returns its size in bytes.
 */
export async function bundleTargetSync(file: string): Promise<number> {
  const { metafile } = await build({
    entryPoints: [join(__dirname, 'handler.ts')],
    outfile: file,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': join(__dirname, 'role-credentials.ts') },
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    logLevel: 'silent',
  });
  return Object.values(metafile.outputs).reduce((bytes, output) => bytes + output.bytes, 0);
}
