import {
  AllowedSource,
  DatabaseEngine,
  type EndpointProps,
  EndpointTls,
  PrivateLinkAccess,
  type PrivateLinkProps,
} from '../../lib';
import { TERMINATE } from '../support/endpoint';
import { expression } from '../support/expression';
import type { ExpectedProblem } from '../support/mistake';
import type { Sharing } from '../support/private-link';

/** One row of the tables of what `shareOverPrivateLink` is refused with, or warned of. */
export interface PrivateLinkMistake {
  readonly rule: string;
  readonly where: string;
  readonly sharing: Sharing;
  /** All of them. */
  readonly problems: readonly ExpectedProblem[];
}

function refused(
  rule: string,
  where: string,
  sharing: Sharing,
  { property, ...problem }: ExpectedProblem,
): PrivateLinkMistake {
  const method = 'shareOverPrivateLink()';
  return {
    rule,
    where,
    sharing,
    problems: [{ ...problem, property: property === '' ? method : `${method}.${property}` }],
  };
}

function principal(text: string, reason: RegExp, remedy: RegExp): PrivateLinkMistake {
  return refused(
    'PrincipalInvalid',
    `a principal is '${text}'`,
    { share: { principals: [text] } },
    { property: 'principals[0]', value: text, reason, remedy },
  );
}

const passthrough = (idleTimeoutSeconds?: number): Partial<EndpointProps> => ({ idleTimeoutSeconds });
const ELSEWHERE: Partial<PrivateLinkProps> = { supportedRegions: ['us-east-1'] };

