import { Lazy } from 'cdktf';
import { AllowedSource, type DatabaseEndpointProps, DatabaseTarget, EndpointCertificate, EndpointTls } from '../../lib';
import { terminatingProps, validProps } from '../support/endpoint';
import { type Mistake, mistake } from '../support/mistake';

/** Props as a caller writes them whose app is run without a type check. */
function untyped(overrides: object): DatabaseEndpointProps {
  return { ...validProps(), ...overrides };
}

/** Arguments that a type checker would have refused. */
function unchecked<Value>(value: unknown): Value {
  return value as Value;
}

const certificates = (certificate: unknown, additionalCertificates?: unknown) => ({
  ...terminatingProps(),
  tls: EndpointTls.terminate({
    certificate: unchecked(certificate),
    additionalCertificates: unchecked(additionalCertificates),
  }),
});
const other = EndpointCertificate.fromArn('arn:aws:acm:eu-central-1:123456789012:certificate/0a');

const CERTIFICATES: readonly (readonly [property: string, overrides: object, value: unknown, reason: RegExp])[] = [
  ['tls.certificate', certificates('arn'), 'arn', /not made by EndpointCertificate/],
  ['tls.additionalCertificates', certificates(other, other), undefined, /not a list/],
  ['tls.additionalCertificates[0]', certificates(other, ['arn']), 'arn', /not made by EndpointCertificate/],
  ['tls.certificate', certificates(EndpointCertificate.issue(unchecked('rsa'))), 'rsa', /not an object/],
  [
    'tls.certificate.subjectAlternativeNames',
    certificates(EndpointCertificate.issue({ subjectAlternativeNames: unchecked('a.b') })),
    'a.b',
    /not a list of strings/,
  ],
  [
    'tls.additionalCertificates[0].keyAlgorithm',
    certificates(other, [EndpointCertificate.issue({ keyAlgorithm: unchecked(2048) })]),
    2048,
    /not a string/,
  ],
  [
    'tls.certificate.privateKey',
    certificates(EndpointCertificate.imported(unchecked({ certificate: 'x' }))),
    undefined,
    /not a string/,
  ],
  ...[7, undefined, {}].map(
    (shared) =>
      [
        'tls.certificate',
        certificates(EndpointCertificate.shared(unchecked(shared))),
        undefined,
        /not shared by a SharedCertificate/,
      ] as const,
  ),
];

const MISTYPED: readonly (readonly [property: string, overrides: object, value: unknown, reason: RegExp])[] = [
  ['engine', { engine: 'postgresql' }, 'postgresql', /not made by DatabaseEngine/],
  ['target', { target: '10.0.1.5' }, '10.0.1.5', /not made by DatabaseTarget/],
  ['subnetIds', { subnetIds: 'subnet-0a' }, 'subnet-0a', /not a list of strings/],
  ['allow', { allow: AllowedSource.cidr('8.8.8.8') }, undefined, /not a list/],
  ['allow[0]', { allow: ['8.8.8.8'] }, '8.8.8.8', /not made by AllowedSource/],
  ['tls', { tls: 'passthrough' }, 'passthrough', /not made by EndpointTls/],
  ['domain', { domain: 'db.example.com' }, 'db.example.com', /not an object/],
  ['internetFacing', { internetFacing: 'false' }, 'false', /not a boolean/],
  ['port', { port: '5432' }, '5432', /not a number/],
  ['vpcId', { vpcId: 7 }, 7, /not a string/],
  ['tags', { tags: 'team' }, 'team', /not a map/],
  ['tags["team"]', { tags: { team: undefined } }, undefined, /not a string/],
  ['tags["team"]', { tags: { team: null } }, undefined, /not a string/],
  ['allow[0]', { allow: [AllowedSource.cidr('8.8.8.8', unchecked('Looker'))] }, 'Looker', /not an object/],
  ['target', { target: DatabaseTarget.ipAddresses(['10.0.1.5'], unchecked(null)) }, undefined, /not an object/],
  ['domain.zoneId', { domain: { name: 'a.b', zoneId: 7 } }, 7, /not a string/],
  ['domain.evaluateTargetHealth', { domain: { name: 'a.b', evaluateTargetHealth: 'no' } }, 'no', /not a boolean/],
  ...CERTIFICATES,
  ['healthCheck.intervalSeconds', { healthCheck: { intervalSeconds: '10' } }, '10', /not a number/],
  ['target', { target: DatabaseTarget.ipAddresses(unchecked([undefined])) }, undefined, /not a list of strings/],
  ['allow[0]', { allow: [AllowedSource.cidr(unchecked(undefined))] }, undefined, /not a list of strings/],
  ['target', { target: DatabaseTarget.hostname(unchecked(7)) }, 7, /not a string/],
  [
    'target.identifier',
    { target: DatabaseTarget.rdsInstance({ identifier: unchecked(7), address: 'orders.x' }) },
    7,
    /not a string/,
  ],
  [
    'target.ipv6',
    { target: DatabaseTarget.hostname('db.example.com', { ipv6: unchecked('yes') }) },
    'yes',
    /not a boolean/,
  ],
  [
    'target.sync',
    { target: DatabaseTarget.hostname('db.example.com', { sync: unchecked('yes') }) },
    'yes',
    /not made by new TargetSync/,
  ],
  [
    'tls.reencrypt',
    {
      ...terminatingProps(),
      tls: EndpointTls.terminate({
        certificate: EndpointCertificate.fromArn('arn:aws:acm:eu-central-1:123456789012:certificate/0a'),
        reencrypt: unchecked('no'),
      }),
    },
    'no',
    /not a boolean/,
  ],
];

