import { TerraformVariable } from 'cdktf';
import fc from 'fast-check';
import { AllowedSource, DatabaseEndpoint, ExpiryEnforcement } from '../../lib';
import type { Cidr } from '../../lib/network/cidr';
import { held, stretchesOf } from '../allowlist/blocks';
import { homesOf, type SynthesizedGroup } from '../allowlist/synthesized-groups';
import { block } from '../network/block';
import { synthesizeEndpoint, validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { runs } from '../support/property-runs';
import { synthesizeApp } from '../support/synthesis';
import { isOver, sources, written } from './arbitrary-lists';
import { ANY_SIZE, cloudfront, groupsOf, LIMITS, securityGroups } from './packed-groups';

function admitted(groups: readonly SynthesizedGroup[]): Cidr[] {
  return groups.flatMap(({ ipv4, ipv6 }) => [...ipv4, ...ipv6]).map(block);
}

describe('what is admitted', () => {
  test.each([
    ['as they are written', false],
    ['merged', true],
  ])('is exactly what is written, with blocks %s', (_, aggregate) => {
    fc.assert(
      fc.property(written, fc.boolean(), (list, shardFromStart) => {
        const current = list.filter((entry) => !isOver(entry));
        fc.pre(current.length > 0);
        const wanted = current.map(({ text }) => block(text));

        const rules = admitted(groupsOf(sources(list), { allowlist: { ...LIMITS, aggregate }, shardFromStart }));

        for (const stretch of stretchesOf([...wanted, ...rules])) {
          expect([stretch, held(stretch, rules)]).toEqual([stretch, held(stretch, wanted)]);
        }
      }),
      { numRuns: runs(40) },
    );
  });

  test('is one rule for each entry that is written, and no other, where blocks are not merged', () => {
    fc.assert(
      fc.property(written, fc.boolean(), (list, shardFromStart) => {
        const current = list.filter((entry) => !isOver(entry));
        fc.pre(current.length > 0);

        const keys = [...homesOf(groupsOf(sources(list), { shardFromStart })).keys()];

        expect(keys.sort()).toEqual(current.map(({ text }) => block(text).text).sort());
      }),
      { numRuns: runs(25) },
    );
  });

  test('has no two rules in one group that touch or overlap, where blocks are merged', () => {
    fc.assert(
      fc.property(written, (list) => {
        fc.pre(!list.every(isOver));

        // What ends on different days stays in different rules otherwise: test/expiry/ends-on-its-day.test.ts.
        const merged = { allowlist: { ...LIMITS, aggregate: true }, expiry: ExpiryEnforcement.atApply() };
        for (const { ipv4, ipv6 } of groupsOf(sources(list), merged)) {
          for (const family of [ipv4, ipv6]) {
            const blocks = family.map(block).sort((a, b) => (a.first < b.first ? -1 : 1));
            blocks.slice(1).forEach((next, i) => {
              expect(blocks[i].last < next.first).toBe(true);
            });
          }
        }
      }),
      { numRuns: runs(25) },
    );
  });

  test('says what every merged entry said', () => {
    const allow = [
      AllowedSource.cidr('52.20.30.128/25', { description: 'Paris' }),
      AllowedSource.cidr('52.20.30.0/25', { description: 'Berlin' }),
      AllowedSource.cidr('52.20.30.7/32', { description: 'Paris' }),
      AllowedSource.cidr('52.20.30.0/24', { description: 'Partners', group: 'partners' }),
    ];
    const tf = synthesizeEndpoint(validProps({ allow, allowlist: { aggregate: true } }));

    const said = Object.values(tf.resource?.aws_vpc_security_group_ingress_rule ?? {}).map(({ for_each }) => for_each);
    expect(said).toHaveLength(2);
    expect(said).toEqual(
      expect.arrayContaining([{ '52.20.30.0/24': 'Berlin; Paris' }, { '52.20.30.0/24': 'Partners' }]),
    );
  });
});

test('the order of the list does not show in the JSON', () => {
  const synthesized = (allow: AllowedSource[], aggregate: boolean) =>
    synthesizeApp({
      prod: (stack) => {
        const list = new TerraformVariable(stack, 'offices', { type: 'list(string)' });
        new DatabaseEndpoint(
          stack,
          'Orders',
          validProps({
            ...ANY_SIZE,
            allowlist: { ...LIMITS, aggregate },
            allow: [...allow, AllowedSource.cidrs(list.listValue)],
          }),
        );
      },
    }).prod;
  const list = written.chain((entries) =>
    fc.shuffledSubarray(
      [...sources(entries), ...securityGroups(3), cloudfront(), AllowedSource.prefixList('pl-0a'), nat('a'), nat('b')],
      {
        minLength: entries.length + 7,
      },
    ),
  );

  fc.assert(
    fc.property(
      list.chain((one) =>
        fc.tuple(fc.constant(one), fc.shuffledSubarray(one, { minLength: one.length }), fc.boolean()),
      ),
      ([one, other, aggregate]) => {
        expect(synthesized(other, aggregate)).toBe(synthesized(one, aggregate));
      },
    ),
    { numRuns: runs(15) },
  );
});

function nat(name: string): AllowedSource {
  return AllowedSource.cidr(expression(`aws_eip.${name}.public_ip`));
}
