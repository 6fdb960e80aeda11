import { compare } from '../../../../cli/exposure/diff/compare';
import type { ExposedEndpoint } from '../../../../cli/exposure/exposed-endpoint';
import { readEndpoint } from '../../../../cli/exposure/read/read-endpoint';
import { written } from '../app';

/** An endpoint as it is read from `exposure.json`, with a place for each source. */
export function endpoint(more: object = {}): ExposedEndpoint {
  const json = written(more) as { sources: { kind: string; value: string }[] };
  const sources = json.sources.map(({ kind, value }, i) => ({ kind, value, location: `allowlist.yaml:${i + 1}:3` }));
  const read = readEndpoint({ ...json }, { sources }, 'prod', undefined);
  if (typeof read === 'string') throw new Error(read);
  return read;
}

/** The changes between two states of one endpoint, or of one that is new or gone. */
export function changesBetween(before: object | undefined, after: object | undefined) {
  const [base, head] = [before, after].map((each) => (each === undefined ? [] : [endpoint(each)]));
  return compare(base, head).flatMap(({ changes }) => changes);
}
