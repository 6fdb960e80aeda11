import { InvalidArgumentError } from 'commander';
import { isExpiry } from '../../lib/allowlist/expiry';
import { type Cidr, isCidr, parseCidr } from '../../lib/network/cidr';
import { suggestion } from '../suggestion';
import { UsageError } from '../usage-error';
import type { ExposedEndpoint } from './exposed-endpoint';
import { isCalled } from './select';

// How the values of options are read. Commander writes the name of the option before the message.

/** `30d`, or `30`. */
export function days(text: string): number {
  const [, number] = /^(\d{1,5})d?$/.exec(text) ?? [];
  if (number === undefined) throw new InvalidArgumentError('Write a number of days, such as 30d.');
  return Number(number);
}

/** The day as of which expiry is evaluated. */
export function day(text: string): Date {
  if (!isExpiry(text)) throw new InvalidArgumentError('Write a date like YYYY-MM-DD.');
  return new Date(`${text}T00:00:00Z`);
}

/** An address or a block of them. */
export function block(text: string): Cidr {
  const read = parseCidr(text);
  if (isCidr(read)) return read;
  throw new InvalidArgumentError(`It ${read.reason}. ${read.remedy}`);
}

/** Refuses the name of an endpoint that does not exist: "nothing" would be taken for an answer. */
export function assertEndpoint(name: string | undefined, endpoints: readonly ExposedEndpoint[]): void {
  if (name === undefined || endpoints.some((endpoint) => isCalled(endpoint, name))) return;
  const paths = endpoints.map(({ endpoint }) => endpoint);
  const meant = suggestion(name, [...paths, ...paths.map((path) => path.slice(path.lastIndexOf('/') + 1))]);
  const guess = meant === undefined ? '' : ` Did you mean ${meant}?`;
  throw new UsageError(
    `There is no endpoint '${name}'.${guess} Write the path of one, such as ${paths[0] ?? 'prod/Orders'}.`,
  );
}

/** An option that may be repeated. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
