import { TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import { AllowedSource } from '../../lib';
import { expression } from '../support/expression';
import {
  addFleet,
  blocks,
  clients,
  endpointProps,
  loadBalancerProps,
  synthesizeFleet,
} from '../support/shared-load-balancer';
import { addresses, type Block, resources, synthesize, type TerraformJson } from '../support/synthesis';
import { madeRules } from './admitted';

const INGRESS = 'aws_vpc_security_group_ingress_rule';

function rulesNamed(tf: TerraformJson, id: string): Block[] {
  const ofKind = new RegExp(`_${id}(-\\w+)?_\\w{8}$`);
  return Object.entries(tf.resource?.[INGRESS] ?? {})
    .filter(([address]) => ofKind.test(address))
    .map(([, rule]) => rule);
}

/** Security groups by the ids of their constructs, in the order in which they are attached. */
function attached(tf: TerraformJson): string[] {
  const [{ security_groups: groups }] = resources(tf, 'aws_lb');
  return (groups as string[]).map((id) => /Partners_(.*)_\w{8}\.id\}$/.exec(id)?.[1] ?? id);
}

const ranges = (tf: TerraformJson) =>
  madeRules(tf).map(({ source, fromPort, toPort }) => `${source} ${fromPort}-${toPort}`);

test('all numbered groups are there from the start, as many as are asked for', () => {
  expect(attached(synthesizeFleet({}))).toEqual([
    'SecurityGroup',
    ...[2, 3, 4, 5].map((number) => `SecurityGroup-${number}`),
  ]);
  expect(attached(synthesizeFleet({}, loadBalancerProps({ securityGroupCount: 1 })))).toEqual(['SecurityGroup']);
  const quotas = { securityGroupsPerInterface: 7 };
  expect(attached(synthesizeFleet({}, loadBalancerProps({ quotas })))).toHaveLength(7);
});

test('a pinned group holds the entries of all endpoints that are pinned to it, and nothing else', () => {
  const pinned = (text: string) => AllowedSource.cidr(text, { group: 'looker' });
  const tf = synthesizeFleet(
    {
      Orders: endpointProps({ allow: [pinned('8.8.8.8/32'), ...blocks('9.9.9.9/32')] }),
      Stock: endpointProps({ port: 5433, allow: [pinned('8.8.8.8/32')] }),
    },
    loadBalancerProps({ securityGroupCount: 2 }),
  );

  expect(attached(tf)).toEqual(['SecurityGroup', 'SecurityGroup-2', 'SecurityGroup-looker']);
  const inGroup = madeRules(tf).filter(({ group }) => group.includes('-looker'));
  expect(inGroup.map(({ source, fromPort }) => `${source} ${fromPort}`)).toEqual([
    '8.8.8.8/32 5432',
    '8.8.8.8/32 5433',
  ]);
});

test('what is pinned shares no rule with what is not, though it is the same', () => {
  const source = (group?: string) => [
    AllowedSource.prefixList('pl-0a', { maxEntries: 5, group }),
    AllowedSource.cidr('8.8.8.8/32', { group }),
  ];
  const tf = synthesizeFleet(
    { Orders: endpointProps({ allow: source('looker') }), Stock: endpointProps({ port: 5433, allow: source() }) },
    loadBalancerProps({ securityGroupCount: 1, mergePorts: true }),
  );

  expect(
    madeRules(tf).map(({ group, source: from, fromPort, toPort }) => [
      group.includes('-looker'),
      from,
      fromPort,
      toPort,
    ]),
  ).toEqual(
    expect.arrayContaining([
      [true, '8.8.8.8/32', 5432, 5432],
      [false, '8.8.8.8/32', 5433, 5433],
      [true, 'pl-0a', 5432, 5432],
      [false, 'pl-0a', 5433, 5433],
    ]),
  );
});

test('neighbouring ports share the rule for a source only where that is asked for', () => {
  const fleet = Object.fromEntries(
    [5432, 5433, 5435].map((port) => [`On${port}`, endpointProps({ port, allow: blocks('8.8.8.8/32') })]),
  );

  expect(ranges(synthesizeFleet(fleet)).sort()).toEqual([5432, 5433, 5435].map((port) => `8.8.8.8/32 ${port}-${port}`));
  expect(ranges(synthesizeFleet(fleet, loadBalancerProps({ mergePorts: true }))).sort()).toEqual([
    '8.8.8.8/32 5432-5433',
    '8.8.8.8/32 5435-5435',
  ]);
});

test('what was written out before is decided anew when one more endpoint comes', () => {
  const stack = new TerraformStack(Testing.app(), 'prod');
  const loadBalancer = addFleet(stack, { Orders: endpointProps({ allow: clients(20) }) });
  Testing.synth(stack);
  loadBalancer.addEndpoint('Stock', endpointProps({ port: 5433, allow: clients(20) }));

  expect(madeRules(JSON.parse(Testing.synth(stack)))).toHaveLength(40);
});

