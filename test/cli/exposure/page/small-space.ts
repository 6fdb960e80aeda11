import fc from 'fast-check';
import type { ExposedEndpoint } from '../../../../cli/exposure/exposed-endpoint';
import { endpoint } from '../diff/states';

// A part of the address space that is small enough to ask for every address: 64 of IPv4 and 64 of IPv6.

export const SIZE = 64;

const FAMILIES = [
  { bits: 32, text: (n: number) => `10.0.0.${n}` },
  { bits: 128, text: (n: number) => `2001:db8::${n === 0 ? '' : n.toString(16)}` },
] as const;

/** An address of it. */
export interface SmallAddress {
  readonly family: number;
  readonly number: number;
}

export const ADDRESSES: readonly SmallAddress[] = [0, 1].flatMap((family) =>
  Array.from({ length: SIZE }, (_, number) => ({ family, number })),
);

export interface SmallSource {
  readonly family: number;
  readonly from: number;
  readonly free: number;
  readonly owner?: string;
  readonly expires?: string;
}

/** Whether a source admits an address. */
export function admitsSmall({ family, from, free }: SmallSource, address: SmallAddress): boolean {
  return family === address.family && from <= address.number && address.number < from + 2 ** free;
}

export function textOf({ family, number }: SmallAddress): string {
  return FAMILIES[family].text(number);
}

const source = fc
  .record({
    family: fc.integer({ min: 0, max: 1 }),
    free: fc.integer({ min: 0, max: 6 }),
    at: fc.integer({ min: 0, max: SIZE - 1 }),
    owner: fc.constantFrom(undefined, 'a', 'B'),
    expires: fc.constantFrom(undefined, '2027-01-01', '2027-01-20', '2027-03-01', 'soon'),
  })
  .map(({ at, free, ...rest }): SmallSource => ({ ...rest, free, from: at - (at % 2 ** free) }));

/** The sources of one endpoint, no two of one block. */
export const smallSources = fc.uniqueArray(source, {
  maxLength: 8,
  selector: ({ family, from, free }) => `${family} ${from} ${free}`,
});

/** An endpoint with these sources, and one whose content is not known. */
export function smallEndpoint(
  sources: readonly SmallSource[],
  name = 'prod/Orders',
  more: object = {},
): ExposedEndpoint {
  const written = sources.map(({ family, from, free, owner, expires }) => {
    const { text, bits } = FAMILIES[family];
    return { kind: 'cidr', value: `${text(from)}/${bits - free}`, owner, expires };
  });
  return endpoint({
    endpoint: name,
    sources: [...written, { kind: 'prefixList', value: 'pl-0123456789abcdef0' }],
    ...more,
  });
}
