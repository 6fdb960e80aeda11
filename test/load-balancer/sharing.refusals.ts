import { TerraformStack } from 'cdktf';
import {
  AllowedSource,
  DatabaseEngine,
  DatabaseTarget,
  EndpointCertificate,
  type EndpointProps,
  EndpointTls,
} from '../../lib';
import { CERTIFICATE_ARN } from '../support/endpoint';
import { expressionNumber } from '../support/expression';
import { addFleet, clients, endpointProps } from '../support/shared-load-balancer';
import { ADDING_MISTAKES } from './adding.refusals';
import { ROOM_MISTAKES } from './room.refusals';
import { added, fleetOf, missing, type SharedMistake } from './shared-mistake';

const certificates = (first: number, count: number) => {
  const [certificate, ...additionalCertificates] = Array.from({ length: count }, (_, i) =>
    EndpointCertificate.fromArn(`${CERTIFICATE_ARN}-${first + i}`),
  );
  return { engine: DatabaseEngine.REDIS, tls: EndpointTls.terminate({ certificate, additionalCertificates }) };
};
const addresses = (third: number, count: number, prefix = '10.0') =>
  Array.from({ length: count }, (_, i) => `${prefix}.${third}.${i}`);
const inGroup = { securityGroupId: 'sg-0d' };