test('a shared rule says what all of its entries say', () => {
  const about = (port: number, description: string) =>
    endpointProps({ port, allow: [AllowedSource.cidr('8.8.8.8/32', { description })] });
  const tf = synthesizeFleet(
    { Orders: about(5432, 'Looker'), Stock: about(5433, 'Airbyte') },
    loadBalancerProps({ mergePorts: true }),
  );

  expect(madeRules(tf)).toEqual([expect.objectContaining({ description: 'Airbyte; Looker', toPort: 5433 })]);
});

test('a range grows at its end in place: its key stays', () => {
  const fleet = (ports: number[]) =>
    synthesizeFleet(
      Object.fromEntries(ports.map((port) => [`On${port}`, endpointProps({ port })])),
      loadBalancerProps({ mergePorts: true }),
    );
  const keys = (tf: TerraformJson) => rulesNamed(tf, 'IngressIpv4').map((rule) => Object.keys(rule.for_each as object));

  expect(keys(fleet([5432, 5433, 5434]))).toEqual(keys(fleet([5432, 5433])));
});

test('blocks that are known after apply have one more group, with rules of each endpoint', () => {
  const tf = synthesize((stack) => {
    const list = new TerraformVariable(stack, 'offices', { type: 'list(string)' }).listValue;
    const nat = () => AllowedSource.cidr(expression('aws_eip.nat.public_ip'));
    addFleet(
      stack,
      {
        Orders: endpointProps({ allow: [nat()] }),
        Stock: endpointProps({ port: 5433, allow: [nat(), AllowedSource.cidrs(list)] }),
        Users: endpointProps({ port: 5434 }),
      },
      loadBalancerProps({ securityGroupCount: 4 }),
    );
  });

  expect(attached(tf)).toHaveLength(5);
  expect(attached(tf).at(-1)).toBe('ComputedSecurityGroup');
  const rules = [...rulesNamed(tf, 'IngressComputed'), ...rulesNamed(tf, 'IngressListed')];
  const computedGroup = `\${${addresses(tf, 'aws_security_group').find((id) => id.includes('_Computed'))}.id}`;
  expect(rules.map(({ from_port, to_port }) => [from_port, to_port])).toEqual([
    [5432, 5432],
    [5433, 5433],
    [5433, 5433],
  ]);
  for (const { security_group_id } of rules) expect(security_group_id).toBe(computedGroup);
});

test('the group of what is known after apply has one quota for all endpoints, whatever their order', () => {
  const fleet = Object.fromEntries(
    [5433, 5432, 5434].map((port) => [
      `On${port}`,
      endpointProps({ port, allow: blocks(expression(`aws_eip.nat${port}.public_ip`)) }),
    ]),
  );
  const inOrder = Object.fromEntries(Object.entries(fleet).sort());
  const shared = loadBalancerProps({ securityGroupCount: 4 });
  const tf = synthesizeFleet(fleet, shared);

  const conditions = resources(tf, 'aws_security_group').flatMap(
    ({ lifecycle }) => (lifecycle as { precondition?: { error_message: string }[] }).precondition ?? [],
  );
  expect(conditions.filter(({ error_message }) => error_message.includes('[ComputedGroupFull]'))).toEqual([
    {
      condition: expect.stringMatching(/nat5432.*nat5433.*nat5434.* <= 60\}$/),
      error_message: expect.stringMatching(/^prod\/Partners: allow has /),
    },
  ]);
  expect(JSON.stringify(tf)).toBe(JSON.stringify(synthesizeFleet(inOrder, shared)));
});

test('prefix lists and security groups may be tokens, and count on each port', () => {
  const sources = () => [
    AllowedSource.prefixList(expression('aws_ec2_managed_prefix_list.partners.id'), { maxEntries: 10 }),
    AllowedSource.securityGroup(expression('aws_security_group.app.id')),
    AllowedSource.securityGroup('sg-0b'),
  ];
  const tf = synthesizeFleet(
    { Orders: endpointProps({ allow: sources() }), Stock: endpointProps({ port: 5433, allow: sources() }) },
    loadBalancerProps({ securityGroupCount: 1 }),
  );

  expect(rulesNamed(tf, 'IngressPrefixLists')).toHaveLength(1);
  const [list, app] = ['aws_ec2_managed_prefix_list.partners.id', 'aws_security_group.app.id'];
  expect(madeRules(tf).map(({ source, fromPort }) => `${fromPort} ${source}`)).toEqual([
    ...[5432, 5433].map((port) => `${port} \${${list}}`),
    ...[5432, 5433].flatMap((port) => [`${port} \${${app}}`, `${port} sg-0b`]),
  ]);
  const [{ lifecycle }] = rulesNamed(tf, 'IngressSecurityGroups');
  const [{ condition, error_message: message }] = (lifecycle as { precondition: Block[] }).precondition;
  expect(condition).toContain('[5432, "sg-0b"], [5432, aws_security_group.app.id], [5433, "sg-0b"]');
  expect(message).toMatch(/^prod\/Partners: entries for one port repeat .*\[SourceDuplicate\]$/);
});

