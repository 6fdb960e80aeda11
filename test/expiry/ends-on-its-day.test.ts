import * as fc from 'fast-check';
import type { AllowedSource, EndpointProps } from '../../lib';
import { AllowedSource as Source } from '../../lib';
import { type MadeRule, madeRules } from '../load-balancer/admitted';
import { ADDRESSES, addressesOf, blockOf, type Entry } from '../load-balancer/arbitrary-fleets';
import { synthesizeEndpoint, validProps } from '../support/endpoint';
import { runs } from '../support/property-runs';
import { endpointProps, loadBalancerProps, synthesizeFleet } from '../support/shared-load-balancer';
import type { TerraformJson } from '../support/synthesis';
import { madeSchedules } from './schedules';

const DAYS = ['2090-01-31', '2090-02-28', '2090-12-31'];
/** Every day on which something may have ended, and the first one. */
const MORNINGS = ['2090-01-31', '2090-02-01', '2090-03-01', '2091-01-01'];

interface Expiring extends Entry {
  readonly expires?: string;
}

const entry: fc.Arbitrary<Expiring> = fc
  .record({
    offset: fc.nat(ADDRESSES - 1),
    free: fc.nat(3),
    expires: fc.option(fc.constantFrom(...DAYS), { nil: undefined }),
    group: fc.option(fc.constantFrom('a', 'b'), { nil: undefined, freq: 6 }),
  })
  .map(({ offset, free, ...rest }) => ({ family: 4, first: (offset >> free) << free, count: 1 << free, ...rest }));
const entries = fc.uniqueArray(entry, { minLength: 1, maxLength: 8, selector: blockOf });

interface List {
  readonly aggregate: boolean;
  readonly entries: readonly Expiring[];
}

const list: fc.Arbitrary<List> = fc.record({ aggregate: fc.boolean(), entries });

function sources({ entries: all }: List): AllowedSource[] {
  return all.map((each) => Source.cidr(blockOf(each), { group: each.group, expires: each.expires }));
}

function propsOf(each: List, asOf: string): Partial<EndpointProps> {
  return {
    allow: sources(each),
    allowlist: { asOf, aggregate: each.aggregate, maxBreadth: { ipv4: 0 } },
  };
}

/** Who may come in on the morning of a day, from the entries one address at a time. */
function written(lists: ReadonlyMap<number, List>, morning: string): string[] {
  return [...lists]
    .flatMap(([port, each]) =>
      Array.from({ length: ADDRESSES }, (_, address) => address)
        .filter((address) =>
          each.entries.some(
            ({ first, count, expires = '9999-12-31' }) =>
              first <= address && address < first + count && expires >= morning,
          ),
        )
        .map((address) => `${address} ${port}`),
    )
    .sort();
}

/** What is left in AWS on that morning of what was applied at first, if schedules are all that happens. */
function left(tf: TerraformJson, morning: string): MadeRule[] {
  const due = madeSchedules(tf).filter(({ at }) => Date.parse(`${at}Z`) <= Date.parse(`${morning}T00:00:00Z`));
  const revoked = due.map(({ rule }) => rule);
  return madeRules(tf).filter(({ address }) => !revoked.includes(address));
}

function admitted(rules: readonly MadeRule[]): string[] {
  const found = rules.flatMap(({ source, fromPort, toPort }) => {
    const { first, last } = addressesOf(source);
    const ports = Array.from({ length: toPort - fromPort + 1 }, (_, i) => fromPort + i);
    const addresses = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    return addresses.flatMap((address) => ports.map((port) => `${address} ${port}`));
  });
  return [...new Set(found)].sort();
}

const addresses = (rules: readonly MadeRule[]) => rules.map(({ address }) => address).sort();
const alone = (each: List, asOf: string) => synthesizeEndpoint(validProps(propsOf(each, asOf)));

describe('without a deployment, whoever was written until a day', () => {
  test('is admitted until that day has ended, and not a moment longer', () => {
    fc.assert(
      fc.property(list, (each) => {
        const tf = alone(each, MORNINGS[0]);

        for (const morning of MORNINGS) {
          expect(admitted(left(tf, morning))).toEqual(written(new Map([[5432, each]]), morning));
        }
      }),
      { numRuns: runs(80) },
    );
  });

  test('is so too where endpoints share a load balancer, its rules and their ranges of ports', () => {
    fc.assert(
      fc.property(fc.array(list, { minLength: 1, maxLength: 4 }), fc.boolean(), (all, mergePorts) => {
        const lists = new Map(all.map((each, i) => [5432 + i, each]));
        const fleet = Object.fromEntries(
          all.map((each, i) => [`E${i}`, endpointProps({ port: 5432 + i, ...propsOf(each, MORNINGS[0]) })]),
        );
        const tf = synthesizeFleet(fleet, loadBalancerProps({ mergePorts, securityGroupCount: 2 }));

        for (const morning of MORNINGS) expect(admitted(left(tf, morning))).toEqual(written(lists, morning));
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('on the morning after', () => {
  test('synthesis leaves out exactly the rules that schedules have revoked', () => {
    fc.assert(
      fc.property(list, (each) => {
        const tf = alone(each, MORNINGS[0]);

        for (const morning of MORNINGS.slice(1)) {
          expect(addresses(madeRules(alone(each, morning)))).toEqual(addresses(left(tf, morning)));
        }
      }),
      { numRuns: runs(60) },
    );
  });
});
