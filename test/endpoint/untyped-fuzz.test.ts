import { TerraformStack, Testing } from 'cdktf';
import * as fc from 'fast-check';
import {
  AllowedSource,
  AllowlistFile,
  DatabaseEndpoint,
  type DatabaseEndpointProps,
  DatabaseEngine,
  DatabaseTarget,
  EndpointCertificate,
  EndpointError,
  EndpointTls,
  SharedCertificate,
  TlsPolicy,
} from '../../lib';
import { CERTIFICATE_ARN, terminatingProps, validProps } from '../support/endpoint';
import { ingressRules } from '../support/ingress';
import { runs } from '../support/property-runs';
import { onlyResource, type TerraformJson } from '../support/synthesis';

/*
 * The public API as it is used without a type checker: whatever is given where, nothing is raised but EndpointError,
 * and what is accepted is no wider than what was written.
 */

// biome-ignore lint/suspicious/noExplicitAny: whatever is given
type Any = any;

const hostile = new Proxy(
  {},
  {
    get() {
      throw new TypeError('get');
    },
    has() {
      throw new TypeError('has');
    },
    ownKeys() {
      throw new TypeError('ownKeys');
    },
  },
);
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
const cyclic: unknown[] = [];
cyclic.push(cyclic);

const WRONG: readonly unknown[] = [
  ...[undefined, null, true, false, 0, -1, 1, 443, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 10n, Symbol('x')],
  ...[
    '',
    ' ',
    'x',
    'false',
    '0.0.0.0/0',
    '8.8.8.8',
    '::/0',
    '10.0.0.5',
    'db.example.com',
    'Looker',
    '${var.x}',
    '%{ if x }',
  ],
  ...[[], {}, [[]], [null], [undefined], ['x'], [7], [{}], ['8.8.8.8'], new Array(2), cyclic],
  ...[() => 1, class {}, new Date(0), new Map([['a', 1]]), new Set(['a']), /x/, new Error('x'), Object.create(null)],
  ...[
    { a: 1 },
    { a: undefined },
    { a: null },
    { length: 1 },
    { toString: null },
    hostile,
    [hostile],
    revoked,
    [revoked],
  ],
  ...[DatabaseEngine.REDIS, TlsPolicy.FIPS, AllowedSource.cidr('9.9.9.9'), EndpointTls.passthrough()],
];

/** A place for a value, and the endpoint around it. */
type Slot = (value: Any) => Partial<DatabaseEndpointProps>;

const arn = EndpointCertificate.fromArn(CERTIFICATE_ARN);
const terminating = (props: object): Partial<DatabaseEndpointProps> => ({
  ...terminatingProps(),
  tls: EndpointTls.terminate({ certificate: arn, ...props } as Any),
});
const certificate = (value: EndpointCertificate) => terminating({ certificate: value });
const each = (names: string, slot: (name: string) => Slot): [string, Slot][] =>
  names.split(' ').map((name) => [name, slot(name)]);
