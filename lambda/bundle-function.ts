import { join } from 'node:path';
import { type BuildResult, build } from 'esbuild';

/**
 * Bundles a function into one CommonJS file with its SDK client, for the handler `index.handler`.
 *
 * The ES module builds of the SDK let unused code be dropped, and the SDK's credential chain gives way to the one link
 * that a function has; together they halve the file and its start. Nothing may be external: the file is all that is
 * deployed.
 *
 * @param handler the file that exports it.
 * @param file where to write it: `…/index.js`.
 * @returns what went into it, and its size.
 */
export async function bundleFunction(handler: string, file: string): Promise<NonNullable<BuildResult['metafile']>> {
  const { metafile } = await build({
    // Names in the bundle must not depend on where the repository lies.
    absWorkingDir: join(__dirname, '..'),
    entryPoints: [handler],
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
  return metafile;
}
