import fc from 'fast-check';
import { AllowedSource } from '../../lib';
import { block } from '../network/block';

/** A place in a list: what is written, and what is said of it. */
export interface Written {
  readonly text: string;
  readonly group?: string;
  readonly expires?: string;
}

// Networks that are nobody's special case, crowded together so that they nest and touch, or anywhere and of any size.
const ipv4Text = fc.oneof(
  fc
    .record({ low: fc.integer({ min: 0, max: 255 }), prefix: fc.integer({ min: 25, max: 32 }) })
    .map(({ low, prefix }) => `52.20.30.${cut(low, 32 - prefix)}/${prefix}`),
  fc
    .record({
      a: fc.integer({ min: 16, max: 95 }),
      b: fc.nat(255),
      c: fc.nat(255),
      prefix: fc.integer({ min: 8, max: 24 }),
    })
    .map(({ a, b, c, prefix }) => {
      const bits = cut((a << 16) | (b << 8) | c, 24 - prefix);
      return `${bits >> 16}.${(bits >> 8) & 255}.${bits & 255}.0/${prefix}`;
    }),
  fc.record({ low: fc.nat(255) }).map(({ low }) => `52.20.30.${low}`),
);
const ipv6Text = fc.oneof(
  fc
    .record({ low: fc.nat(255), prefix: fc.integer({ min: 121, max: 128 }) })
    .map(({ low, prefix }) => `2600:1F18::${cut(low, 128 - prefix).toString(16)}/${prefix}`),
  fc
    .record({ part: fc.nat(0xffff), prefix: fc.integer({ min: 18, max: 32 }) })
    .map(({ part, prefix }) => `2600:${cut(part, 32 - prefix).toString(16)}::/${prefix}`),
  fc.nat(255).map((low) => `2600:1f18::${low.toString(16)}`),
);

function cut(bits: number, free: number): number {
  return (bits >> free) << free;
}

/** A list without a block that stands in it twice. */
export const written: fc.Arbitrary<Written[]> = fc.uniqueArray(
  fc.record(
    {
      text: fc.oneof(ipv4Text, ipv6Text),
      group: fc.constantFrom('partners', 'offices'),
      expires: fc.constantFrom('2026-06-30', '2026-07-01', '2031-12-31'),
    },
    { requiredKeys: ['text'] },
  ),
  { minLength: 1, maxLength: 120, selector: ({ text }) => block(text).text },
);

export function sources(list: readonly Written[]): AllowedSource[] {
  return list.map(({ text, ...about }) => AllowedSource.cidr(text, about));
}

/** Whether an entry expired before the lists are judged. */
export const isOver = ({ expires }: Written) => expires === '2026-06-30';