const allowing = (source: AllowedSource) => ({ allow: [AllowedSource.cidr('52.20.30.40/32'), source] });
const inGroup = { securityGroupId: 'sg-0a' };
const rds = {
  identifier: 'orders',
  address: 'orders.example.com',
  endpoint: 'orders.example.com',
  role: 'writer',
  ...inGroup,
};
const ABOUT = 'description owner ticket expires group maxEntries unknown';
const FOLLOWED = 'port securityGroupId certificateName cidrBlocks ipv6 dnsServers graceSeconds vpcCidrBlocks sync';
const SLOTS: readonly [string, Slot][] = [
  ...each(
    'vpcId subnetIds engine target allow allowlist shardFromStart pathMtuDiscovery quotas tls port domain internetFacing dualStack allowSingleSubnet idleTimeoutSeconds preserveClientIp crossZone deletionProtection deregistrationDelaySeconds healthCheck loadBalancerName tags acknowledge unknown',
    (name) => (value) => ({ [name]: value }),
  ),
  ...each('a Name aws:x', (name) => (value) => ({ tags: { [name]: value } })),
  ...each('rulesPerSecurityGroup securityGroupsPerInterface certificatesPerLoadBalancer', (name) => (value) => ({
    quotas: { [name]: value },
  })),
  ...each('ipv4 ipv6', (name) => (value) => ({ allowlist: { maxBreadth: { [name]: value } } })),
  ...each('name zoneId zoneName privateZoneId privateZoneName evaluateTargetHealth', (name) => (value) => ({
    domain: { name: 'a.db.example.com', [name]: value } as Any,
  })),
  ...each('intervalSeconds timeoutSeconds healthyThreshold unhealthyThreshold', (name) => (value) => ({
    healthCheck: { [name]: value },
  })),
  ...each('subnetIds acknowledge', (name) => (value) => ({ [name]: ['subnet-0a', value] })),
  ...each('aggregate maxBreadth mustInclude asOf unknown', (name) => (value) => ({ allowlist: { [name]: value } })),
  ['an address that must be included', (value) => ({ allowlist: { mustInclude: ['10.0.0.1', value] } as Any })],
  ['allow[1]', (value) => allowing(value)],
  ...each(
    'cidr cidrs prefixList awsPrefixList securityGroup',
    (name): Slot =>
      (value) =>
        allowing((AllowedSource as Any)[name](value)),
  ),
  ...each(
    'cidr cidrs prefixList awsPrefixList securityGroup',
    (name): Slot =>
      (value) =>
        allowing((AllowedSource as Any)[name](name === 'cidrs' ? ['9.9.9.9'] : '9.9.9.9', value)),
  ),
  ...each(ABOUT, (name) => (value) => allowing(AllowedSource.cidr('9.9.9.9', { [name]: value }))),
  ...each(ABOUT, (name) => (value) => allowing(AllowedSource.prefixList('pl-0a', { [name]: value }))),
  ['cidrs item', (value) => allowing(AllowedSource.cidrs(['9.9.9.9', value]))],
  ['anywhere', (value) => allowing(AllowedSource.anywhere(value))],
  ...each('reason owner unknown', (name) => (value) => allowing(AllowedSource.anywhere({ [name]: value } as Any))),
  ['file', (value) => ({ allow: AllowlistFile.read(value) })],
  ['file options', (value) => ({ allow: AllowlistFile.read('missing.yaml', value) })],
  ['file groups', (value) => ({ allow: AllowlistFile.read('missing.yaml', { groups: value }) })],
  ['addresses', (value) => ({ target: DatabaseTarget.ipAddresses(value) })],
  ['address', (value) => ({ target: DatabaseTarget.ipAddresses(['10.0.1.5', value]) })],
  ['address options', (value) => ({ target: DatabaseTarget.ipAddresses(['10.0.1.5'], value) })],
  ...each(
    'port securityGroupId databaseIngress certificateName outsideVpc publicRangeInVpc cidrBlocks unknown',
    (name) => (value) => ({
      target: DatabaseTarget.ipAddresses(['10.0.1.5'], { [name]: value }),
    }),
  ),
  ['instances', (value) => ({ target: DatabaseTarget.instances(value, inGroup) })],
  ['instance options', (value) => ({ target: DatabaseTarget.instances(['i-0a'], value) })],
  ...each('cidrBlocks outsideVpc', (name) => (value) => ({
    target: DatabaseTarget.instances(['i-0a'], { ...inGroup, [name]: value }),
  })),
  ['registering', (value) => ({ target: DatabaseTarget.selfRegistering(value) })],
  ...each('targetType cidrBlocks ipv6', (name) => (value) => ({
    target: DatabaseTarget.selfRegistering({ ...inGroup, [name]: value }),
  })),
  ['hostname', (value) => ({ target: DatabaseTarget.hostname(value, inGroup) })],
  ['hostname options', (value) => ({ target: DatabaseTarget.hostname('db.example.com', value) })],
  ...each(`${FOLLOWED} role`, (name) => (value) => ({
    target: DatabaseTarget.hostname('db.example.com', { ...inGroup, [name]: value }),
  })),
  ...each('rdsInstance rdsCluster rdsProxy', (name) => (value) => ({ target: (DatabaseTarget as Any)[name](value) })),
  ...each('identifier address endpoint role', (name) => (value) => ({
    target: DatabaseTarget.rdsCluster({ ...rds, address: undefined, [name]: value } as Any),
  })),
  ...each('identifier address', (name) => (value) => ({
    target: DatabaseTarget.rdsInstance({
      ...inGroup,
      identifier: 'orders',
      address: 'orders.example.com',
      [name]: value,
    }),
  })),
  ...each('endpoint role', (name) => (value) => ({
    target: DatabaseTarget.rdsProxy({ ...inGroup, endpoint: 'orders.example.com', [name]: value } as Any),
  })),
  ['terminate', (value) => ({ ...terminatingProps(), tls: EndpointTls.terminate(value) })],
  ...each(
    'certificate additionalCertificates policy reencrypt clientsWrapTls unknown',
    (name) => (value) => terminating({ [name]: value }),
  ),
  ['policy', (value) => terminating({ policy: TlsPolicy.custom(value) })],
  ...each(
    'fromArn issue shared imported importedFiles',
    (name) => (value) => certificate((EndpointCertificate as Any)[name](value)),
  ),
  ...each(
    'keyAlgorithm subjectAlternativeNames validationRecordsExist',
    (name) => (value) => certificate(EndpointCertificate.issue({ [name]: value })),
  ),
  ...each(
    'certificateArn certificateNames',
    (name) => (value) =>
      certificate(
        EndpointCertificate.shared({ certificateArn: CERTIFICATE_ARN, certificateNames: ['a.b'], [name]: value }),
      ),
  ),
  ...each(
    'certificate privateKey certificateChain',
    (name) => (value) =>
      certificate(EndpointCertificate.imported({ certificate: 'x', privateKey: 'x', [name]: value })),
  ),
  ...each(
    'certificateFile privateKeyFile certificateChainFile',
    (name) => (value) =>
      certificate(EndpointCertificate.importedFiles({ certificateFile: 'x', privateKeyFile: 'x', [name]: value })),
  ),
  ['engine', (value) => ({ engine: DatabaseEngine.custom(value) })],
  ...each('name displayName port tlsPort handshake urlScheme warnings', (name) => (value) => ({
    engine: DatabaseEngine.custom({ name: 'mine', port: 9, handshake: 'negotiated', [name]: value } as Any),
  })),
];

