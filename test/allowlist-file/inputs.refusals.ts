import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AllowlistFile } from '../../lib/allowlist-file/allowlist-file';
import type { Problem } from '../../lib/rules/endpoint-error';
import { BAD_DATES, BAD_DESCRIPTIONS, LOCKED_OUT } from '../allowlist/about-entries.refusals';
import { TOO_BROAD } from '../allowlist/breadth.refusals';
import { BAD_BLOCKS, BAD_SOURCES } from '../network/blocks.refusals';
import { BAD_QUOTAS } from '../placement/quotas.refusals';
import { type BadInput, bad } from '../support/bad-input';
import { problemsIn } from './bad-files';
import { BAD_ENTRIES } from './entries.refusals';
import { BAD_FEEDS } from './feeds.refusals';
import { BAD_FILES } from './files.refusals';
import { BAD_INCLUDES } from './includes.refusals';
import { BAD_REQUIREMENTS } from './require.refusals';
import { BAD_TABLES } from './tables.refusals';
import { BAD_TEXTS } from './texts.refusals';

/** What is wrong with asking a file for some of its groups. */
function askedFor(groups: string[], text: string): Problem[] {
  const folder = mkdtempSync(join(tmpdir(), 'allowlist-'));
  try {
    writeFileSync(join(folder, 'allowlist.yaml'), text);
    const sources = AllowlistFile.read(join(folder, 'allowlist.yaml'), { groups });
    return sources
      .flatMap(({ _about }) => _about.problems ?? [])
      .map((problem) => ({ ...problem, location: { ...problem.location!, file: 'allowlist.yaml' } }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What is asked of a file that has something else. */
const BAD_REQUESTS: readonly BadInput[] = [
  bad(
    'a group that the file does not have',
    () => askedFor(['partners', 'parnters'], 'groups:\n  - name: partners\n    entries: [203.0.113.7]\n'),
    "allowlist.yaml:1:1: 'parnters' is not a group of the file. Write the name of a group in the file: partners. [FileGroupMissing]",
  ),
];

/** All of them. */
export const BAD_INPUTS: readonly BadInput[] = [
  ...BAD_BLOCKS,
  ...BAD_SOURCES,
  ...TOO_BROAD,
  ...LOCKED_OUT,
  ...BAD_DESCRIPTIONS,
  ...BAD_DATES,
  ...BAD_QUOTAS,
  ...BAD_REQUESTS,
  ...[
    ...BAD_FILES,
    ...BAD_ENTRIES,
    ...BAD_TEXTS,
    ...BAD_TABLES,
    ...BAD_INCLUDES,
    ...BAD_REQUIREMENTS,
    ...BAD_FEEDS,
  ].map(({ what, files, says }) => bad(what, () => problemsIn(files), ...says)),
];