test('a condition refers to something also in a group that holds literals alone', () => {
  const allow = [
    AllowedSource.securityGroup(expression('aws_security_group.app.id')),
    ...Array.from({ length: 12 }, (_, i) => AllowedSource.securityGroup(`sg-0${i}`)),
  ];
  const rules = rulesNamed(synthesizeFleet({ Orders: endpointProps({ allow }) }), 'IngressSecurityGroups');

  const conditions = rules.flatMap(({ lifecycle }) =>
    (lifecycle as { precondition: Block[] }).precondition.map(({ condition }) => String(condition)),
  );
  expect(conditions.filter((condition) => !condition.includes('aws_security_group.app')).length).toBeGreaterThan(1);
  for (const condition of conditions) expect(condition).toMatch(/^\$\{each\.key != "" && alltrue\(/);
});

test('prefix lists of AWS are looked up once for all endpoints', () => {
  const name = 'com.amazonaws.global.cloudfront.origin-facing';
  const allow = [AllowedSource.awsPrefixList(name, { maxEntries: 55 })];
  const tf = synthesizeFleet({ Orders: endpointProps({ allow }), Stock: endpointProps({ port: 5433, allow }) });

  expect(Object.values(tf.data?.aws_ec2_managed_prefix_list ?? {})).toEqual([
    expect.objectContaining({ for_each: { [name]: name } }),
  ]);
  const [address] = Object.keys(tf.data?.aws_ec2_managed_prefix_list ?? {});
  const rules = rulesNamed(tf, 'IngressAwsPrefixLists');
  expect(rules).toHaveLength(2);
  for (const { prefix_list_id } of rules) {
    expect(prefix_list_id).toBe(`\${data.aws_ec2_managed_prefix_list.${address}[split(" ", each.key)[1]].id}`);
  }
});

test('a prefix list of AWS that is named by its id as well is found when its id is known', () => {
  const name = 'com.amazonaws.global.cloudfront.origin-facing';
  const allow = [
    AllowedSource.awsPrefixList(name, { maxEntries: 10 }),
    AllowedSource.prefixList('pl-0a', { maxEntries: 10 }),
  ];
  const tf = synthesizeFleet({ Orders: endpointProps({ allow }) }, loadBalancerProps({ securityGroupCount: 1 }));

  const [address] = Object.keys(tf.data?.aws_ec2_managed_prefix_list ?? {});
  const [{ lifecycle }] = rulesNamed(tf, 'IngressPrefixLists');
  expect((lifecycle as { precondition: Block[] }).precondition).toEqual([
    expect.objectContaining({
      condition: expect.stringContaining(
        `[5432, "pl-0a"], [5432, data.aws_ec2_managed_prefix_list.${address}["${name}"].id]`,
      ),
    }),
  ]);
});

test('messages of Path MTU Discovery need one rule of each family for all endpoints', () => {
  const fleet = { Orders: endpointProps(), Stock: endpointProps({ port: 5433 }) };
  const icmp = (props: object) =>
    madeRules(synthesizeFleet(fleet, loadBalancerProps({ pathMtuDiscovery: true, ...props })))
      .filter(({ protocol }) => protocol !== 'tcp')
      .map(({ protocol, fromPort, toPort, source }) => [protocol, fromPort, toPort, source]);

  expect(icmp({})).toEqual([['icmp', 3, 4, '0.0.0.0/0']]);
  expect(icmp({ dualStack: true }).sort()).toEqual([
    ['icmp', 3, 4, '0.0.0.0/0'],
    ['icmpv6', 2, 0, '::/0'],
  ]);
});

test('an endpoint whose entries have all expired is closed, and the others are not', () => {
  const closed = [AllowedSource.cidr('8.8.8.8/32', { expires: '2020-01-31' })];
  const props = loadBalancerProps({ pathMtuDiscovery: true });

  const one = synthesizeFleet(
    { Orders: endpointProps({ allow: closed }), Stock: endpointProps({ port: 5433 }) },
    props,
  );
  expect(madeRules(one).map(({ protocol, fromPort }) => [protocol, fromPort])).toEqual(
    expect.arrayContaining([
      ['tcp', 5433],
      ['icmp', 3],
    ]),
  );
  expect(madeRules(one)).toHaveLength(2);
  expect(madeRules(synthesizeFleet({ Orders: endpointProps({ allow: closed }) }, props))).toEqual([]);
});

test('an endpoint of a dual-stack load balancer may let everybody in, on its own port', () => {
  const tf = synthesizeFleet(
    {
      Orders: endpointProps({ allow: [AllowedSource.anywhere({ reason: 'Roaming clients' })] }),
      Stock: endpointProps({ port: 5433, allow: clients(1) }),
    },
    loadBalancerProps({ dualStack: true, mergePorts: true }),
  );

  expect(ranges(tf).sort()).toEqual(['0.0.0.0/0 5432-5432', '52.20.0.0/32 5433-5433', '::/0 5432-5432']);
  expect(Token.isUnresolved(tf)).toBe(false);
});
