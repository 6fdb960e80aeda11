import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';

/** What the page holds beside its data. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

/**
 * Bundles what runs in the page, and its style, into a text each. `scripts/bundle.ts` puts these texts into the command in
 * place of this file, which needs sources and esbuild.
 */
export function bundlePage(): PageAssets {
  const built = (file: string) => {
    const { outputFiles } = buildSync({
      absWorkingDir: __dirname,
      entryPoints: [file],
      bundle: true,
      write: false,
      minify: true,
      format: 'iife',
      target: ['chrome123', 'firefox120', 'safari17.5'],
      logLevel: 'warning',
    });
    return outputFiles[0].text.trim();
  };
  // The page holds the code of one package, whose license wants to be passed on with it.
  const license = readFileSync(join(dirname(require.resolve('ipaddr.js/package.json')), 'LICENSE'), 'utf8').trim();
  return { script: `/*! ipaddr.js\n${license}\n*/\n${built('browser/main.ts')}`, style: built('page.css') };
}
