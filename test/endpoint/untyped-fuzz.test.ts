import { TerraformStack, Testing } from 'cdktf';
import * as fc from 'fast-check';
import {
  AllowedSource,
  AllowlistFile,
  DatabaseEndpoint,
  type DatabaseEndpointProps,
  DatabaseEngine,
  DatabaseTarget,
  EndpointAddresses,
  EndpointAlarm,
  EndpointCertificate,
  EndpointError,
  EndpointTls,
  ExpiryEnforcement,
  SharedCertificate,
  TlsPolicy,
} from '../../lib';
import { STRUCTS } from '../../lib/rules/property-types.generated';
import { CERTIFICATE_ARN, terminatingProps, validProps } from '../support/endpoint';
import { ingressRules } from '../support/ingress';
import { runs } from '../support/property-runs';
import {
  allowing,
  type Given,
  MONITORING_PLACES,
  SHARED_CONSTRUCTS,
  STRUCT_PLACES,
  terminating,
  USER_PLACES,
} from '../support/struct-places';
import { onlyResource, type TerraformJson } from '../support/synthesis';

/*
 * The public API as it is used without a type checker: whatever is given where, nothing is raised but EndpointError,
 * and what is accepted is no wider than what was written.
 */

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
type Slot = (value: Given) => Partial<DatabaseEndpointProps>;

const certificate = (value: EndpointCertificate) => terminating({ certificate: value });
const inGroup = { securityGroupId: 'sg-0a' };

/** What others are extended with, so each of its properties is given there. */
const BASES: { readonly [struct: string]: string } = {
  DatabaseTargetOptions: 'InstanceTargetOptions',
  EndpointLoadBalancerProps: 'DatabaseEndpointProps',
  EndpointProps: 'DatabaseEndpointProps',
  FollowedTargetOptions: 'HostnameTargetOptions',
  IntegrationUserProps: 'DatabaseUserProps',
};

/** What is given to a method of an endpoint. */
const METHODS: { readonly [method: string]: string } = {
  clientGuide: 'ClientGuideOptions',
  clientGuideMarkdown: 'ClientGuideOptions',
  userStatements: 'UserStatementsOptions',
  addOutputs: 'EndpointOutputsOptions',
  connectionUrl: 'ConnectionUrlOptions',
};

/** The properties of a struct, and one that it does not have. */
const propertiesOf = (struct: string) => [...Object.keys(STRUCTS[struct] ?? {}), 'unknown'];

const each = (names: string, slot: (name: string) => Slot): [string, Slot][] =>
  names.split(' ').map((name) => [name, slot(name)]);