/** What an endpoint is refused with, and what is written where it is accepted. */
function outcomeOf(props: DatabaseEndpointProps): TerraformJson | undefined {
  const stack = new TerraformStack(Testing.app(), 'prod');
  try {
    new DatabaseEndpoint(stack, 'Orders', props);
  } catch (error) {
    if (!EndpointError.isEndpointError(error)) throw error;
    return undefined;
  }
  return JSON.parse(Testing.synth(stack));
}

const blockIn = (text: unknown) => (String(text).includes('/') ? String(text) : `${text}/32`);

function checkNoWider(tf: TerraformJson, props: Any, written: readonly unknown[]): void {
  const listener = onlyResource(tf, 'aws_lb_listener');
  const loadBalancer = onlyResource(tf, 'aws_lb');
  const isOpen = props.allow.some(({ _kind }: Any) => _kind === 'anywhere');
  const meant = new Set(['52.20.30.40/32', '9.9.9.9/32', ...textsIn(written).map(blockIn)]);
  const [rules, icmp] = [true, false].map((tcp) =>
    ingressRules(tf).filter((rule) => (rule.ip_protocol === 'tcp') === tcp),
  );
  const admitted = rules.flatMap((rule) =>
    rule.cidr_ipv4 || rule.cidr_ipv6 ? Object.keys(rule.for_each as object) : [],
  );
  // Of ICMP, that a packet is too large, where it was asked for.
  expect(icmp.length > 0).toBe(props.pathMtuDiscovery === true);
  for (const { from_port: type, to_port: code } of icmp) expect(['3:4', '2:0']).toContain(`${type}:${code}`);

  expect(admitted.filter((block) => !meant.has(block) && !(isOpen && /^(0\.0\.0\.0|::)\/0$/.test(block)))).toEqual([]);
  // Everything was given a reason that somebody can read.
  if (isOpen) expect(written.flatMap((each) => (typeof each === 'string' ? each.trim() : []))).not.toEqual([]);
  expect(loadBalancer.internal).toBe(props.internetFacing === false);
  expect(loadBalancer.ip_address_type).toBe(props.dualStack === true ? 'dualstack' : 'ipv4');
  for (const rule of rules) expect([rule.from_port, rule.to_port]).toEqual([listener.port, listener.port]);
  expect(listener.protocol).toBe(props.tls?._termination ? 'TLS' : 'TCP');
  if (typeof props.port === 'number') expect(listener.port).toBe(props.port);
}

