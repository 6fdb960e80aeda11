import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listOf, objectOf, readJson } from '../../stack/json-file';

/** What CDKTF calls the configuration of a stack. */
const CONFIGURATION = 'cdk.tf.json';

/**
 * The resources that Terraform moves, by `moved` in the configuration beside an `exposure.json`: their former addresses, by
 * those that they have now. None where that file is not there, or cannot be read: it is looked at only to recognize what
 * has another name.
 */
export function movedBeside(file: string): ReadonlyMap<string, string> {
  const configuration = join(dirname(file), CONFIGURATION);
  if (!existsSync(configuration)) return new Map();
  try {
    const moves = listOf(objectOf(readJson(configuration))['moved']).map(objectOf);
    return new Map(moves.map(({ from, to }) => [String(to), String(from)]));
  } catch {
    return new Map();
  }
}