/** Places beside the properties of structs: arguments, items of lists, and values in maps. */
const ELSEWHERE: readonly [string, Slot][] = [
  ...each('elasticIps existing privateIps', (name) => (value) => ({
    addresses: (EndpointAddresses as Given)[name](value),
  })),
  ['options of expiry', (value) => ({ expiry: ExpiryEnforcement.onItsDay(value) })],
  ...each('a Name aws:x', (name) => (value) => ({ tags: { [name]: value } })),
  ...each('subnetIds acknowledge', (name) => (value) => ({ [name]: ['subnet-0a', value] })),
  ['an address that must be included', (value) => ({ allowlist: { mustInclude: ['10.0.0.1', value] } as Given })],
  ['allow[1]', (value) => allowing(value)],
  ...each(
    'cidr cidrs prefixList awsPrefixList securityGroup',
    (name): Slot =>
      (value) =>
        allowing((AllowedSource as Given)[name](value)),
  ),
  ...each(
    'cidr cidrs prefixList awsPrefixList securityGroup',
    (name): Slot =>
      (value) =>
        allowing((AllowedSource as Given)[name](name === 'cidrs' ? ['9.9.9.9'] : '9.9.9.9', value)),
  ),
  ['maxEntries of a block', (value) => allowing(AllowedSource.cidr('9.9.9.9', { maxEntries: value } as Given))],
  ['cidrs item', (value) => allowing(AllowedSource.cidrs(['9.9.9.9', value]))],
  ['anywhere', (value) => allowing(AllowedSource.anywhere(value))],
  ['owner of anywhere', (value) => allowing(AllowedSource.anywhere({ owner: value } as Given))],
  ['file', (value) => ({ allow: AllowlistFile.read(value) })],
  ['file options', (value) => ({ allow: AllowlistFile.read('missing.yaml', value) })],
  ['addresses', (value) => ({ target: DatabaseTarget.ipAddresses(value) })],
  ['address', (value) => ({ target: DatabaseTarget.ipAddresses(['10.0.1.5', value]) })],
  ['address options', (value) => ({ target: DatabaseTarget.ipAddresses(['10.0.1.5'], value) })],
  [
    'blocks of addresses',
    (value) => ({ target: DatabaseTarget.ipAddresses(['10.0.1.5'], { cidrBlocks: value } as Given) }),
  ],
  ['instances', (value) => ({ target: DatabaseTarget.instances(value, inGroup) })],
  ['instance options', (value) => ({ target: DatabaseTarget.instances(['i-0a'], value) })],
  [
    'instances outside of the VPC',
    (value) => ({ target: DatabaseTarget.instances(['i-0a'], { ...inGroup, outsideVpc: value } as Given) }),
  ],
  ['registering', (value) => ({ target: DatabaseTarget.selfRegistering(value) })],
  [
    'IPv6 of what registers itself',
    (value) => ({ target: DatabaseTarget.selfRegistering({ ...inGroup, ipv6: value } as Given) }),
  ],
  ['hostname', (value) => ({ target: DatabaseTarget.hostname(value, inGroup) })],
  ['hostname options', (value) => ({ target: DatabaseTarget.hostname('db.example.com', value) })],
  ...each('rdsInstance rdsCluster rdsProxy', (name) => (value) => ({ target: (DatabaseTarget as Given)[name](value) })),
  ['address of a cluster', (value) => STRUCT_PLACES.RdsClusterTargetProps.propsWith({ address: value })],
  ['terminate', (value) => ({ ...terminatingProps(), tls: EndpointTls.terminate(value) })],
  ['policy', (value) => terminating({ policy: TlsPolicy.custom(value) })],
  ...each(
    'fromArn issue shared imported importedFiles',
    (name) => (value) => certificate((EndpointCertificate as Given)[name](value)),
  ),
  ...each(
    'certificateArn certificateNames',
    (name) => (value) =>
      certificate(
        EndpointCertificate.shared({ certificateArn: CERTIFICATE_ARN, certificateNames: ['a.b'], [name]: value }),
      ),
  ),
  ['engine', (value) => ({ engine: DatabaseEngine.custom(value) })],
];

const SLOTS: readonly [string, Slot][] = [
  ...Object.entries(STRUCT_PLACES)
    .filter(([struct]) => !(struct in BASES))
    .flatMap(([struct, { propsWith }]) =>
      propertiesOf(struct).map((name): [string, Slot] => [
        `${struct}.${name}`,
        (value) => propsWith({ [name]: value }),
      ]),
    ),
  ...ELSEWHERE,
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

function checkNoWider(tf: TerraformJson, props: Given, written: readonly unknown[]): void {
  const listener = onlyResource(tf, 'aws_lb_listener');
  const loadBalancer = onlyResource(tf, 'aws_lb');
  const isOpen = props.allow?.some(({ _kind }: Given) => _kind === 'anywhere') ?? false;
  const meant = new Set(['52.20.30.40/32', '9.9.9.9/32', ...textsIn(written).map(blockIn)]);
  const [rules, icmp] = [true, false].map((tcp) =>
    ingressRules(tf).filter((rule) => (rule.ip_protocol === 'tcp') === tcp),
  );
  const admitted = rules.flatMap((rule) =>
    rule.cidr_ipv4 || rule.cidr_ipv6 ? Object.keys(rule.for_each as object) : [],
  );
  // Of ICMP, that a packet is too large, where it was asked for.
  expect(icmp.length > 0).toBe(props.pathMtuDiscovery === true && props.allow !== undefined);
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

test('every property of every struct is given something', () => {
  const given = [
    ...[STRUCT_PLACES, SHARED_CONSTRUCTS, USER_PLACES, MONITORING_PLACES, BASES].flatMap(Object.keys),
    ...Object.values(METHODS),
  ];

  expect([...new Set(given)].sort()).toEqual(Object.keys(STRUCTS).sort());
  for (const [base, extended] of Object.entries(BASES)) {
    expect(propertiesOf(extended)).toEqual(expect.arrayContaining(propertiesOf(base)));
  }
});

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
});

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
});