/** The texts in what was given, as far as it can be looked into. */
function textsIn(values: readonly unknown[], depth = 3): string[] {
  return values.flatMap((value) => {
    try {
      if (typeof value === 'string') return [value];
      return Array.isArray(value) && depth > 0 ? textsIn(value, depth - 1) : [];
    } catch {
      return [];
    }
  });
}

function run(slots: readonly Slot[], values: readonly unknown[]): void {
  const props = Object.assign({}, validProps(), ...slots.map((slot, i) => slot(values[i])));
  const tf = outcomeOf(props);
  if (tf) checkNoWider(tf, props, values);
}

const show = (value: unknown) => {
  try {
    return typeof value === 'object' ? Object.prototype.toString.call(value) : String(value);
  } catch {
    return 'unreadable';
  }
};

test('whatever is given in one place is refused by an EndpointError, or taken for no more than it is', () => {
  const failures: string[] = [];
  for (const [name, slot] of SLOTS) {
    for (const value of WRONG) {
      try {
        run([slot], [value]);
      } catch (error) {
        failures.push(`${name} ${show(value)}: ${String((error as Error).stack).slice(0, 600)}`);
      }
    }
  }
  expect(failures).toEqual([]);
}, 600_000);

test('so is whatever is given in several places at once', () => {
  const slot = fc.constantFrom(...SLOTS.map(([, make]) => make));
  const value = fc.oneof(
    // By their places: fast-check looks into what it hands out, and some of these cannot be looked into.
    { weight: 5, arbitrary: fc.nat(WRONG.length - 1).map((i) => () => WRONG[i]) },
    fc.anything({ withNullPrototype: true, withBigInt: true, withMap: true }).map((given) => () => given),
  );
  const cases = fc.array(fc.tuple(slot, value), { minLength: 1, maxLength: 4 });

  fc.assert(
    fc.property(cases, (pairs) => {
      run(
        pairs.map(([make]) => make),
        pairs.map(([, given]) => given()),
      );
    }),
    { numRuns: runs(14_000) },
  );
}, 900_000);

test('a choice that was made and lacks its parts is no other choice', () => {
  for (const nothing of [undefined, null, {}, false, 0, '', 'x', []]) {
    expect(outcomeOf({ ...terminatingProps(), tls: EndpointTls.terminate(nothing as Any) })).toBeUndefined();
    expect(outcomeOf(validProps(allowing(AllowedSource.anywhere(nothing as Any))))).toBeUndefined();
    expect(outcomeOf(validProps({ target: DatabaseTarget.ipAddresses(nothing as Any, inGroup) }))).toBeUndefined();
    expect(outcomeOf(validProps({ target: DatabaseTarget.instances(nothing as Any, inGroup) }))).toBeUndefined();
  }
});

test.each([undefined, null, 'x', 7, {}, [], Symbol('x'), hostile, revoked])(
  'an endpoint and a certificate of %# alone',
  (props) => {
    for (const make of [DatabaseEndpoint, SharedCertificate] as const) {
      const stack = new TerraformStack(Testing.app(), 'prod');
      expect(() => new make(stack, 'x', props as Any)).toThrow(expect.objectContaining({ name: 'EndpointError' }));
    }
  },
);

test.each(['clientGuide', 'clientGuideMarkdown', 'userStatements', 'addOutputs', 'connectionUrl'])(
  'what is given to %s is refused by an EndpointError, or taken',
  (method) => {
    const names = [
      'user',
      'database',
      'caFile',
      'address',
      'prefix',
      'parameters',
      'reads',
      'connectionLimit',
      'unknown',
    ];
    const make = (): Any => new DatabaseEndpoint(new TerraformStack(Testing.app(), 'prod'), 'Orders', validProps());
    let endpoint = make();
    for (const value of WRONG) {
      for (const options of [value, ...names.map((name) => ({ user: 'looker', canRead: ['a'], [name]: value }))]) {
        if (method === 'addOutputs') endpoint = make();
        try {
          endpoint[method](options);
        } catch (error) {
          if (!EndpointError.isEndpointError(error)) throw error;
        }
      }
    }
  },
  300_000,
);
