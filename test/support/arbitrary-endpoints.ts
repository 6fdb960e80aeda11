import * as fc from 'fast-check';
import {
  AllowedSource,
  type DatabaseEndpointProps,
  DatabaseEngine,
  DatabaseTarget,
  EndpointCertificate,
  type EndpointDomain,
  EndpointTls,
  TargetType,
  TlsPolicy,
  type TlsTerminationProps,
} from '../../lib';
import { ISSUED_KEY_ALGORITHMS } from '../../lib/certificate/certificate-key-algorithm';
import { usualTls } from '../engine/engine-facts';
import { CERTIFICATE_ARN, followedBy } from './endpoint';

/** What was meant to be admitted, next to the sources that say so. */
export interface Written {
  readonly source: AllowedSource;
  /** Keys of the rules: canonical blocks, or ids. */
  readonly keys: readonly string[];
}

/** Correct properties of an endpoint, and what they mean. */
export interface ArbitraryEndpoint {
  readonly props: DatabaseEndpointProps;
  readonly allowed: readonly string[];
  readonly open: boolean;
  /** Where egress may lead. */
  readonly reach: readonly string[];
  readonly terminates: boolean;
}

const HEX = '0123456789abcdef';
const NAME = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const DESCRIPTION = `${NAME} ._-:/()#,@[]+=;{}!$*`;

