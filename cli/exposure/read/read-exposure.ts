import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AGAIN, exposureContent, exposureFilesBelow, stackOf } from '../../stack/exposure-content';
import { type JsonObject, listOf, objectOf } from '../../stack/json-file';
import { readTerraformValues, type TerraformValues } from '../../stack/terraform-values';
import { UsageError } from '../../usage-error';
import type { ExposedEndpoint } from '../exposed-endpoint';
import { movedBeside } from './moved-resources';
import { readEndpoint } from './read-endpoint';

/**
 * Reads who may reach the endpoints of a synthesized app, in the order of their paths.
 *
 * Whatever cannot be read is an error: half of an answer to "who can reach this?" would be taken for the whole.
 *
 * @param path the output folder of an app, the folder of a stack, or a file.
 * @param states what Terraform knows: `FILE` or `STACK=FILE`.
 * @param mayBeEmpty whether an app may have no endpoints.
 * @param stacks which may have a state besides those that are there.
 */
export function readExposure(
  path: string,
  states: readonly string[] = [],
  { mayBeEmpty = false, stacks = [] }: { readonly mayBeEmpty?: boolean; readonly stacks?: readonly string[] } = {},
): readonly ExposedEndpoint[] {
  const files = filesOf(path, mayBeEmpty);
  if (files.length === 0) return [];
  const values = readTerraformValues(states, [...new Set([...files.map(stackOf), ...stacks])]);
  const endpoints = files.flatMap((file) => readFile(file, values.get(stackOf(file))));
  const byPath = [...endpoints].sort((a, b) => (a.endpoint < b.endpoint ? -1 : a.endpoint > b.endpoint ? 1 : 0));
  const twice = byPath.find(({ endpoint }, i) => endpoint === byPath[i + 1]?.endpoint);
  if (twice === undefined) return byPath;
  throw new UsageError(
    `${path} describes ${twice.endpoint} twice. Pass the output folder of one app, or one stack of it.`,
  );
}

/** The stacks that are there. */
export function stacksIn(path: string): readonly string[] {
  return filesOf(path, true).map(stackOf);
}

function filesOf(path: string, mayBeEmpty: boolean): readonly string[] {
  try {
    return statSync(path).isFile() ? [path] : exposureFilesBelow(path);
  } catch (error) {
    if (mayBeEmpty && existsSync(join(path, 'manifest.json'))) return [];
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

function readFile(file: string, values: TerraformValues | undefined): ExposedEndpoint[] {
  const content = exposureContent(file);
  if (typeof content === 'string') throw new UsageError(content);
  const locations = locationsBeside(file);
  const moved = movedBeside(file);
  return listOf(content['endpoints']).map((each) => {
    const written = objectOf(each);
    const place = locations.get(written['endpoint']) ?? {};
    const read = readEndpoint(written, place, stackOf(file), values, moved);
    if (typeof read === 'string') throw new UsageError(`${file}: ${read}. ${AGAIN}`);
    return read;
  });
}

/** Where the entries of a file are written, by the path of their endpoint. Without that file, places are left out. */
function locationsBeside(file: string): ReadonlyMap<unknown, JsonObject> {
  const content = exposureContent(file.replace(/(\.json)?$/, '-locations.json'));
  if (typeof content === 'string') return new Map();
  return new Map(listOf(content['endpoints']).map((each) => [objectOf(each)['endpoint'], objectOf(each)]));
}
