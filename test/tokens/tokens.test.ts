import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  AllowedSource,
  type DatabaseEndpointProps,
  DatabaseEngine,
  DatabaseTarget,
  EndpointCertificate,
  EndpointTls,
  TlsHandshake,
  TlsPolicy,
} from '../../lib';
import { refusal, synthesizeEndpoint, TERMINATE, terminatingProps, validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { entriesBy } from '../support/ingress';
import { onlyResource, synthesize, type TerraformJson } from '../support/synthesis';

const LISTENER = 'aws_lb_listener';
const TARGET_GROUP = 'aws_lb_target_group';
const ATTACHMENT = 'aws_lb_target_group_attachment';
const INGRESS = 'aws_vpc_security_group_ingress_rule';
const RECORD = 'aws_route53_record';
const EGRESS = 'aws_vpc_security_group_egress_rule';

const text = (stack: TerraformStack, name = 'x') => new TerraformVariable(stack, name, { type: 'string' }).stringValue;
const number = (stack: TerraformStack, name = 'x') =>
  new TerraformVariable(stack, name, { type: 'number' }).numberValue;
const list = (stack: TerraformStack) => new TerraformVariable(stack, 'x', { type: 'list(string)' }).listValue;

type Make = (stack: TerraformStack) => Partial<DatabaseEndpointProps>;

function endpointWith(make: Make): TerraformJson {
  return synthesizeEndpoint((stack) => validProps(make(stack)));
}

const listed = { for_each: '${toset(var.x)}' };
const NAMED = { name: 'orders.db.example.com' };
const ZONED = { zoneId: 'Z0', zoneName: 'db.example.com' };
const single = { for_each: { 'var.x': '${var.x}' } };
const inGroup = { securityGroupId: 'sg-0d' };
const terminate = (arn: string, policy?: TlsPolicy) => ({
  engine: DatabaseEngine.REDIS,
  tls: EndpointTls.terminate({ certificate: EndpointCertificate.fromArn(arn), policy }),
});

const PROPERTIES: [property: string, make: Make, type: string, written: object][] = [
  ['vpcId', (s) => ({ vpcId: text(s) }), 'aws_security_group', { vpc_id: '${var.x}' }],
  ['vpcId', (s) => ({ vpcId: text(s) }), TARGET_GROUP, { vpc_id: '${var.x}' }],
  ['subnetIds', (s) => ({ subnetIds: [text(s), 'subnet-0a'] }), 'aws_lb', { subnets: ['${var.x}', 'subnet-0a'] }],
  ['subnetIds as a list', (s) => ({ subnetIds: list(s) }), 'aws_lb', { subnets: '${var.x}' }],
  ['loadBalancerName', (s) => ({ loadBalancerName: text(s) }), 'aws_lb', { name: '${var.x}' }],
  ['port', (s) => ({ port: number(s) }), LISTENER, { port: '${var.x}' }],
  ['port', (s) => ({ port: number(s) }), INGRESS, { from_port: '${var.x}', to_port: '${var.x}' }],
  [
    'idleTimeoutSeconds',
    (s) => ({ idleTimeoutSeconds: number(s) }),
    LISTENER,
    { tcp_idle_timeout_seconds: '${var.x}' },
  ],
  ['tls.certificate', (s) => terminate(text(s)), LISTENER, { certificate_arn: '${var.x}', protocol: 'TLS' }],
  ['domain.zoneId', (s) => ({ domain: { ...NAMED, zoneId: text(s) } }), RECORD, { zone_id: '${var.x}' }],
  [
    'domain.zoneId beside domain.zoneName',
    (s) => ({ domain: { ...NAMED, zoneId: 'Z0', zoneName: text(s) } }),
    RECORD,
    { lifecycle: { precondition: [{ condition: expect.stringContaining('lower(trimsuffix(var.x, "."))') }] } },
  ],
  ['domain.name', (s) => ({ domain: { ...ZONED, name: text(s) } }), RECORD, { name: '${var.x}' }],
  [
    'domain.privateZoneId',
    (s) => ({ internetFacing: false, domain: { ...NAMED, privateZoneId: text(s) } }),
    RECORD,
    { zone_id: '${var.x}' },
  ],
  [
    'tls.additionalCertificates',
    (s) => ({
      engine: DatabaseEngine.REDIS,
      tls: EndpointTls.terminate({
        certificate: EndpointCertificate.fromArn(expression('var.arn')),
        additionalCertificates: [EndpointCertificate.fromArn(text(s))],
      }),
    }),
    'aws_lb_listener_certificate',
    single,
  ],
  [
    'tls.policy',
    (s) => terminate(expression('var.arn'), TlsPolicy.custom(text(s))),
    LISTENER,
    { ssl_policy: '${var.x}' },
  ],
  [
    'deregistrationDelaySeconds',
    (s) => ({ deregistrationDelaySeconds: number(s) }),
    TARGET_GROUP,
    { deregistration_delay: '${var.x}' },
  ],
  ...(
    [
      ['intervalSeconds', 'interval'],
      ['timeoutSeconds', 'timeout'],
      ['healthyThreshold', 'healthy_threshold'],
      ['unhealthyThreshold', 'unhealthy_threshold'],
    ] as const
  ).map(([property, attribute]): [string, Make, string, object] => [
    `healthCheck.${property}`,
    (s) => ({ healthCheck: { [property]: number(s) } }),
    TARGET_GROUP,
    { health_check: { [attribute]: '${var.x}' } },
  ]),
  ['an address', (s) => ({ target: DatabaseTarget.ipAddresses([text(s)]) }), ATTACHMENT, single],
  ['an address', (s) => ({ target: DatabaseTarget.ipAddresses([text(s)]) }), EGRESS, single],
  [
    'an address beside another',
    (s) => ({ target: DatabaseTarget.ipAddresses(['10.0.1.5', text(s)]) }),
    ATTACHMENT,
    { for_each: { '10.0.1.5': '10.0.1.5', 'var.x': '${var.x}' } },
  ],
  ['addresses as a list', (s) => ({ target: DatabaseTarget.ipAddresses(list(s)) }), ATTACHMENT, listed],
  ['addresses as a list', (s) => ({ target: DatabaseTarget.ipAddresses(list(s)) }), EGRESS, listed],
  ['an instance', (s) => ({ target: DatabaseTarget.instances([text(s)], inGroup) }), ATTACHMENT, single],
  ['instances as a list', (s) => ({ target: DatabaseTarget.instances(list(s), inGroup) }), ATTACHMENT, listed],
  [
    'a block of the targets',
    (s) => ({ target: DatabaseTarget.selfRegistering({ cidrBlocks: [text(s)] }) }),
    EGRESS,
    single,
  ],
  [
    'blocks of the targets as a list',
    (s) => ({ target: DatabaseTarget.instances(['i-0a'], { cidrBlocks: list(s) }) }),
    EGRESS,
    listed,
  ],
  [
    'target.port',
    (s) => ({ target: DatabaseTarget.ipAddresses(['10.0.1.5'], { port: number(s) }) }),
    TARGET_GROUP,
    { port: '${var.x}' },
  ],
  [
    'target.port',
    (s) => ({ target: DatabaseTarget.ipAddresses(['10.0.1.5'], { port: number(s) }) }),
    ATTACHMENT,
    { port: '${var.x}' },
  ],
  [
    'target.port',
    (s) => ({ target: DatabaseTarget.ipAddresses(['10.0.1.5'], { port: number(s) }) }),
    EGRESS,
    { from_port: '${var.x}', to_port: '${var.x}' },
  ],
  [
    'target.securityGroupId',
    (s) => ({ target: DatabaseTarget.ipAddresses(['10.0.1.5'], { securityGroupId: text(s) }) }),
    EGRESS,
    { referenced_security_group_id: '${var.x}' },
  ],
  ['a tag', (s) => ({ tags: { team: text(s) } }), 'aws_lb', { tags: { team: '${var.x}' } }],
];

test.each(PROPERTIES.map(([property, make, type, written]) => [property, type, make, written] as const))(
  '%s may be a token, which the %s repeats',
  (_, type, make, written) => {
    expect(onlyResource(endpointWith(make), type)).toMatchObject(written);
  },
);

describe('a source', () => {
  const sources = (make: (stack: TerraformStack) => AllowedSource) =>
    endpointWith((stack) => ({ allow: [make(stack)] }));

  test('may be a prefix list of a token, keyed by its expression', () => {
    const tf = sources((stack) => AllowedSource.prefixList(text(stack)));

    expect(entriesBy(tf, 'prefix_list_id')).toEqual({ 'var.x': expect.objectContaining({ id: '${var.x}' }) });
  });

  test('may be a security group of a token, keyed by its expression', () => {
    const tf = sources((stack) => AllowedSource.securityGroup(text(stack)));

    expect(entriesBy(tf, 'referenced_security_group_id')).toEqual({
      'var.x': expect.objectContaining({ id: '${var.x}' }),
    });
  });

  test.each<[string, (description: string) => AllowedSource, string]>([
    ['a block', (description) => AllowedSource.cidr('52.20.30.40/32', { description }), 'cidr_ipv4'],
    ['a prefix list', (description) => AllowedSource.prefixList('pl-0a', { description }), 'prefix_list_id'],
    [
      'a security group',
      (description) => AllowedSource.securityGroup('sg-0a', { description }),
      'referenced_security_group_id',
    ],
    ['anywhere', (reason) => AllowedSource.anywhere({ reason }), 'cidr_ipv4'],
  ])('may be described by a token: %s', (_, source, attribute) => {
    const [entry] = Object.values(
      entriesBy(
        sources((stack) => source(text(stack))),
        attribute,
      ),
    );

    expect(typeof entry === 'string' ? entry : (entry as { description: string }).description).toBe('${var.x}');
  });
});

test('the database admits the endpoint where its security group is a token', () => {
  const tf = endpointWith((stack) => ({
    target: DatabaseTarget.ipAddresses(['10.0.1.5'], { securityGroupId: text(stack) }),
  }));

  expect(Object.values(tf.resource?.[INGRESS] ?? {})).toContainEqual(
    expect.objectContaining({ security_group_id: '${var.x}', from_port: 5432 }),
  );
});

test('the name that clients connect to may be a token', () => {
  synthesize((stack) => {
    const name = text(stack);

    expect(refusal(validProps({ domain: { name } }))).toBeUndefined();
  });
});

test('one value that is a token does not keep the rules from the others', () => {
  synthesize((stack) => {
    const x = text(stack);
    const error = refusal(
      terminatingProps({
        subnetIds: [x, 'nowhere'],
        target: DatabaseTarget.ipAddresses([x, 'nobody']),
        allow: [AllowedSource.cidrs([x, 'nothing'])],
        tags: { a: x, b: '*' },
      }),
    );

    expect(error?.problems.map(({ property }) => property).sort()).toEqual(
      ['allow[0][1]', 'subnetIds[1]', 'tags["b"]', 'target[1]'].sort(),
    );
  });
});

test('an idle timeout is refused on a TLS listener although it is a token, and without showing its encoding', () => {
  synthesize((stack) => {
    const error = refusal(terminatingProps({ idleTimeoutSeconds: number(stack), tls: TERMINATE }));

    expect(error?.message).toMatch(/^prod\/Orders: idleTimeoutSeconds has no effect .* \[IdleTimeoutFixedOnTls\]$/);
  });
});

test('an engine of your own cannot be a token, as it decides which resources there are', () => {
  synthesize((stack) => {
    const engine = DatabaseEngine.custom({
      name: text(stack),
      port: number(stack, 'y'),
      handshake: TlsHandshake.NEGOTIATED,
    });

    expect(refusal(validProps({ engine }))?.problems.map(({ property, rule }) => `${property} ${rule}`)).toEqual([
      'engine.name EngineValueUnknown',
      'engine.port EngineValueUnknown',
    ]);
  });
});