/** What `shareOverPrivateLink` is refused with. */
export const PRIVATE_LINK_REFUSALS: readonly PrivateLinkMistake[] = [
  refused(
    'PropertyMissing',
    'nobody chose what allowlists mean',
    { share: { access: undefined } },
    {
      property: 'access',
      reason: /is missing/,
      remedy: /PrivateLinkAccess\.allowlist\(\).*PrivateLinkAccess\.principals\(\)/,
    },
  ),
  refused(
    'PropertyMissing',
    'nobody is named',
    { share: { principals: undefined } },
    { property: 'principals', reason: /is missing/, remedy: /123456789012:root/ },
  ),
  refused(
    'PropertyKnownTooLate',
    'acceptance is a token',
    { share: { acceptanceRequired: expression('var.x') as unknown as boolean } },
    { property: 'acceptanceRequired', reason: /known after apply/, remedy: /true or false/ },
  ),
  refused(
    'PrivateLinkSharedTwice',
    'it is shared for the second time',
    { isSharedTwice: true },
    { property: '', reason: /by which prod\/Partners\/PrivateLink was made/, remedy: /second load balancer/ },
  ),
  refused(
    'PrivateLinkImported',
    'the load balancer comes from elsewhere',
    { isImported: true },
    { property: '', reason: /fromAttributes/, remedy: /where it is made/ },
  ),
  principal('123456789012', /number of an account/, /arn:aws:iam::123456789012:root/),
  principal('arn:aws:iam::123456789012:role/teams/looker', /has a path/, /without a path/),
  principal('arn:aws:iam::123456789012:user/teams/looker', /has a path/, /without a path/),
  principal('arn:aws:sts::123456789012:assumed-role/looker/x', /not the ARN/, /role\/looker/),
  principal('arn:aws:iam::1234:root', /not the ARN/, /123456789012:root/),
  principal('arn:aws:iam::123456789012:role/', /not the ARN/, /role\/looker/),
  principal('looker', /not the ARN/, /123456789012:root/),
  principal('', /not the ARN/, /123456789012:root/),
  refused(
    'PrincipalInvalid',
    'a principal is there twice',
    { share: { principals: Array(2).fill('arn:aws:iam::123456789012:root') } },
    {
      property: 'principals[1]',
      value: 'arn:aws:iam::123456789012:root',
      reason: /repeats principals\[0\]/,
      remedy: /once/,
    },
  ),
  refused(
    'PrivateLinkOpen',
    'everybody is named and nobody accepts',
    { share: { principals: ['arn:aws:iam::123456789012:root', '*'], acceptanceRequired: false } },
    {
      property: 'principals[1]',
      value: '*',
      reason: /every AWS account/,
      remedy: /acceptanceRequired: true/,
    },
  ),
  refused(
    'PrivateLinkNobody',
    'nobody is named and nobody accepts',
    { share: { principals: [], acceptanceRequired: false } },
    { property: 'principals', value: [], reason: /is empty/, remedy: /acceptanceRequired: true/ },
  ),
  ...['Frankfurt', 'eu-central-1a', '', 'us_east_1'].map((region) =>
    refused(
      'RegionInvalid',
      `a Region is '${region}'`,
      { share: { supportedRegions: ['us-east-1', region] } },
      { property: 'supportedRegions[1]', value: region, reason: /not the code/, remedy: /eu-central-1/ },
    ),
  ),
  ...(
    [
      [
        'an endpoint has the default idle timeout of an hour',
        passthrough(),
        /prod\/Partners\/Orders0 \(3600 seconds\)/,
      ],
      ['an endpoint has an idle timeout of its own', passthrough(60), /prod\/Partners\/Orders0 \(60 seconds\)/],
    ] as const
  ).map(([where, endpoint, reason]) =>
    refused(
      'PrivateLinkIdleTimeout',
      where,
      { endpoints: [endpoint], share: ELSEWHERE },
      {
        property: 'supportedRegions',
        value: ['us-east-1'],
        reason,
        remedy: /idleTimeoutSeconds: 350.*keepalives/,
      },
    ),
  ),
  refused(
    'PrivateLinkIdleTimeout',
    'more endpoints have one than a message can name',
    { endpoints: Array(7).fill(passthrough()), share: ELSEWHERE },
    {
      property: 'supportedRegions',
      value: ['us-east-1'],
      reason: /Orders4 \(3600 seconds\) and 2 more$/,
      remedy: /350/,
    },
  ),
  {
    rule: 'PrivateLinkIdleTimeout',
    where: 'an endpoint is added later',
    sharing: { share: ELSEWHERE, later: [passthrough()] },
    problems: [
      {
        property: 'idleTimeoutSeconds',
        value: 3600,
        reason: /prod\/Partners\/PrivateLink shares/,
        remedy: /idleTimeoutSeconds: 350/,
      },
    ],
  },
  refused(
    'PrivateLinkSubnetsTooFew',
    'the load balancer has one subnet',
    { on: { subnetIds: ['subnet-0a'], allowSingleSubnet: true }, share: ELSEWHERE },
    {
      property: 'supportedRegions',
      value: ['us-east-1'],
      reason: /a single subnet/,
      remedy: /second Availability Zone/,
    },
  ),
  ...['orders', 'https://db.example.com', '*.example.com', 'db.example.com.'].map((name) =>
    refused(
      'PrivateDnsNameInvalid',
      `the private DNS name is '${name}'`,
      { share: { privateDnsName: name, zoneId: 'Z1' } },
      { property: 'privateDnsName', value: name, reason: /not a host name/, remedy: /orders\.db\.example\.com/ },
    ),
  ),
  refused(
    'PrivateDnsZoneMissing',
    'a private DNS name has no zone',
    { share: { privateDnsName: 'db.example.com' } },
    { property: 'privateDnsName', value: 'db.example.com', reason: /cannot be verified/, remedy: /zoneId or zoneName/ },
  ),
  ...(['zoneId', 'zoneName'] as const).map((property) =>
    refused(
      'PrivateDnsZoneMissing',
      `${property} stands alone`,
      { share: { [property]: property === 'zoneId' ? 'Z1' : 'example.com' } },
      { property, reason: /no use without privateDnsName/, remedy: /privateDnsName/ },
    ),
  ),
  refused(
    'ZoneIdInvalid',
    'the zone of the private DNS name has a path',
    { share: { privateDnsName: 'db.example.com', zoneId: '/hostedzone/Z1' } },
    { property: 'zoneId', value: '/hostedzone/Z1', reason: /not the id/, remedy: /Z0123456789ABCDEFGHIJ/ },
  ),
  refused(
    'ZoneNameInvalid',
    'the name of that zone is none',
    { share: { privateDnsName: 'db.example.com', zoneName: 'example com' } },
    { property: 'zoneName', value: 'example com', reason: /not the name/, remedy: /db\.example\.com/ },
  ),
  refused(
    'PrivateDnsNameOutsideZone',
    'the private DNS name is not in its zone',
    { share: { privateDnsName: 'db.example.com', zoneName: 'example.org' } },
    {
      property: 'privateDnsName',
      value: 'db.example.com',
      reason: /not in the zone example\.org/,
      remedy: /ends with/,
    },
  ),
  refused(
    'TagInvalid',
    'the service has a tag that AWS refuses',
    { share: { tags: { 'aws:team': 'x' } } },
    { property: 'tags["aws:team"]', reason: /reserves/, remedy: /without the prefix aws:/ },
  ),
  refused(
    'AcknowledgeUnknown',
    'a warning of endpoints is acknowledged for the service',
    { share: { acknowledge: ['EntryExpired'] } },
    {
      property: 'acknowledge[0]',
      value: 'EntryExpired',
      reason: /not the name of a warning/,
      remedy: /PrivateLinkUnprotected/,
    },
  ),
];