/** What endpoints that share a load balancer are refused with. */
export const SHARING_MISTAKES: readonly SharedMistake[] = [
  ...ADDING_MISTAKES,
  {
    rule: 'LoadBalancerInOtherStack',
    where: 'the scope of the endpoint belongs to another stack',
    at: 'test/Orders',
    make: (stack) => {
      const other = new TerraformStack(stack.node.root, 'test');
      addFleet(stack, {}).addEndpoint('Orders', endpointProps(), other);
    },
    problems: [
      {
        property: 'addEndpoint().scope',
        value: 'test',
        reason: /another stack than prod, to which prod\/Partners belongs/,
        remedy: /in the stack of its load balancer.*fromAttributes/,
      },
    ],
  },
  added(
    'SharedPortUnknown',
    'the port is a token',
    { Orders: endpointProps({ port: expressionNumber('var.port') }) },
    {},
    { property: 'port', reason: /known after apply/, remedy: /literal/ },
  ),
  added(
    'SharedPortTaken',
    'another endpoint has the port',
    { Orders: endpointProps(), Stock: endpointProps({ port: 5433 }), Users: endpointProps() },
    {},
    {
      property: 'port',
      value: 5432,
      reason: /taken on prod\/Partners by prod\/Partners\/Orders/,
      remedy: /port: 5434/,
    },
  ),
  added(
    'SharedPortTaken',
    'the last port is taken',
    { Orders: endpointProps({ port: 65535 }), Stock: endpointProps({ port: 65535 }) },
    {},
    { property: 'port', value: 65535, reason: /taken/, remedy: /port: 1024/ },
  ),
  added(
    'TooManyListeners',
    'it is the 51st endpoint',
    fleetOf(51),
    {},
    { property: 'port', reason: /51st of prod\/Partners.* 50 listeners/, remedy: /another load balancer/ },
  ),
  added(
    'SharedTargetsTooMany',
    'all endpoints have more targets than a load balancer takes',
    fleetOf(3, (i) => ({ target: DatabaseTarget.ipAddresses(addresses(i, 200), inGroup) })),
    {},
    {
      property: 'target',
      reason:
        /adds 200 targets, which makes 600 on prod\/Partners, and the quota is 500: "Targets per Availability Zone .*L-B211E961/,
      remedy: /fewer targets.*another load balancer.*not taken into account/,
    },
  ),
  added(
    'SharedTargetsTooMany',
    'a load balancer without cross-zone load balancing has too many',
    fleetOf(13, (i) => ({ target: DatabaseTarget.ipAddresses(addresses(i, 250), inGroup) })),
    { crossZone: false },
    {
      property: 'target',
      reason: /makes 3250 on prod\/Partners, and the quota is 3000: "Targets per Network Load Balancer" \(L-EEF1AD04\)/,
      remedy: /fewer targets.*another load balancer/,
    },
  ),
  added(
    'SharedCertificatesTooMany',
    'all endpoints have more certificates than a load balancer takes',
    fleetOf(2, (i) => certificates(100 * i, 13)),
    {},
    {
      property: 'tls',
      reason: /adds 13 certificates, which makes 26 on prod\/Partners.* 25/,
      remedy: /SharedCertificate.*L-52964454/,
    },
  ),
  added(
    'SharedCertificatesTooMany',
    'the quota for certificates is lower',
    fleetOf(2, (i) => certificates(100 * i, 1)),
    { quotas: { certificatesPerLoadBalancer: 1 } },
    { property: 'tls', reason: /which makes 2 on/, remedy: /SharedCertificate.*L-52964454/ },
  ),
  added(
    'SharedEgressTooMany',
    'all endpoints lead to more places than a security group has rules',
    fleetOf(2, (i) => ({ target: DatabaseTarget.ipAddresses(addresses(i, 31)) })),
    {},
    {
      property: 'target',
      reason: /leads to 31 places, and prod\/Partners then needs 62 egress rules .* 60/,
      remedy: /securityGroupId/,
    },
  ),

  ...(['engine', 'target'] as const).map((property) =>
    added(
      'PropertyMissing',
      `an endpoint has no ${property}`,
      { Orders: { ...endpointProps(), [property]: undefined } as unknown as EndpointProps },
      {},
      missing(property, 'endpoint'),
    ),
  ),
  {
    rule: 'PropertyMissing',
    where: 'an endpoint has no properties at all',
    at: 'prod/Partners/Orders',
    make: (stack) => addFleet(stack, { Orders: undefined as unknown as EndpointProps }),
    problems: ['engine', 'target'].map((property) => missing(property, 'endpoint')),
  },
  ...[
    ...['vpcId', 'subnetIds', 'quotas', 'internetFacing', 'loadBalancerName', 'addresses', 'mergePorts', 'provider'],
    'securityGroupCount',
  ].map((property) =>
    added(
      'PropertyUnknown',
      `an endpoint has ${property}, which is the load balancer's`,
      { Orders: { ...endpointProps(), [property]: undefined } as EndpointProps },
      {},
      { property, reason: /property of the load balancer/, remedy: /where the EndpointLoadBalancer is made/ },
    ),
  ),
  ...['alow', 'shardFromStart'].map((property) =>
    added(
      'PropertyUnknown',
      `an endpoint has the property ${property}`,
      { Orders: { ...endpointProps(), [property]: undefined } as EndpointProps },
      {},
      { property, reason: /does not exist/, remedy: /Write one of acknowledge, allow,/ },
    ),
  ),

  added(
    'TooManyRules',
    'all endpoints have more entries than the groups hold',
    fleetOf(4, (i) => ({ allow: clients(i === 3 ? 31 : 90, i) })),
    {},
    {
      property: 'allow',
      reason:
        /needs 301 IPv4 rules, .* room for 300 .* which all endpoints of prod\/Partners share: prod\/Partners\/E0 90, prod\/Partners\/E1 90, prod\/Partners\/E2 90, prod\/Partners\/E3 31$/,
      remedy: /rulesPerSecurityGroup to 61 .*mergePorts: true.* second load balancer.* prefix list saves nothing/,
    },
  ),
  added(
    'TooManyRules',
    'six endpoints take part, of which five are named',
    fleetOf(6, (i) => ({ allow: clients(51 + i, i) })),
    { mergePorts: true },
    {
      property: 'allow',
      reason: /: prod\/Partners\/E5 56, .* prod\/Partners\/E1 52, 1 more endpoints$/,
      remedy: /^(?!.*mergePorts).*second load balancer/,
    },
  ),
  added(
    'SourceTooLarge',
    'a prefix list is larger than a security group',
    { Orders: endpointProps({ allow: [AllowedSource.prefixList('pl-0a', { maxEntries: 61 })] }) },
    {},
    { property: 'allow', reason: /holds 'pl-0a', which counts as 61 rules/, remedy: /61 or more/ },
  ),
  ...ROOM_MISTAKES,
];