const TEXT_AS_OPTIONS = AllowedSource.cidr('8.8.8.8', unchecked('Office'));

const UNKNOWN: readonly (readonly [property: string, overrides: object, remedy: RegExp])[] = [
  ['internal', { internal: true }, /internetFacing/],
  ['healthCheck.interval', { healthCheck: { interval: 10 } }, /intervalSeconds/],
  [
    'target.securityGroup',
    { target: DatabaseTarget.ipAddresses(['10.0.1.5'], unchecked({ securityGroup: 'sg-0a' })) },
    /securityGroupId/,
  ],
  [
    'target.outsideVpc',
    { target: DatabaseTarget.hostname('db.example.com', unchecked({ outsideVpc: true })) },
    /vpcCidrBlocks/,
  ],
  [
    'target.role',
    { target: DatabaseTarget.rdsInstance(unchecked({ identifier: 'a', address: 'a.b', role: 'x' })) },
    /ipv6/,
  ],
  ['allow[0].comment', { allow: [AllowedSource.cidr('8.8.8.8', unchecked({ comment: 'x' }))] }, /description/],
  ['allow[0].file', { allow: [AllowedSource.cidr('8.8.8.8', unchecked({ file: 'x' }))] }, /description/],
  ['quotas.rules', { quotas: { rules: 100 } }, /rulesPerSecurityGroup/],
  ['domain.zone', { domain: { name: 'a.b', zone: 'b' } }, /zoneId/],
  [
    'tls.certificate.names',
    certificates(EndpointCertificate.issue(unchecked({ names: [] }))),
    /subjectAlternativeNames/,
  ],
];

const token = unchecked<boolean>(Lazy.anyValue({ produce: () => '${var.x}' }));
const terminate = (props: object) => ({
  ...terminatingProps(),
  tls: EndpointTls.terminate({ certificate: other, ...props }),
});
const KNOWN_TOO_LATE: readonly (readonly [property: string, overrides: object])[] = [
  ...['internetFacing', 'dualStack', 'allowSingleSubnet', 'shardFromStart'].map(
    (property) => [property, { [property]: token }] as const,
  ),
  ['allowlist.aggregate', { allowlist: { aggregate: token } }],
  ...['outsideVpc', 'publicRangeInVpc'].map(
    (property) =>
      [`target.${property}`, { target: DatabaseTarget.ipAddresses(['10.0.1.5'], { [property]: token }) }] as const,
  ),
  ['target.targetType', { target: DatabaseTarget.selfRegistering({ targetType: unchecked(token) }) }],
  [
    'target.databaseIngress',
    {
      target: DatabaseTarget.ipAddresses(['10.0.1.5'], { securityGroupId: 'sg-0d', databaseIngress: unchecked(token) }),
    },
  ],
  ['target.ipv6', { target: DatabaseTarget.hostname('a.b', { ipv6: token }) }],
  ['tls.reencrypt', terminate({ reencrypt: token })],
  ['tls.clientsWrapTls', terminate({ clientsWrapTls: token })],
  ...['validationRecordsExist', 'keyAlgorithm'].map(
    (property) =>
      [`tls.certificate.${property}`, certificates(EndpointCertificate.issue({ [property]: token }))] as const,
  ),
];

