import { EndpointCertificate, type EndpointDomain } from '../../lib';
import { terminatingProps, validProps } from '../support/endpoint';
import { type Mistake, mistake } from '../support/mistake';
import { terminate } from '../tls/tls.refusals';

const NAME = 'orders.db.example.com';
const ZONE = 'Z0123456789ABC';

const named = (domain: Partial<EndpointDomain>) => validProps({ domain: { name: NAME, ...domain } });

/** What is refused about names and zones. */
export const DOMAIN_MISTAKES: readonly Mistake[] = [
  ...(['zoneId', 'privateZoneId'] as const).flatMap((property) =>
    ['', '/hostedzone/Z0123456789ABC', 'db.example.com', 'Z'.repeat(33), 'z0123456789abc'].map((id) =>
      mistake(
        'ZoneIdInvalid',
        `${property} is '${id}'`,
        { ...named({ [property]: id }), internetFacing: false },
        {
          property: `domain.${property}`,
          value: id,
          reason: /not the id of a hosted zone/,
          remedy: /Z0123456789ABCDEFGHIJ/,
        },
      ),
    ),
  ),
  ...(['zoneName', 'privateZoneName'] as const).flatMap((property) =>
    ['', '.', 'db..example.com', '*.example.com', 'https://example.com', '-db.example.com'].map((name) =>
      mistake(
        'ZoneNameInvalid',
        `${property} is '${name}'`,
        { ...named({ [property]: name }), internetFacing: false },
        {
          property: `domain.${property}`,
          value: name,
          reason: /not the name of a zone/,
          remedy: /db\.example\.com/,
        },
      ),
    ),
  ),
  ...['other.com', 'example.org', 'b.example.com', 'orders.db.example.com.other.com', 'com.'].map((zoneName) =>
    zoneName === 'com.'
      ? mistake(
          'DomainOutsideZone',
          'the private zone is another',
          named({ zoneId: ZONE, privateZoneName: 'other.com' }),
          {
            property: 'domain.name',
            value: NAME,
            reason: /is not in the zone other\.com \(domain\.privateZoneName\)/,
            remedy: /ends with the zone's name/,
          },
        )
      : mistake('DomainOutsideZone', `the zone is ${zoneName}`, named({ zoneName }), {
          property: 'domain.name',
          value: NAME,
          reason: /is not in the zone .* \(domain\.zoneName\)/,
          remedy: /ends with the zone's name/,
        }),
  ),
  mistake('ZoneRepeated', 'one zone is public and private', named({ zoneId: ZONE, privateZoneId: ZONE }), {
    property: 'domain.privateZoneId',
    value: ZONE,
    reason: /also the id of the public zone/,
    remedy: /private zone with the same name/,
  }),
  ...[true, false].map((evaluateTargetHealth) =>
    mistake(
      'TargetHealthWithoutZone',
      `health is ${evaluateTargetHealth} without a zone`,
      named({ evaluateTargetHealth }),
      {
        property: 'domain.evaluateTargetHealth',
        value: evaluateTargetHealth,
        reason: /no effect without a zone/,
        remedy: /domain\.zoneId/,
      },
    ),
  ),
  ...(
    [
      ['domain.name', 'Bücher.example.com', /ASCII form, xn--bcher-kva\.example\.com/],
      ['domain.name', 'orders.db.example.com.', /name like orders\.db\.example\.com/],
    ] as const
  ).map(([property, name, remedy]) =>
    mistake('DomainNameInvalid', `the domain is '${name}'`, named({ name }), {
      property,
      value: name,
      reason: /not a host name/,
      remedy,
    }),
  ),
  ...(
    [
      ['by id', { zoneId: ZONE, zoneName: 'example.com' }],
      ['by name', { zoneName: 'example.com' }],
      ['in a private zone', { zoneId: 'Z0123456789DEF', privateZoneId: ZONE }],
    ] as const
  ).map(([where, domain]) => ({
    ...mistake('DomainTaken', `another endpoint has the name, ${where}`, named(domain), {
      property: 'domain.name',
      value: NAME,
      reason: /is the name of prod\/Other in the same zone/,
      remedy: /different name/,
    }),
    beside: named({ ...domain, name: NAME.toUpperCase() }),
  })),
  {
    ...mistake(
      'ValidationRecordTaken',
      'another endpoint has a certificate for the same wildcard',
      terminatingProps({
        domain: { name: NAME, zoneId: ZONE },
        tls: terminate({ certificate: EndpointCertificate.issue({ subjectAlternativeNames: ['*.db.example.com'] }) }),
      }),
      {
        property: 'tls.certificate.subjectAlternativeNames[0]',
        value: '*.db.example.com',
        reason: /validated by a record that prod\/Other already creates/,
        remedy: /SharedCertificate.*validationRecordsExist: true/,
      },
    ),
    beside: terminatingProps({
      domain: { name: 'db.example.com', zoneId: ZONE },
      tls: terminate({ certificate: EndpointCertificate.issue() }),
    }),
  },
];

/** What is warned of about names and zones. */
export const DOMAIN_WARNINGS: readonly Mistake[] = [
  mistake(
    'NameNotPublic',
    'the name of a public endpoint is in a private zone alone',
    named({ privateZoneName: 'example.com' }),
    {
      property: 'domain',
      reason: /nobody outside can resolve it/,
      remedy: /internetFacing: false/,
    },
  ),
];
