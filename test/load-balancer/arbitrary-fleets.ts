import * as fc from 'fast-check';
import { AllowedSource } from '../../lib';

/** Addresses of each family that clients of these fleets come from, so few that each can be tried. */
export const ADDRESSES = 16;

/** An entry of an allowlist: the addresses from the first one on, of which there are a power of two. */
export interface Entry {
  readonly family: 4 | 6;
  readonly first: number;
  readonly count: number;
  readonly group?: string;
}

/** An endpoint of a random fleet. */
export interface FleetMember {
  readonly port: number;
  readonly aggregate: boolean;
  readonly entries: readonly Entry[];
}

/** A random fleet, and the load balancer that it shares. */
export interface RandomFleet {
  readonly members: readonly FleetMember[];
  readonly mergePorts: boolean;
  readonly pathMtuDiscovery: boolean;
  readonly rulesPerSecurityGroup: number;
  readonly securityGroupsPerInterface: number;
  readonly securityGroupCount: number;
}

const entry: fc.Arbitrary<Entry> = fc
  .record({
    family: fc.constantFrom(4 as const, 4 as const, 6 as const),
    offset: fc.nat(ADDRESSES - 1),
    free: fc.nat(3),
    group: fc.option(fc.constantFrom('a', 'b'), { nil: undefined, freq: 6 }),
  })
  .map(({ family, offset, free, group }) => ({ family, first: (offset >> free) << free, count: 1 << free, group }));

const member = (port: number): fc.Arbitrary<FleetMember> =>
  fc.record({
    port: fc.constant(port),
    aggregate: fc.boolean(),
    // The same block twice is refused.
    entries: fc.uniqueArray(entry, { minLength: 1, maxLength: 8, selector: blockOf }),
  });

/** Fleets on ports that are mostly neighbours, whose allowlists overlap, nest and repeat each other's. */
export const fleets: fc.Arbitrary<RandomFleet> = fc
  .uniqueArray(fc.integer({ min: 5432, max: 5441 }), { minLength: 1, maxLength: 8 })
  .chain((ports) =>
    fc
      .record({
        members: fc.tuple(...ports.map(member)),
        mergePorts: fc.boolean(),
        pathMtuDiscovery: fc.boolean(),
        rulesPerSecurityGroup: fc.integer({ min: 4, max: 20 }),
        securityGroupsPerInterface: fc.integer({ min: 1, max: 8 }),
        count: fc.nat(7),
      })
      .map(({ count, ...fleet }) => ({
        ...fleet,
        securityGroupCount: 1 + (count % fleet.securityGroupsPerInterface),
      })),
  );

/** The block of an entry, as it is written. */
export function blockOf({ family, first, count }: Entry): string {
  const free = Math.log2(count);
  return family === 4 ? `52.20.30.${first}/${32 - free}` : `2600:1f18::${shortened(first)}/${128 - free}`;
}

export function sourceOf(each: Entry): AllowedSource {
  return AllowedSource.cidr(blockOf(each), { group: each.group });
}

/** The addresses of a block in the form of `blockOf`, found without the library. */
export function addressesOf(block: string): { readonly family: 4 | 6; readonly first: number; readonly last: number } {
  const [, ipv4, ipv6, prefix] = /^(?:52\.20\.30\.(\d+)|2600:1f18::([0-9a-f]*))\/(\d+)$/.exec(block) ?? [];
  const family = ipv4 === undefined ? 6 : 4;
  const first = family === 4 ? Number(ipv4) : Number.parseInt(ipv6 || '0', 16);
  const last = first + 2 ** ((family === 4 ? 32 : 128) - Number(prefix)) - 1;
  if (!(last < ADDRESSES)) throw new Error(`${block} is not within what was written`);
  return { family, first, last };
}

function shortened(hextet: number): string {
  return hextet === 0 ? '' : hextet.toString(16);
}
