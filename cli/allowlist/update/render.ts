import { urlOf } from '../../../lib/allowlist-file/feed';
import { AddressSet } from '../../../lib/network/address-set';
import { describeProblem } from '../../../lib/rules/endpoint-error';
import { locationText } from '../../../lib/rules/location';
import { printable } from '../../../lib/rules/printable';
import { ACCESS_HEAD, accessRow } from '../../exposure/diff/render/markdown';
import { sentenceOf } from '../../exposure/diff/render/sentences';
import { sizes } from '../../exposure/render/json';
import { code } from '../../exposure/render/markdown-text';
import { addressCount, counted } from '../../exposure/render/words';
import { changesOf } from './changes';
import type { FeedReport, LockReport, UpdateReport } from './update-allowlist';

/** How to show what an update has found. */
export type Render = (reports: readonly UpdateReport[], isCheck: boolean) => string;

/** For people at a terminal. */
export const renderText: Render = (reports, isCheck) =>
  reports
    .flatMap((report) => textLines(report, isCheck))
    .map((line) => `${printable(line)}\n`)
    .join('');

function textLines({ name, problems, locks }: UpdateReport, isCheck: boolean): string[] {
  if (problems.length > 0)
    return [
      ...problems.map((problem) => `error: ${describeProblem(problem)}`),
      `${problems.length} to fix in ${name}; nothing was fetched`,
    ];
  if (locks.length === 0) return [`${name}: names no published list`];
  return locks.flatMap((lock) => [
    ...lock.feeds.map(({ failure, ...feed }) =>
      failure ? `error: ${failureText({ failure, ...feed })}` : feedText(feed),
    ),
    ...changesOf(lock).changes.map((change) => {
      const sentence = sentenceOf(change, NO_ENDPOINT, (text) => printable(text, 200));
      return `  ${change.kind === 'gained' ? '+' : '-'} ${sentence}`;
    }),
    stateText(name, lock, isCheck),
  ]);
}

/** Sentences about access do not look at the endpoint. */
const NOBODY = AddressSet.of([]);
const NO_ENDPOINT = { endpoint: '', gained: NOBODY, lost: NOBODY, changes: [] };

function placeText({ entry }: FeedReport): string {
  return locationText(entry.origin.location);
}

function failureText({ entry, before, failure }: FeedReport): string {
  const kept = before
    ? ` Until then, the lock file keeps its ${counted(before.blocks.length, 'block')} of ${before.fetched}.`
    : '';
  return `${placeText({ entry })}: ${urlOf(entry.feed)} ${failure!.reason}. ${failure!.remedy}${kept}`;
}

function feedText({ entry, before, after }: FeedReport): string {
  const count = counted(after!.blocks.length, 'block');
  const state =
    before === undefined
      ? `${count}, new`
      : before.digest === after!.digest
        ? `${count}, unchanged since ${before.fetched}`
        : `${count} instead of ${before.blocks.length}`;
  return `${placeText({ entry })}: ${urlOf(entry.feed)}: ${state}`;
}

/** @param name the file from which it is updated: one that it includes may lack what it inherits. */
function stateText(name: string, lock: LockReport, isCheck: boolean): string {
  const { before, after } = changesOf(lock);
  const admits = `admits ${addressCount(after)}`;
  const was = addressCount(before) === addressCount(after) ? '' : ` instead of ${addressCount(before)}`;
  if (!lock.isOutdated)
    return `${lock.lock}: ${lock.before.length > 0 ? `is as it was, ${admits}` : 'was not written'}`;
  if (isCheck) return `${lock.lock}: is out of date. Run database-endpoint allowlist update ${name}.`;
  return `${lock.lock}: ${lock.text === undefined ? 'was removed' : `was written, ${admits}${was}`}`;
}

/** For a pull request, in GitHub-flavored Markdown. */
export const renderMarkdown: Render = (reports, isCheck) => {
  const parts = reports.flatMap(({ name, problems, locks }) => [
    ...problems.map((problem) => `- **error**: ${code(describeProblem(problem), 1000)}`),
    ...(problems.length > 0 ? [`- ${code(name)}: nothing was fetched`] : []),
    ...locks.flatMap((lock) => markdownOf(name, lock, isCheck)),
  ]);
  return ['### Published lists', '', ...(parts.length > 0 ? parts : ['No file names one.']), ''].join('\n');
};

function markdownOf(name: string, lock: LockReport, isCheck: boolean): string[] {
  const { changes } = changesOf(lock);
  return [
    `#### ${code(lock.lock, 300)}`,
    '',
    ...lock.feeds.map((feed) =>
      feed.failure ? `- **error**: ${code(failureText(feed), 1000)}` : `- ${code(feedText(feed), 500)}`,
    ),
    `- ${code(stateText(name, lock, isCheck), 500)}`,
    ...(changes.length > 0 ? ['', ...ACCESS_HEAD, ...changes.map(accessRow)] : []),
    '',
  ];
}

/** For programs. Fields may be added. */
export const renderJson = (reports: readonly UpdateReport[], exitCode: number): string => {
  const content = {
    exitCode,
    files: reports.map(({ name, problems, locks }) => ({ name, problems, locks: locks.map(lockJson) })),
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
};

function lockJson(lock: LockReport): object {
  const { before, after, gained, lost } = changesOf(lock);
  return {
    file: lock.file,
    lock: lock.lock,
    isOutdated: lock.isOutdated,
    addresses: { before: sizes(before), after: sizes(after) },
    gained: gained.toCidrs().map(({ text }) => text),
    lost: lost.toCidrs().map(({ text }) => text),
    feeds: lock.feeds.map(({ entry, before: old, after: now, failure }) => ({
      url: urlOf(entry.feed),
      location: entry.origin.location,
      blocks: { before: old?.blocks.length, after: (now ?? old)?.blocks.length },
      digest: (now ?? old)?.digest,
      failure: failure && { kind: failure.kind, reason: failure.reason, remedy: failure.remedy },
    })),
  };
}