const word = (alphabet: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
const id = (prefix: string) => word(HEX, 8, 17).map((digits) => `${prefix}-${digits}`);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const unique = <T>(value: fc.Arbitrary<T>, minLength: number, maxLength: number) =>
  fc.uniqueArray(value, { minLength, maxLength });

/** A text that EC2 takes as description, and that Terraform does not take for a template. */
export const description = word(DESCRIPTION, 1, 255).filter((text) => text.trim() !== '' && !/[$%]\{/.test(text));

// First octets of networks that are nobody's special case; the second one tells the blocks apart, so that none
// holds another.
const ipv4Block = fc
  .tuple(fc.constantFrom(8, 18, 34, 52, 80, 151), fc.nat(255), fc.nat(0xffff), fc.integer({ min: 16, max: 32 }))
  .map(([a, b, rest, prefix]) => {
    const low = (rest >> (32 - prefix)) << (32 - prefix);
    return { network: `${a}.${b}`, text: `${a}.${b}.${low >> 8}.${low & 255}/${prefix}`, bare: prefix === 32 };
  });

const ipv6Block = fc
  .tuple(fc.integer({ min: 0x1000, max: 0xffff }), fc.constantFrom(32, 48, 64, 128))
  .map(([second, prefix]) => {
    const network = `2600:${second.toString(16)}`;
    return { network, text: `${network}::/${prefix}`, bare: prefix === 128 };
  });

const oneBlock = (block: typeof ipv4Block) =>
  fc
    .tuple(block, optional(description), fc.boolean())
    .map(([{ network, text, bare }, about, short]): Written & { distinct: string } => ({
      source: AllowedSource.cidr(bare && short ? text.split('/')[0] : text, { description: about }),
      keys: [text],
      distinct: network,
    }));

const reference = (prefix: 'pl' | 'sg', make: typeof AllowedSource.prefixList) =>
  fc.tuple(id(prefix), optional(description)).map(([text, about]): Written & { distinct: string } => ({
    source: make(text, { description: about }),
    keys: [text],
    distinct: text,
  }));

const ANYWHERE: Written = { source: AllowedSource.anywhere({ reason: 'Roaming clients' }), keys: ['0.0.0.0/0'] };

function written(dualStack: boolean): fc.Arbitrary<{ allow: Written[]; open: boolean }> {
  const sources = fc.oneof(
    { arbitrary: oneBlock(ipv4Block), weight: 4 },
    { arbitrary: dualStack ? oneBlock(ipv6Block) : oneBlock(ipv4Block), weight: 2 },
    reference('pl', AllowedSource.prefixList),
    reference('sg', AllowedSource.securityGroup),
  );
  const anywhere = { ...ANYWHERE, keys: dualStack ? ['0.0.0.0/0', '::/0'] : ANYWHERE.keys };
  return fc
    .tuple(
      fc.uniqueArray(sources, { minLength: 1, maxLength: 12, selector: ({ distinct }) => distinct }),
      fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
    )
    .map(([allow, open]) => ({ allow: open ? [anywhere, ...allow] : allow, open }));
}

const privateAddress = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map((octets) => `10.${octets.join('.')}`);
const privateBlock = fc.tuple(fc.nat(255), fc.nat(255)).map((octets) => `10.${octets.join('.')}.0/24`);
const hostname = fc
  .array(word('abcdefghijklmnopqrstuvwxyz0123456789', 1, 20), { minLength: 1, maxLength: 4 })
  .map((labels) => `${labels.join('.')}.example`);
const port = fc.integer({ min: 1, max: 65535 });

const target: fc.Arbitrary<{ target: DatabaseTarget; reach: string[] }> = fc
  .record({ port: optional(port), securityGroupId: optional(id('sg')) })
  .chain((options) => {
    const reach = (addresses: string[]) => (options.securityGroupId ? [options.securityGroupId] : addresses);
    return fc.oneof(
      fc.tuple(unique(privateAddress, 1, 6), fc.boolean()).map(([addresses, outsideVpc]) => ({
        // Nothing outside of the VPC is reached by a security group.
        target: DatabaseTarget.ipAddresses(addresses, {
          ...options,
          outsideVpc: outsideVpc && options.securityGroupId === undefined,
        }),
        reach: reach(addresses),
      })),
      fc.tuple(unique(id('i'), 1, 6), unique(privateBlock, 1, 4)).map(([ids, cidrBlocks]) => ({
        target: DatabaseTarget.instances(ids, { ...options, cidrBlocks }),
        reach: reach(cidrBlocks),
      })),
      fc.tuple(hostname, unique(privateBlock, 1, 4), fc.boolean()).map(([name, cidrBlocks, dedicated]) => ({
        target: dedicated
          ? followedBy(DatabaseTarget.hostname(name, { ...options, cidrBlocks }), {})
          : DatabaseTarget.hostname(name, { ...options, cidrBlocks }),
        reach: reach(cidrBlocks),
      })),
      fc
        .tuple(unique(privateBlock, 1, 4), fc.constantFrom(TargetType.IP, TargetType.INSTANCE))
        .map(([cidrBlocks, targetType]) => ({
          target: DatabaseTarget.selfRegistering({ ...options, cidrBlocks, targetType }),
          reach: reach(cidrBlocks),
        })),
    );
  });

const policy = fc.constantFrom(TlsPolicy.RECOMMENDED, TlsPolicy.WIDEST_SAFE, TlsPolicy.TLS13_ONLY, TlsPolicy.FIPS);
const named = EndpointCertificate.fromArn(CERTIFICATE_ARN);

const label = word('abcdefghijkLMNOP0123456789', 1, 10);
const ZONE_NAME = 'db.example.com';
const zoneId = word('ABCDEFGHIJ0123456789', 1, 31).map((text) => `Z${text}`);
const withinZone = fc.array(label, { maxLength: 2 }).map((labels) => [...labels, ZONE_NAME].join('.'));

/** A domain with or without zones, each known by its id, by its name or by both. */
const domain: fc.Arbitrary<EndpointDomain> = fc
  .record({
    name: withinZone,
    zoneId: optional(zoneId),
    zoneName: optional(fc.constantFrom(ZONE_NAME, 'Example.com.')),
    privateZoneId: optional(zoneId.map((text) => `${text}P`)),
    privateZoneName: optional(fc.constant(ZONE_NAME)),
  })
  .chain((zones) =>
    (zones.zoneId ?? zones.zoneName ?? zones.privateZoneId ?? zones.privateZoneName)
      ? optional(fc.boolean()).map((evaluateTargetHealth) => ({ ...zones, evaluateTargetHealth }))
      : fc.constant(zones),
  );

/** Names for one more certificate, none twice in whatever case. */
const moreNames = (name: string) =>
  fc
    .uniqueArray(fc.tuple(withinZone, fc.boolean()), {
      maxLength: 5,
      selector: ([text, wildcard]) => `${wildcard} ${text.toLowerCase()}`,
    })
    .map((names) => names.map(([text, wildcard]) => (wildcard ? `*.${text}` : text)))
    .map((names) => names.filter((text) => text.toLowerCase() !== name.toLowerCase()));

/** Certificates that fit a domain: of others, or issued for it with one or several keys. */
function certificates(about: EndpointDomain | undefined): fc.Arbitrary<Certificates> {
  const others = fc
    .uniqueArray(fc.nat(1000), { maxLength: 4 })
    .map((numbers) => numbers.map((n) => EndpointCertificate.fromArn(`${CERTIFICATE_ARN}-${n}`)));
  const ofOthers = others.map((additional) => ({ certificate: named, additionalCertificates: additional }));
  if (about === undefined || (about.zoneId ?? about.zoneName) === undefined) return ofOthers;
  const issued = fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...ISSUED_KEY_ALGORITHMS), { minLength: 1, maxLength: 3 }),
      moreNames(about.name),
      others,
    )
    .map(([keys, subjectAlternativeNames, additional]) => {
      const [certificate, ...more] = keys.map((keyAlgorithm) =>
        EndpointCertificate.issue({ keyAlgorithm, subjectAlternativeNames }),
      );
      return { certificate, additionalCertificates: [...more, ...additional] };
    });
  return fc.oneof(ofOthers, issued);
}

