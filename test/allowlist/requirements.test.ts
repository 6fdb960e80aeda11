import { ref, TerraformStack, Testing, Token } from 'cdktf';
import { AllowedSource, type AllowlistRequirements, EndpointLoadBalancer } from '../../lib';
import { refusal, validProps } from '../support/endpoint';
import { consumer } from '../support/private-link';
import { endpointProps, existingProps, loadBalancerProps, refusalOf } from '../support/shared-load-balancer';

const EVERYTHING: AllowlistRequirements = {
  ...{ owner: true, ticket: true, expires: true, maxDays: 365 },
  ticketIfWiderThan: { ipv4: 32, ipv6: 128 },
};
const SAID = { owner: 'data-team', ticket: 'SEC-1', expires: '2027-07-01' };
const TOKEN = Token.asString(ref('aws_eip.nat.cidr'));

function rules(require: AllowlistRequirements, allow: AllowedSource[], asOf = '2026-07-01'): string[] {
  const error = refusal(validProps({ dualStack: true, allow, allowlist: { asOf, require } }));
  return (error?.problems ?? []).map(({ rule }) => rule).sort();
}

describe('entries of which everything is said', () => {
  test('pass, of whatever kind they are', () => {
    const { owner, ticket } = SAID;
    const allow = [
      AllowedSource.cidrs(['52.20.0.0/16', '2600:1f18::/32'], SAID),
      AllowedSource.cidr(TOKEN, SAID),
      AllowedSource.cidrs(Token.asList(ref('var.offices')), SAID),
      AllowedSource.prefixList('pl-0123456789abcdef0', SAID),
      AllowedSource.awsPrefixList('com.amazonaws.eu-central-1.s3', SAID),
      AllowedSource.securityGroup('sg-0123456789abcdef0', SAID),
      AllowedSource.cidr('52.21.0.0/16', { expires: '2027-07-01', owner: TOKEN, ticket: TOKEN }),
    ];

    expect(rules(EVERYTHING, allow)).toEqual([]);
    expect(rules(EVERYTHING, [AllowedSource.anywhere({ reason: 'Public demo', ...SAID })])).toEqual([]);
    expect(rules({ owner: true, ticket: true }, [AllowedSource.anywhere({ reason: 'Demo', owner, ticket })])).toEqual(
      [],
    );
  });

  test('pass on the last day that is allowed', () => {
    expect(rules({ maxDays: 365 }, [AllowedSource.cidr('52.20.30.40', { expires: '2027-07-01' })])).toEqual([]);
    expect(rules({ maxDays: 364 }, [AllowedSource.cidr('52.20.30.40', { expires: '2027-07-01' })])).toEqual([
      'ExpiryTooLate',
    ]);
  });

  test('are never refused because time passes', () => {
    const allow = [
      AllowedSource.cidr('52.20.30.40', { expires: '2027-07-01' }),
      AllowedSource.cidr('52.20.30.41', SAID),
    ];

    for (const asOf of ['2026-07-01', '2027-01-31', '2027-07-01', '2030-01-01']) {
      expect(rules({ maxDays: 365 }, allow, asOf)).toEqual([]);
    }
  });
});

test('everything that is missing is told at once', () => {
  expect(rules(EVERYTHING, [AllowedSource.cidr('52.20.30.40'), AllowedSource.cidr('52.20.30.41', SAID)])).toEqual([
    'ExpiryRequired',
    'OwnerRequired',
    'TicketRequired',
  ]);
});

test('what is not required need not be said', () => {
  const plain = [AllowedSource.cidr('52.20.30.40'), AllowedSource.cidr('2600:1f18::/56')];
  const widths = { ticketIfWiderThan: { ipv4: 28, ipv6: 56 } };

  expect(rules({}, plain)).toEqual([]);
  expect(rules({ owner: false, ticket: false, expires: false, maxDays: 30, ...widths }, plain)).toEqual([]);
  expect(rules({ ticketIfWiderThan: { ipv6: 48 } }, [AllowedSource.cidr('52.0.0.0/8')])).toEqual([]);
  expect(rules(widths, [AllowedSource.securityGroup('sg-0a')])).toEqual([]);
});

test('a requirement that is invalid hides none of the others', () => {
  expect(rules({ owner: true, maxDays: 0 }, [AllowedSource.cidr('10.1.2.3/8')])).toEqual([
    'CidrHasHostBits',
    'RequirementInvalid',
  ]);
});

describe('what a load balancer requires', () => {
  const stack = () => new TerraformStack(Testing.app(), 'prod');
  const require = { owner: true };
  const allow = [AllowedSource.cidr('52.20.30.40', { owner: 'data-team' }), AllowedSource.cidr('52.20.30.41')];

  test.each([
    ['', () => new EndpointLoadBalancer(stack(), 'Partners', loadBalancerProps({ allowlist: { require } }))],
    [
      ' that exists already',
      () => EndpointLoadBalancer.fromAttributes(stack(), 'Partners', existingProps({ allowlist: { require } })),
    ],
  ])('holds for the endpoints%s', (_, make) => {
    const error = refusalOf(() => make().addEndpoint('Orders', endpointProps({ allow })));

    expect(error?.message).toMatch(
      /^prod\/Partners\/Orders: allow\[1\] '52\.20\.30\.41' has no owner, which allowlist\.require\.owner of prod\/Partners requires\. .*\[OwnerRequired\]$/,
    );
  });

  test('holds on top of what the endpoint requires', () => {
    const make = () => new EndpointLoadBalancer(stack(), 'Partners', loadBalancerProps({ allowlist: { require } }));
    const own = { require: { owner: false, ticket: true } };
    const error = refusalOf(() => make().addEndpoint('Orders', endpointProps({ allow, allowlist: own })));

    expect(error?.problems.map(({ rule, property }) => [rule, property])).toEqual([
      ['TicketRequired', 'allow[0]'],
      ['OwnerRequired', 'allow[1]'],
      ['TicketRequired', 'allow[1]'],
    ]);
  });
});

test('what a consumer requires holds for its clients', () => {
  const make = () => consumer(new TerraformStack(Testing.app(), 'prod'), { allowlist: { require: { owner: true } } });

  expect(new Set(refusalOf(make)?.problems.map(({ rule }) => rule))).toEqual(new Set(['OwnerRequired']));
});
