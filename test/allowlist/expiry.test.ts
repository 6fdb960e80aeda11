import { ref, TerraformVariable, Token } from 'cdktf';
import { AllowedSource, type AllowedSourceOptions, type DatabaseEndpointProps } from '../../lib';
import { endpoint, refusal, synthesizeEndpoint, validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { ingressRules } from '../support/ingress';
import { addresses, onlyResource, warningsOf } from '../support/synthesis';
import { homesOf, synthesizedGroups } from './synthesized-groups';

const CLIENT = AllowedSource.cidr('52.20.30.40');

function props(allow: AllowedSource[], asOf?: string): DatabaseEndpointProps {
  return validProps({ allow, allowlist: { asOf } });
}

function keys(allow: AllowedSource[], asOf?: string): string[] {
  return [...homesOf(synthesizedGroups(synthesizeEndpoint(props(allow, asOf)))).keys()].sort();
}

function warnings(allow: AllowedSource[], asOf?: string): (string | undefined)[] {
  return warningsOf(endpoint(props(allow, asOf)))
    .map((text) => /\[(\w+)\]$/.exec(text)?.[1])
    .filter((name) => name?.startsWith('Entry'));
}

const until = (expires: string) => [CLIENT, AllowedSource.cidr('35.10.0.0/16', { expires })];

test.each([
  ['2026-06-30', 'has access on the day before', true],
  ['2026-07-01', 'has access on its last day', true],
  ['2026-07-02', 'has no access any more on the day after', false],
  ['2031-01-01', 'has none years later', false],
])('on %s an entry that ends on 1 July 2026 %s', (asOf, _, admitted) => {
  expect(keys(until('2026-07-01'), asOf).includes('35.10.0.0/16')).toBe(admitted);
});

test.each([
  ['2026-06-16', '15 days before', []],
  ['2026-06-17', '14 days before', ['EntryExpiresSoon']],
  ['2026-07-01', 'on its last day', ['EntryExpiresSoon']],
  ['2026-07-02', 'once it is over', ['EntryExpired']],
])('on %s the warning about an entry that ends on 1 July 2026, %s, is %s', (asOf, _, names) => {
  expect(warnings(until('2026-07-01'), asOf)).toEqual(names);
});

test('every kind of source can end', () => {
  const expires = '2026-06-30';
  const allow = [
    CLIENT,
    AllowedSource.cidrs(['35.10.0.0/16', '35.11.0.0/16'], { expires }),
    AllowedSource.prefixList('pl-0a', { expires }),
    AllowedSource.awsPrefixList('com.amazonaws.global.cloudfront.origin-facing', { expires }),
    AllowedSource.securityGroup('sg-0a', { expires }),
    AllowedSource.cidr(expression('aws_eip.nat.public_ip'), { expires }),
  ];
  const [group, ...more] = synthesizedGroups(synthesizeEndpoint(props(allow, '2026-07-01')));

  expect([...homesOf([group]).keys()]).toEqual(['52.20.30.40/32']);
  expect(more).toEqual([]);
  expect(warnings(allow, '2026-07-01')).toEqual(Array(5).fill('EntryExpired'));
});

test('an ended entry takes up no rule of the quota and no security group', () => {
  const ended = { expires: '2026-06-30', group: 'partners' };
  const allow = [
    CLIENT,
    ...Array.from({ length: 400 }, (_, i) => AllowedSource.cidr(`8.8.${i >> 8}.${i & 255}`, ended)),
  ];

  expect(synthesizedGroups(synthesizeEndpoint(props(allow, '2026-07-01')))).toHaveLength(1);
});

test.each([
  ['35.10.0.0/16', 'Büro', 'DescriptionInvalid'],
  ['35.10.0.1/16', 'Office', 'CidrHasHostBits'],
])('an ended entry is still read: what is wrong with %s, %s is refused', (block, description, rule) => {
  const ended = AllowedSource.cidr(block, { expires: '2026-06-30', description });

  const error = refusal(props([CLIENT, ended], '2026-07-01'));

  expect(error?.problems.map((problem) => problem.rule)).toEqual([rule]);
});

describe('an endpoint whose entries have all ended', () => {
  const allow = [
    AllowedSource.cidr('52.20.30.40', { expires: '2026-06-30' }),
    AllowedSource.securityGroup('sg-0a', { expires: '2026-06-29' }),
  ];

  test('is synthesized closed, as a synthesis that fails would leave the ended rules in AWS', () => {
    const tf = synthesizeEndpoint(props(allow, '2026-07-01'));

    expect(ingressRules(tf)).toEqual([]);
    expect(onlyResource(tf, 'aws_lb').security_groups).toHaveLength(1);
  });

  test('says so in a warning of its own', () => {
    const [loudest] = warningsOf(endpoint(props(allow, '2026-07-01'))).filter((text) => /\[E/.test(text));

    expect(loudest).toMatch(/admits nobody: every entry has expired.* \[EndpointClosed\]$/);
    expect(warnings(allow, '2026-06-29')).not.toContain('EndpointClosed');
  });

  test('is closed whatever kind of source they were', () => {
    const expires = '2026-06-30';
    const tf = synthesizeEndpoint((stack) =>
      props(
        [
          AllowedSource.cidrs(new TerraformVariable(stack, 'offices', { type: 'list(string)' }).listValue, { expires }),
          AllowedSource.prefixList('pl-0a', { expires, group: 'partners' }),
        ],
        '2026-07-01',
      ),
    );

    expect(ingressRules(tf)).toEqual([]);
    expect(addresses(tf, 'aws_security_group')).toHaveLength(1);
  });

  test('does not keep a list that Terraform knows to be empty from being applied', () => {
    const tf = synthesizeEndpoint((stack) =>
      props(
        [AllowedSource.cidrs(new TerraformVariable(stack, 'offices', { type: 'list(string)' }).listValue), ...allow],
        '2026-07-01',
      ),
    );

    expect(JSON.stringify(tf)).not.toContain('[AllowlistEmpty]');
  });

  test.each([
    ['nothing', []],
    ['a source without blocks', [AllowedSource.cidrs([])]],
    ['a source without blocks that has ended', [AllowedSource.cidrs([], { expires: '2026-06-30' })]],
  ])('is not one that holds %s, which is refused and never means everybody', (_, written) => {
    expect(refusal(props(written, '2026-07-01'))?.message).toMatch(/is empty\. .*\[AllowlistEmpty\]$/);
  });
});

describe('the warning about an entry that has ended', () => {
  const ended = (text: string, ...others: AllowedSource[]) =>
    warningsOf(endpoint(props([...others, AllowedSource.cidr(text, { expires: '2026-06-30' })], '2026-07-01'))).find(
      (warning) => warning.endsWith('[EntryExpired]'),
    );

  test('says what it loses, and when', () => {
    expect(ended('8.8.8.8/32', CLIENT)).toContain(
      'has passed: 8.8.8.8/32 is left out, and loses access for new connections with the next apply. ',
    );
  });

  test('names the entry that still admits all of it, and its owner', () => {
    expect(
      ended('8.8.8.8/32', AllowedSource.cidr('8.8.8.0/24', { owner: 'data-team', expires: '2027-01-31' })),
    ).toContain(
      'has passed: 8.8.8.8/32 is still admitted by 8.8.8.0/24 (allow[0], owner data-team, until 2027-01-31). ',
    );
  });

  test('names the entries that still admit a part of it', () => {
    expect(ended('8.8.8.0/24', CLIENT, AllowedSource.cidrs(['8.8.8.8/32', '8.8.8.16/28']))).toContain(
      'has passed: 8.8.8.0/24 is still admitted in part by 8.8.8.8/32 (allow[1][0]), 8.8.8.16/28 (allow[1][1]). ',
    );
  });

  test('names the endpoint that is open to everybody', () => {
    expect(ended('8.8.8.8/32', AllowedSource.anywhere({ reason: 'Roaming clients' }))).toContain(
      'is still admitted by 0.0.0.0/0 (allow[0])',
    );
  });

  test('names the entry of the same prefix list, security group or token', () => {
    const expires = '2026-06-30';
    const eip = Token.asString(ref('aws_eip.nat.public_ip'));
    for (const source of [
      (options: AllowedSourceOptions) => AllowedSource.prefixList('pl-0a', options),
      (options: AllowedSourceOptions) => AllowedSource.securityGroup('sg-0a', options),
      (options: AllowedSourceOptions) => AllowedSource.cidr(eip, options),
    ]) {
      expect(warningsOf(endpoint(props([source({}), source({ expires })], '2026-07-01'))).join('\n')).toMatch(
        /has passed: (pl-0a|sg-0a|aws_eip\.nat\.public_ip) is still admitted by allow\[0\]\. /,
      );
    }
  });

  test('does not claim an end that sources with unknown addresses may prevent', () => {
    expect(ended('8.8.8.8/32', AllowedSource.prefixList('pl-0a'))).toContain(
      'with the next apply, unless a prefix list or a value known after apply admits it. ',
    );
  });
});

describe('an entry within another one', () => {
  const overlaps = (...allow: AllowedSource[]) =>
    warningsOf(endpoint(props(allow, '2026-07-01'))).filter((warning) => warning.endsWith('[EntryOverlaps]'));
  const outer = AllowedSource.cidr('8.8.0.0/16', { owner: 'data-team' });

  test.each([
    ['another last day', { owner: 'data-team', expires: '2027-01-31' }],
    ['another owner', { owner: 'partner-desk' }],
    ['no owner', {}],
  ])('with %s is a warning that names both places', (_, options) => {
    expect(overlaps(outer, AllowedSource.cidr('8.8.8.0/24', options))).toEqual([
      expect.stringMatching(
        /^allow\[1\] '8\.8\.8\.0\/24' lies within 8\.8\.0\.0\/16 \(allow\[0\], owner data-team\), which has another owner or expiry/,
      ),
    ]);
  });

  test('of which the same is said is none', () => {
    expect(overlaps(outer, AllowedSource.cidr('8.8.8.0/24', { owner: 'data-team' }))).toEqual([]);
    expect(overlaps(AllowedSource.cidrs(['8.8.0.0/16', '8.8.8.0/24']))).toEqual([]);
  });

  test('is found behind one of which the same is said', () => {
    const found = overlaps(
      AllowedSource.cidr('8.8.8.8', { owner: 'b' }),
      AllowedSource.cidr('8.8.8.0/24', { owner: 'b' }),
      AllowedSource.cidr('8.8.0.0/16', { owner: 'a' }),
      AllowedSource.cidr('8.9.0.0/16', { owner: 'c' }),
    );

    expect(found).toHaveLength(2);
    for (const warning of found) expect(warning).toContain('lies within 8.8.0.0/16 (allow[2], owner a)');
  });
});

test('a day that is given makes the build the same whenever it runs', () => {
  jest.useFakeTimers({ now: new Date('2026-06-01T12:00:00Z') });
  const early = synthesizeEndpoint(props(until('2026-07-01'), '2026-06-30'));
  jest.setSystemTime(new Date('2030-01-01T12:00:00Z'));
  const late = synthesizeEndpoint(props(until('2026-07-01'), '2026-06-30'));
  jest.useRealTimers();

  expect(late).toEqual(early);
});

test.each([
  ['2026-07-01T23:59:59Z', true],
  ['2026-07-02T00:00:00Z', false],
])('without one the day of the synthesis counts, in UTC: at %s', (now, admitted) => {
  jest.useFakeTimers({ now: new Date(now) });
  const found = keys(until('2026-07-01')).includes('35.10.0.0/16');
  jest.useRealTimers();

  expect(found).toBe(admitted);
});
