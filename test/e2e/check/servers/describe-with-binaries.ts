import { describeUnlessMissing } from '../../harness/describe-unless-missing';
import { type Binary, findBinary } from './binaries';

/** A `describe` for tests that need servers of the machine. */
export function describeWithBinaries(names: readonly Binary[], title: string, tests: () => void): void {
  const missing = names.filter((name) => !findBinary(name).path).map((name) => findBinary(name).text);
  describeUnlessMissing(missing, title, tests);
}
