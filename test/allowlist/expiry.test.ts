import { AllowedSource, type DatabaseEndpointProps } from '../../lib';
import { endpoint, refusal, synthesizeEndpoint, validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { warningsOf } from '../support/synthesis';
import { homesOf, synthesizedGroups } from './synthesized-groups';

const CLIENT = AllowedSource.cidr('52.20.30.40');

function props(allow: AllowedSource[], today?: string): DatabaseEndpointProps {
  return validProps({ allow, today });
}

function keys(allow: AllowedSource[], today?: string): string[] {
  return [...homesOf(synthesizedGroups(synthesizeEndpoint(props(allow, today)))).keys()].sort();
}

function warnings(allow: AllowedSource[], today?: string): (string | undefined)[] {
  return warningsOf(endpoint(props(allow, today)))
    .map((text) => /\[(\w+)\]$/.exec(text)?.[1])
    .filter((name) => name?.startsWith('Entry'));
}

const until = (expires: string) => [CLIENT, AllowedSource.cidr('35.10.0.0/16', { expires })];

test.each([
  ['2026-06-30', 'has access on the day before', true],
  ['2026-07-01', 'has access on its last day', true],
  ['2026-07-02', 'has no access any more on the day after', false],
  ['2031-01-01', 'has none years later', false],
])('on %s an entry that ends on 1 July 2026 %s', (today, _, admitted) => {
  expect(keys(until('2026-07-01'), today).includes('35.10.0.0/16')).toBe(admitted);
});

test.each([
  ['2026-06-16', '15 days before', []],
  ['2026-06-17', '14 days before', ['EntryExpiresSoon']],
  ['2026-07-01', 'on its last day', ['EntryExpiresSoon']],
  ['2026-07-02', 'once it is over', ['EntryExpired']],
])('on %s the warning about an entry that ends on 1 July 2026, %s, is %s', (today, _, names) => {
  expect(warnings(until('2026-07-01'), today)).toEqual(names);
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

test('an ended entry is still read: what is wrong with it is refused', () => {
  const error = refusal(
    props([CLIENT, AllowedSource.cidr('35.10.0.0/16', { expires: '2026-06-30', description: 'Büro' })], '2026-07-01'),
  );

  expect(error?.problems.map(({ rule }) => rule)).toEqual(['DescriptionInvalid']);
});

test('a list of which every entry has ended is refused, and never means everybody', () => {
  const allow = [
    AllowedSource.cidr('52.20.30.40', { expires: '2026-06-30' }),
    AllowedSource.securityGroup('sg-0a', { expires: '2026-06-29' }),
  ];

  expect(refusal(props(allow, '2026-06-29'))).toBeUndefined();
  expect(refusal(props(allow, '2026-07-01'))?.message).toMatch(/every entry has expired.*\[AllowlistEmpty\]$/);
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
