import { type Command, InvalidArgumentError, Option } from 'commander';
import { fromDisk, withSlashes } from '../../../lib/allowlist-file/read-allowlist';
import type { ExitCode } from '../../exit-code';
import type { Terminal } from '../../terminal';
import { UsageError } from '../../usage-error';
import { type AllowlistOptions, addLimitOptions, allowlistsOf, nameOf, propsOf } from '../options';
import { FETCH_LIMITS, type FetchFeed, fetchFeed } from './fetch-feed';
import { exitCodeOf } from './outcome';
import { renderJson, renderMarkdown, renderText } from './render';
import { type UpdateReport, updateAllowlist } from './update-allowlist';
import { writeLock } from './write-lock';

interface CommandOptions extends Pick<AllowlistOptions, 'includeFolder' | 'aggregate' | 'internal'> {
  readonly check?: boolean;
  readonly accept?: boolean;
  readonly timeout: number;
  readonly format: (typeof FORMATS)[number];
}

const FORMATS = ['text', 'markdown', 'json'] as const;

/** What a test puts in place of the network and the clock. */
export interface UpdateWorld {
  readonly fetchFeed: FetchFeed;
  readonly now: () => Date;
}

/** Adds `allowlist update`. */
export function registerUpdate(
  allowlist: Command,
  terminal: Terminal,
  finish: (exitCode: ExitCode) => void,
  world?: UpdateWorld,
): void {
  const update = allowlist
    .command('update')
    .description('Fetches the published lists that allowlist files name (feed), and writes their lock files.')
    .argument('<files...>', 'YAML or JSON files; those that they include are updated as well')
    .option('--check', 'write nothing; exit with 1 if a lock file is out of date')
    .option('--accept', 'accept a change that drops more than half of a list or more than doubles it')
    .option('--include-folder <folder>', 'also allow includes from this folder')
    .option('--timeout <seconds>', 'how long each list may take', seconds, FETCH_LIMITS.timeoutMs / 1000)
    .addOption(new Option('--format <format>', 'what to print').choices(FORMATS).default('text'));
  addLimitOptions(update)
    .addHelpText('after', EXIT_CODES)
    .action(async (files: string[], options: CommandOptions) => {
      if (files.includes('-')) throw new UsageError('A lock file stands beside a file. Write the path of one.');
      const reports = await reportsOf(allowlistsOf(files), options, terminal, world);
      const isCheck = options.check === true;
      if (!isCheck) for (const { lock, text } of outdated(reports)) writeLock(lock, text);
      const exitCode = exitCodeOf(reports, isCheck);
      const texts = {
        text: () => renderText(reports, isCheck),
        markdown: () => renderMarkdown(reports, isCheck),
        json: () => renderJson(reports, exitCode),
      };
      terminal.out(texts[options.format]());
      finish(exitCode);
    });
}

async function reportsOf(
  files: readonly string[],
  options: CommandOptions,
  { progress }: Terminal,
  world: UpdateWorld | undefined,
): Promise<UpdateReport[]> {
  const { timeout, accept, includeFolder } = options;
  const now = world?.now() ?? new Date();
  const fetchOnce = world?.fetchFeed ?? ((url) => fetchFeed(url, { ...FETCH_LIMITS, timeoutMs: timeout * 1000 }));
  const fetched = new Map<string, Promise<Uint8Array>>();
  const reports: UpdateReport[] = [];
  for (const file of files) {
    const report = await updateAllowlist(nameOf(file, { stdinName: '' }), {
      readFile: fromDisk,
      fetchFeed: (url) => {
        progress?.(`fetching ${url}`);
        const known = fetched.get(url) ?? fetchOnce(url);
        fetched.set(url, known);
        return known;
      },
      today: now.toISOString().slice(0, 10),
      judged: propsOf({ ...options, dualStack: true }),
      accept,
      includeFolder: includeFolder === undefined ? undefined : withSlashes(includeFolder),
    });
    reports.push(report);
  }
  progress?.('');
  return reports;
}

/** Each lock file once, although two files may include the same. */
function outdated(reports: readonly UpdateReport[]): readonly { readonly lock: string; readonly text?: string }[] {
  const all = reports.flatMap(({ locks }) => locks.filter(({ isOutdated }) => isOutdated));
  return [...new Map(all.map((each) => [each.lock, each])).values()];
}

function seconds(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) === 0)
    throw new InvalidArgumentError('It must be a number of seconds from 1 to 999.');
  return Number(text);
}

const EXIT_CODES = `
Exit codes: 0 every lock file is up to date (with --check: was already), 1 a list is refused or needs --accept, an
allowlist file is not valid, or with --check a lock file is out of date, 2 usage error, or a lock file that cannot be
written, 3 a list cannot be fetched. What is refused or cannot be fetched leaves its blocks in the lock file as they were.`;