type Certificates = Pick<TlsTerminationProps, 'certificate' | 'additionalCertificates'>;

/** An engine with a choice of TLS that works for it. */
const engineAndTls = fc.tuple(fc.constantFrom(...DatabaseEngine.all()), optional(domain)).chain(([engine, about]) => {
  const tlsFirst = usualTls(engine) === 'terminate';
  const termination = fc
    .record({
      policy: optional(policy),
      reencrypt: tlsFirst ? optional(fc.boolean()) : fc.constant(undefined),
      certificates: certificates(about),
    })
    .map(({ certificates, ...choice }) =>
      EndpointTls.terminate({ ...certificates, clientsWrapTls: !tlsFirst, ...choice }),
    );
  const passthrough = fc.constantFrom(...(tlsFirst ? [] : [undefined]), EndpointTls.passthrough());
  const tls: fc.Arbitrary<EndpointTls | undefined> =
    engine === DatabaseEngine.NEPTUNE
      ? termination
      : fc.oneof<fc.Arbitrary<EndpointTls | undefined>[]>(termination, passthrough);
  return tls.map((choice) => ({ engine, tls: choice, domain: about }));
});

const settings = fc.record({
  vpcId: id('vpc'),
  subnetIds: unique(id('subnet'), 2, 5),
  port: optional(port),
  dualStack: fc.boolean(),
  internetFacing: optional(fc.boolean()),
  preserveClientIp: optional(fc.boolean()),
  allowSingleSubnet: optional(fc.boolean()),
  shardFromStart: optional(fc.boolean()),
  quotas: optional(fc.record({ securityGroupsPerInterface: fc.integer({ min: 5, max: 16 }) })),
  crossZone: optional(fc.boolean()),
  deletionProtection: optional(fc.boolean()),
  deregistrationDelaySeconds: optional(fc.integer({ min: 0, max: 3600 })),
  loadBalancerName: optional(word(NAME, 1, 32)),
  healthCheck: optional(
    fc.record({
      intervalSeconds: fc.integer({ min: 120, max: 300 }),
      timeoutSeconds: fc.integer({ min: 2, max: 120 }),
    }),
  ),
  tags: optional(
    fc
      .dictionary(word(NAME, 1, 128), word(`${NAME} _.:/=+-@`, 0, 256), { maxKeys: 8, noNullPrototype: true })
      // IAM takes keys that differ by case for one, and the function that follows a name has a role.
      .filter((tags) => new Set(keysForIam(tags)).size === Object.keys({ Name: '', ...tags }).length),
  ),
});

/** Any correct endpoint. */
export const endpoints: fc.Arbitrary<ArbitraryEndpoint> = fc
  .tuple(settings, engineAndTls, target, optional(fc.integer({ min: 60, max: 6000 })))
  .chain(([setting, { engine, tls, domain }, { target: where, reach }, idle]) =>
    written(setting.dualStack).map(({ allow, open }) => {
      const terminates = tls?._termination !== undefined;
      return {
        props: {
          ...setting,
          engine,
          tls,
          domain,
          target: where,
          allow: allow.map(({ source }) => source),
          idleTimeoutSeconds: terminates ? undefined : idle,
        },
        allowed: allow.flatMap(({ keys }) => keys),
        open,
        reach,
        terminates,
      };
    }),
  );

function keysForIam(tags: object): string[] {
  return Object.keys({ Name: '', ...tags }).map((key) => key.toLowerCase());
}