test('a choice without its parts is never read as another choice', () => {
  for (const nothing of [undefined, null, {}, false, 0, '', 'x', []]) {
    expect(outcomeOf({ ...terminatingProps(), tls: EndpointTls.terminate(nothing as Given) })).toBeUndefined();
    expect(outcomeOf(validProps(allowing(AllowedSource.anywhere(nothing as Given))))).toBeUndefined();
    expect(outcomeOf(validProps({ target: DatabaseTarget.ipAddresses(nothing as Given, inGroup) }))).toBeUndefined();
    expect(outcomeOf(validProps({ target: DatabaseTarget.instances(nothing as Given, inGroup) }))).toBeUndefined();
  }
});

test.each([undefined, null, 'x', 7, {}, [], Symbol('x'), hostile, revoked])(
  'an endpoint and a certificate whose props are %#',
  (props) => {
    for (const make of [DatabaseEndpoint, SharedCertificate] as const) {
      const stack = new TerraformStack(Testing.app(), 'prod');
      expect(() => new make(stack, 'x', props as Given)).toThrow(expect.objectContaining({ name: 'EndpointError' }));
    }
  },
);

test.each(Object.keys(SHARED_CONSTRUCTS))('what is given as %s is refused by an EndpointError, or taken', (struct) => {
  for (const name of propertiesOf(struct)) {
    for (const value of WRONG) expect(errorOf(() => SHARED_CONSTRUCTS[struct]({ [name]: value }))).toBeUndefined();
  }
});

test.each(Object.keys(MONITORING_PLACES))(
  'what is given to monitor() as %s is refused by an EndpointError, or taken',
  (struct) => {
    const [, make] = MONITORING_PLACES[struct];
    for (const value of WRONG) {
      for (const name of propertiesOf(struct)) expect(errorOf(() => make({ [name]: value }))).toBeUndefined();
    }
  },
);

test('what is given to monitor() as a whole, and as settings of an alarm, is refused by an EndpointError, or taken', () => {
  const monitor = (props: Given) =>
    new DatabaseEndpoint(new TerraformStack(Testing.app(), 'prod'), 'x', validProps()).monitor(props);
  const actions = { alarm: [] };
  for (const value of WRONG) {
    const alarms = () => ({ noHealthyTarget: EndpointAlarm.adjusted(value as Given) });
    expect(errorOf(() => monitor(value))).toBeUndefined();
    expect(errorOf(() => monitor({ actions, alarms: alarms() }))).toBeUndefined();
  }
});

test.each(Object.keys(METHODS))('what is given to %s is refused by an EndpointError, or taken', (method) => {
  const names = new Set(Object.values(METHODS).flatMap(propertiesOf));
  const make = (): Given => new DatabaseEndpoint(new TerraformStack(Testing.app(), 'prod'), 'Orders', validProps());
  let endpoint = make();
  for (const value of WRONG) {
    for (const options of [value, ...[...names].map((name) => ({ user: 'looker', canRead: ['a'], [name]: value }))]) {
      if (method === 'addOutputs') endpoint = make();
      expect(errorOf(() => endpoint[method](options))).toBeUndefined();
    }
  }
});

/** What is raised that is no EndpointError. */
function errorOf(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    if (!EndpointError.isEndpointError(error)) return error;
  }
  return undefined;
}
