import type { Emulator } from '../harness';
import { EmulatorAnswer } from '../harness/emulator-answer';
import { readNetwork } from './read-network';
import { tlsPolicy } from './tls-policies';

const attribute = (key: string, value: string) => `<member><Key>${key}</Key><Value>${value}</Value></member>`;

/** What the API says of one plain load balancer; each test changes one thing about it. */
const ANSWERS = {
  DescribeLoadBalancers: `<LoadBalancers><member><LoadBalancerArn>lb</LoadBalancerArn><DNSName>lb.example</DNSName>
    <Type>network</Type><IpAddressType>ipv4</IpAddressType><SecurityGroups><member>sg-1</member></SecurityGroups>
    <AvailabilityZones><member><SubnetId>subnet-1</SubnetId></member></AvailabilityZones></member></LoadBalancers>`,
  DescribeLoadBalancerAttributes: `<Attributes>${attribute('load_balancing.cross_zone.enabled', 'true')}</Attributes>`,
  DescribeListeners: `<Listeners><member><ListenerArn>listener</ListenerArn><Port>5432</Port><Protocol>TCP</Protocol>
    <DefaultActions><member><Type>forward</Type><TargetGroupArn>group</TargetGroupArn></member></DefaultActions>
    <AlpnPolicy/></member></Listeners>`,
  DescribeListenerAttributes: `<Attributes>${attribute('tcp.idle_timeout.seconds', '3600')}</Attributes>`,
  DescribeTargetGroups: `<TargetGroups><member><Protocol>TCP</Protocol><TargetType>ip</TargetType>
    <HealthCheckProtocol>TCP</HealthCheckProtocol></member></TargetGroups>`,
  DescribeTargetGroupAttributes: `<Attributes>${attribute('deregistration_delay.timeout_seconds', '10')}
    ${attribute('preserve_client_ip.enabled', 'false')}${attribute('proxy_protocol_v2.enabled', 'false')}</Attributes>`,
  DescribeTargetHealth: `<TargetHealthDescriptions><member><Target><Id>10.20.0.5</Id><Port>5432</Port></Target>
    <TargetHealth><State>healthy</State></TargetHealth></member></TargetHealthDescriptions>`,
  DescribeSecurityGroups: '<securityGroupInfo><item><groupId>sg-1</groupId></item></securityGroupInfo>',
  DescribeSecurityGroupRules: `<securityGroupRuleSet><item><groupId>sg-1</groupId><isEgress>false</isEgress>
    <ipProtocol>tcp</ipProtocol><fromPort>5432</fromPort><toPort>5432</toPort>
    <cidrIpv4>203.0.113.7/32</cidrIpv4></item></securityGroupRuleSet>`,
  DescribeSubnets: `<subnetSet><item><subnetId>subnet-1</subnetId><cidrBlock>10.20.0.0/24</cidrBlock>
    <availabilityZone>us-east-1a</availabilityZone></item></subnetSet>`,
  DescribeNetworkInterfaces: '<networkInterfaceSet/>',
} as const;

type Action = keyof typeof ANSWERS;

function emulator(changed?: Action, from = '', to = ''): Emulator {
  const call = async (service: string, action: Action) => {
    const body: string = ANSWERS[action];
    if (action === changed && !body.includes(from)) throw new Error(`${action} has no ${from}`);
    const text = action === changed ? body.replace(from, to) : body;
    const whole = service === 'ec2' ? text : `<${action}Result>${text}</${action}Result>`;
    return new EmulatorAnswer(`<?xml version="1.0"?>\n<${action}Response>${whole}</${action}Response>`);
  };
  return { call } as unknown as Emulator;
}

test('a plain load balancer is understood', async () => {
  const { loadBalancers, securityGroups } = await readNetwork(emulator());

  expect(loadBalancers).toMatchObject([
    {
      securityGroupIds: ['sg-1'],
      nodes: [{ zone: 'us-east-1a' }],
      listeners: [
        {
          port: 5432,
          idleTimeoutSeconds: 3600,
          targetGroups: [
            {
              weight: 1,
              isTls: false,
              isCrossZone: true,
              deregistrationDelaySeconds: 10,
              endsConnectionsOnDeregistration: false,
              targets: [{ address: '10.20.0.5', port: 5432, zone: 'us-east-1a', state: 'healthy' }],
            },
          ],
        },
      ],
    },
  ]);
  expect(securityGroups.get('sg-1')?.ingress).toMatchObject([{ fromPort: 5432, toPort: 5432 }]);
});