/** What is refused for callers without a type checker. */
export const UNTYPED_MISTAKES: readonly Mistake[] = [
  ...MISTYPED.map(([property, overrides, value, reason]) =>
    mistake('PropertyTypeInvalid', `${property} is ${JSON.stringify(value)}`, untyped(overrides), {
      property,
      value,
      reason,
      remedy: /^(Write a value|Write an object with|Write the content of a PEM file|Pass a SharedCertificate)/,
    }),
  ),
  mistake('PropertyTypeInvalid', 'the options of a source are a text', untyped({ allow: [TEXT_AS_OPTIONS] }), {
    property: 'allow[0]',
    value: 'Office',
    reason: /not an object/,
    remedy:
      /^Write an object with any of the properties description, expires, group, maxEntries, origin, owner, ticket\.$/,
  }),
  ...UNKNOWN.map(([property, overrides, remedy]) =>
    mistake('PropertyUnknown', `there is ${property}`, untyped(overrides), {
      property,
      reason: /does not exist/,
      remedy,
    }),
  ),
  ...KNOWN_TOO_LATE.map(([property, overrides]) =>
    mistake('PropertyKnownTooLate', `${property} is a token`, untyped(overrides), {
      property,
      reason: /known after apply/,
      remedy: /known at synthesis/,
    }),
  ),
  mistake('PropertyMissing', 'a listener has no certificate', untyped({ tls: EndpointTls.terminate(unchecked({})) }), {
    property: 'tls.certificate',
    reason: /missing/,
    remedy: /certificate/,
  }),
  ...(
    [
      ['target', DatabaseTarget.hostname(unchecked(undefined))],
      ['target.identifier', DatabaseTarget.rdsInstance(unchecked({ address: 'orders.example.com' }))],
      ['target.address', DatabaseTarget.rdsInstance(unchecked({ identifier: 'orders' }))],
      ['target.endpoint', DatabaseTarget.rdsCluster(unchecked({ identifier: 'orders', role: 'writer' }))],
      ['target.endpoint', DatabaseTarget.rdsProxy(unchecked({ role: 'writer' }))],
      ['target.role', DatabaseTarget.rdsCluster(unchecked({ identifier: 'orders', endpoint: 'orders.example.com' }))],
    ] as const
  ).map(([property, target]) =>
    mistake('PropertyMissing', `a name that is followed comes without ${property}`, untyped({ target }), {
      property,
      reason: /missing/,
      remedy: new RegExp(property),
    }),
  ),
  mistake('PropertyMissing', 'a domain has no name', untyped({ domain: {} }), {
    property: 'domain.name',
    reason: /missing/,
    remedy: /name/,
  }),
  mistake(
    'PropertyMissing',
    'everybody is let in for no reason',
    untyped({ allow: [AllowedSource.anywhere(unchecked({}))] }),
    {
      property: 'allow[0].reason',
      reason: /missing/,
      remedy: /reason/,
    },
  ),
  mistake(
    'PropertyMissing',
    'a list of blocks is missing',
    untyped({ allow: [AllowedSource.cidrs(unchecked(undefined))] }),
    {
      property: 'allow[0]',
      reason: /missing/,
      remedy: /allow/,
    },
  ),
  mistake(
    'CertificateArnInvalid',
    'the ARN is missing',
    {
      ...terminatingProps(),
      tls: EndpointTls.terminate({ certificate: EndpointCertificate.fromArn(unchecked(undefined)) }),
    },
    { property: 'tls.certificate', reason: /not the ARN/, remedy: /arn:aws:acm/ },
  ),
];
