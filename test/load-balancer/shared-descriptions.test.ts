import * as fc from 'fast-check';
import { AllowedSource, EndpointLoadBalancer } from '../../lib';
import { expression } from '../support/expression';
import { runs } from '../support/property-runs';
import { endpointProps, loadBalancerProps } from '../support/shared-load-balancer';
import { synthesize, type TerraformJson } from '../support/synthesis';
import { madeRules } from './admitted';

/** A description: a text, or the name of a variable in braces. */
interface Member {
  readonly port: number;
  readonly aggregate: boolean;
  readonly described: readonly string[];
}

const member = (port: number): fc.Arbitrary<Member> =>
  fc.record({
    port: fc.constant(port),
    aggregate: fc.boolean(),
    // Neighbouring addresses, which are merged where that is asked for.
    described: fc.array(
      fc.constantFrom('Looker', 'var.a', '{a}', '{b}', 'of {a}', 'of {c}', 'of {b}', 'x'.repeat(120)),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
  });

const members = fc
  .uniqueArray(fc.integer({ min: 5432, max: 5434 }), { minLength: 2, maxLength: 3 })
  .chain((ports) => fc.tuple(...ports.map(member)));

/** Tokens are made as endpoints are added, so their numbers follow the order of these. */
function written(added: readonly Member[], mergePorts = true): TerraformJson {
  return synthesize((stack) => {
    const loadBalancer = new EndpointLoadBalancer(stack, 'Partners', loadBalancerProps({ mergePorts }));
    for (const { port, aggregate, described } of added) {
      const allow = described.map((text, i) =>
        AllowedSource.cidr(`52.20.30.${i}/32`, {
          description: text.replace(/\{(\w)\}/g, (_, name: string) => expression(`var.${name}`)),
        }),
      );
      loadBalancer.addEndpoint(`On${port}`, endpointProps({ port, allow, allowlist: { aggregate } }));
    }
  });
}

test('the descriptions of shared rules are the same in whatever order endpoints are added, tokens or not', () => {
  fc.assert(
    fc.property(
      members.chain((all) =>
        fc.tuple(
          fc.constant(all),
          fc.shuffledSubarray([...all], { minLength: all.length }),
          fc.constantFrom(true, true, false),
        ),
      ),
      ([all, shuffled, mergePorts]) => {
        expect(JSON.stringify(written(shuffled, mergePorts).resource?.aws_vpc_security_group_ingress_rule)).toBe(
          JSON.stringify(written(all, mergePorts).resource?.aws_vpc_security_group_ingress_rule),
        );
      },
    ),
    { numRuns: runs(150) },
  );
});

const descriptions = (...described: string[]) =>
  madeRules(written(described.map((each, i) => ({ port: 5432 + i, aggregate: false, described: [each] })))).map(
    ({ description }) => description,
  );

test('descriptions that are known after apply are joined like others, and cut by Terraform', () => {
  expect(descriptions('Looker', '{a}', 'Looker')).toEqual([
    '${length("Looker; ${var.a}") <= 255 ? "Looker; ${var.a}" : "3 entries, merged"}',
  ]);
});

test('what several endpoints call a source by the same expression is said once', () => {
  expect(descriptions('of {a}', 'of {a}')).toEqual(['of ${var.a}']);
});

test('a text that reads like an expression is another one than the expression', () => {
  expect(descriptions('var.a', '{a}')).toEqual([
    '${length("var.a; ${var.a}") <= 255 ? "var.a; ${var.a}" : "2 entries, merged"}',
  ]);
});

test('texts that are too long by themselves are counted, whatever tokens stand beside them', () => {
  expect(descriptions('x'.repeat(200), 'y'.repeat(60), '{a}')).toEqual(['3 entries, merged']);
});