const STRANGE: readonly (readonly [string, Action, string, string, RegExp])[] = [
  [
    'client IP preservation',
    'DescribeTargetGroupAttributes',
    'ip.enabled</Key><Value>false',
    'ip.enabled</Key><Value>true',
    /preserve_client_ip/,
  ],
  [
    'proxy protocol',
    'DescribeTargetGroupAttributes',
    'v2.enabled</Key><Value>false',
    'v2.enabled</Key><Value>true',
    /proxy_protocol_v2/,
  ],
  [
    'an unknown attribute of a target group',
    'DescribeTargetGroupAttributes',
    '</Attributes>',
    `${attribute('x', '1')}</Attributes>`,
    /attribute x = 1 of TargetGroup/,
  ],
  [
    'an unknown attribute of a listener',
    'DescribeListenerAttributes',
    '</Attributes>',
    `${attribute('x', '1')}</Attributes>`,
    /attribute x = 1 of Listener/,
  ],
  [
    'an unknown attribute of a load balancer',
    'DescribeLoadBalancerAttributes',
    '</Attributes>',
    `${attribute('x', '1')}</Attributes>`,
    /attribute x = 1 of LoadBalancer/,
  ],
  ['an application load balancer', 'DescribeLoadBalancers', '<Type>network', '<Type>application', /type application/],
  ['dual stack', 'DescribeLoadBalancers', '<IpAddressType>ipv4', '<IpAddressType>dualstack', /dualstack/],
  ['a load balancer without groups', 'DescribeLoadBalancers', '<member>sg-1</member>', '', /without security groups/],
  ['UDP', 'DescribeListeners', '<Protocol>TCP', '<Protocol>UDP', /protocol UDP/],
  ['another action', 'DescribeListeners', '<Type>forward', '<Type>redirect', /type redirect/],
  ['two actions', 'DescribeListeners', '</DefaultActions>', '<member/></DefaultActions>', /without one action/],
  ['ALPN', 'DescribeListeners', '<AlpnPolicy/>', '<AlpnPolicy><member>HTTP2Only</member></AlpnPolicy>', /ALPN/],
  ['mutual TLS', 'DescribeListeners', '<AlpnPolicy/>', '<MutualAuthentication/>', /mutual/],
  ['a TLS group behind TCP', 'DescribeTargetGroups', '<Protocol>TCP', '<Protocol>TLS', /TLS group behind a TCP/],
  ['targets that are instances', 'DescribeTargetGroups', '<TargetType>ip', '<TargetType>instance', /type instance/],
  ['HTTP health checks', 'DescribeTargetGroups', 'CheckProtocol>TCP', 'CheckProtocol>HTTP', /health checks with HTTP/],
  ['an unknown state of a target', 'DescribeTargetHealth', '<State>healthy', '<State>odd', /state odd/],
  ['an unknown protocol in a rule', 'DescribeSecurityGroupRules', '<ipProtocol>tcp', '<ipProtocol>47', /protocol 47/],
  [
    'an unknown field of a rule',
    'DescribeSecurityGroupRules',
    '<fromPort>',
    '<expires/><fromPort>',
    /expires of a security-group rule/,
  ],
  ['a rule without a source', 'DescribeSecurityGroupRules', '<cidrIpv4>203.0.113.7/32</cidrIpv4>', '', /0 sources/],
  [
    'a rule with two sources',
    'DescribeSecurityGroupRules',
    '<cidrIpv4>',
    '<cidrIpv6>::/0</cidrIpv6><cidrIpv4>',
    /2 sources/,
  ],
  [
    'an answer in pages',
    'DescribeSecurityGroupRules',
    '<securityGroupRuleSet>',
    '<nextToken>x</nextToken><securityGroupRuleSet>',
    /several pages/,
  ],
];

test.each(STRANGE)('%s is not understood', async (_, action, from, to, complaint) => {
  await expect(readNetwork(emulator(action, from, to))).rejects.toThrow(complaint);
});

test('a policy whose versions nobody wrote down is not understood', () => {
  expect(() => tlsPolicy('ELBSecurityPolicy-2016-08')).toThrow(/does not understand the security policy/);
});
