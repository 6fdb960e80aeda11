import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from '../cli/exposure/diff/compare';
import { renderMarkdown } from '../cli/exposure/diff/render/markdown';
import { renderText } from '../cli/exposure/diff/render/text';
import { readExposure } from '../cli/exposure/read/read-exposure';
import { renderTable } from '../cli/exposure/render/table';
import { select } from '../cli/exposure/select';
import { EXPOSURE_FILE, LOCATIONS_FILE } from '../lib/exposure/exposure-format';
import { fenced, withBlock } from './blocks';
import { exposureSamples } from './exposure-sample';

const root = join(__dirname, '..');

/** The documents that show what `database-endpoint exposure` prints, and their blocks. */
export const PAGES = {
  'docs/exposure.md': ['exposure-table', 'exposure-diff'],
  'README.md': ['exposure-markdown'],
} as const;

type Page = keyof typeof PAGES;
type Block = (typeof PAGES)[Page][number];

/** What the command prints for the allowlist of docs/allowlists.md, and for a change of it. */
function blocks(): Readonly<Record<Block, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-page-'));
  try {
    const state = (name: string, change: (text: string) => string) => {
      const { exposure, locations } = exposureSamples(change(readFileSync(join(root, 'docs/allowlists.md'), 'utf8')));
      const stack = join(folder, name, 'prod');
      mkdirSync(stack, { recursive: true });
      writeFileSync(join(stack, EXPOSURE_FILE), exposure);
      writeFileSync(join(stack, LOCATIONS_FILE), locations);
      return readExposure(join(folder, name));
    };
    const base = state('base', (text) => text);
    const differences = compare(base, state('head', changed));
    return {
      'exposure-table': fenced('', renderTable(select(base, { now: new Date() })).trimEnd()),
      'exposure-diff': fenced('', renderText(differences).trimEnd()),
      'exposure-markdown': fenced('markdown', renderMarkdown(differences).trimEnd()),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An office more, an address less, and an access that ends later. */
function changed(text: string): string {
  return text
    .replace('  - 203.0.113.7\n', '  - { cidr: 203.0.113.64/28, description: Berlin office, owner: data-team }\n')
    .replace('expires: 2027-01-31', 'expires: 2027-06-30');
}

/** The documents as they should be. */
export function exposurePages(): Readonly<Record<Page, string>> {
  const filled = blocks();
  const pages = Object.entries(PAGES).map(([page, names]) => [
    page,
    names.reduce<string>((text, name) => withBlock(text, name, filled[name]), readFileSync(join(root, page), 'utf8')),
  ]);
  return Object.fromEntries(pages);
}

if (require.main === module) {
  for (const [page, text] of Object.entries(exposurePages())) writeFileSync(join(root, page), text);
}