/** Sharings that have nothing wrong with them, each near a mistake. */
export const ACCEPTED: readonly (readonly [where: string, sharing: Sharing])[] = [
  ['everybody is named and somebody accepts', { share: { principals: ['*'] } }],
  ['nobody is named yet and somebody accepts', { share: { principals: [] } }],
  [
    'principals are a role, a user and an account of China',
    {
      share: {
        principals: [
          'arn:aws:iam::123456789012:role/looker+1',
          'arn:aws:iam::123456789012:user/a.b@c',
          'arn:aws-cn:iam::123456789012:root',
        ],
        acceptanceRequired: false,
      },
    },
  ],
  ['principals are tokens', { share: { principals: [expression('var.a'), expression('var.b')] } }],
  [
    "other Regions meet AWS's own idle timeout",
    { endpoints: [passthrough(350)], share: ELSEWHERE, later: [passthrough(350)] },
  ],
  [
    'other Regions meet TLS that ends at the listener',
    { endpoints: [{ engine: DatabaseEngine.REDIS, tls: TERMINATE }], share: ELSEWHERE },
  ],
  ['other Regions are taken away again', { endpoints: [passthrough()], share: { supportedRegions: [] }, later: [{}] }],
  ['only the own Region is wanted', { endpoints: [passthrough()] }],
  ['the name is the zone itself', { share: { privateDnsName: 'example.com', zoneName: 'example.com' } }],
  ['the private DNS name is a token', { share: { privateDnsName: expression('var.name'), zoneName: 'example.com' } }],
];

/** What `shareOverPrivateLink` is warned of. */
export const PRIVATE_LINK_WARNED: readonly PrivateLinkMistake[] = [
  refused(
    'PrivateLinkUnprotected',
    'the load balancer has no deletion protection',
    { on: { deletionProtection: false }, endpoints: [{}], later: [{}] },
    { property: '', reason: /deletionProtection: false/, remedy: /acknowledge PrivateLinkUnprotected/ },
  ),
  ...(['endpoints', 'later'] as const).map((when) =>
    refused(
      'PrivateLinkClientsNotAdmitted',
      `an endpoint admits public addresses (${when})`,
      { [when]: [{ allow: [AllowedSource.cidr('52.20.30.40/32'), AllowedSource.securityGroup('sg-0a')] }, {}] },
      {
        property: 'access',
        reason: new RegExp(`prod/Partners/${when === 'later' ? 'Later' : 'Orders'}0 admits no private address`),
        remedy: /PrivateLinkAccess\.principals\(\)/,
      },
    ),
  ),
];

const SOURCES: readonly (readonly [what: string, source: AllowedSource])[] = [
  ['a private block', AllowedSource.cidr('192.168.0.0/24')],
  ['a unique local block', AllowedSource.cidr('fd00::/48')],
  ['everybody', AllowedSource.anywhere({ reason: 'A public service' })],
  ['a token', AllowedSource.cidr(expression('var.cidr'))],
  ['a prefix list', AllowedSource.prefixList('pl-0a', { maxEntries: 3 })],
];

/** Sharings of which nothing is to be said. */
export const UNWARNED: readonly (readonly [where: string, sharing: Sharing])[] = [
  ...SOURCES.map(([what, source]): readonly [string, Sharing] => [
    `an endpoint admits ${what}`,
    { on: { dualStack: true, securityGroupCount: 4 }, endpoints: [{ allow: [source] }] },
  ]),
  [
    'the allowlists do not hold for PrivateLink',
    {
      endpoints: [{ allow: [AllowedSource.cidr('52.20.30.40/32')] }],
      share: { access: PrivateLinkAccess.principals() },
    },
  ],
  ['TLS is passed through', { endpoints: [{ tls: EndpointTls.passthrough() }] }],
];
