import { AllowedSource, type DatabaseEndpointProps } from '../../lib';
import { refusal, synthesizeEndpoint, validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { ingressRules } from '../support/ingress';
import { addresses, type TerraformJson } from '../support/synthesis';

function withPathMtu(props: Partial<DatabaseEndpointProps> = {}): TerraformJson {
  return synthesizeEndpoint(validProps({ pathMtuDiscovery: true, ...props }));
}

function icmpRules(tf: TerraformJson) {
  return ingressRules(tf).filter((rule) => String(rule.ip_protocol).startsWith('icmp'));
}

const TOO_LARGE = { ip_protocol: 'icmp', from_port: 3, to_port: 4, cidr_ipv4: '0.0.0.0/0' };
const TOO_BIG = { ip_protocol: 'icmpv6', from_port: 2, to_port: 0, cidr_ipv6: '::/0' };

/** As many clients, none of which lies in another. */
const clients = (number: number) =>
  Array.from({ length: number }, (_, i) => AllowedSource.cidr(`52.20.${i >> 7}.${(i & 127) * 2}`));

test('an endpoint hears no ICMP unless it was asked for', () => {
  expect(icmpRules(synthesizeEndpoint(validProps()))).toEqual([]);
  expect(icmpRules(withPathMtu({ pathMtuDiscovery: false }))).toEqual([]);
});

test('any router on the way may say that a packet is too large, and nothing else', () => {
  expect(icmpRules(withPathMtu())).toEqual([expect.objectContaining(TOO_LARGE)]);
});

test('a dual-stack endpoint hears it of both families', () => {
  expect(icmpRules(withPathMtu({ dualStack: true }))).toEqual([
    expect.objectContaining(TOO_LARGE),
    expect.objectContaining(TOO_BIG),
  ]);
});

test('the rules of clients are the same with it and without', () => {
  const tcp = (tf: TerraformJson) => ingressRules(tf).filter(({ ip_protocol }) => ip_protocol === 'tcp');

  expect(tcp(withPathMtu())).toEqual(tcp(synthesizeEndpoint(validProps())));
});

test('the rule counts against the quota of its group', () => {
  const full = withPathMtu({ allow: clients(60) });

  expect(addresses(full, 'aws_security_group').length).toBeGreaterThan(1);
  expect(icmpRules(full)).toHaveLength(1);
  expect(addresses(synthesizeEndpoint(validProps({ allow: clients(60) })), 'aws_security_group')).toHaveLength(1);
});

test('300 clients at default quotas leave no room for it', () => {
  expect(refusal(validProps({ allow: clients(299), pathMtuDiscovery: true }))).toBeUndefined();
  expect(refusal(validProps({ allow: clients(300), pathMtuDiscovery: true }))?.message).toMatch(
    /needs 301 IPv4 rules, but there is room for 300/,
  );
});

test('an endpoint that has closed, because every entry has expired, hears nothing', () => {
  const allow = [AllowedSource.cidr('52.20.30.40', { expires: '2026-01-31' })];

  expect(ingressRules(withPathMtu({ allow, allowlist: { asOf: '2026-02-01' } }))).toEqual([]);
});

test('a token cannot decide about it', () => {
  expect(refusal(validProps({ pathMtuDiscovery: expression('var.x') as unknown as boolean }))?.message).toMatch(
    /pathMtuDiscovery .*\[PropertyKnownTooLate\]/,
  );
});
