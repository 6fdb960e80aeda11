import { isHostName } from '../network/domain-name';
import { numberRange } from '../rules/number-range';
import type { Finding, Rule } from '../rules/rule';
import { isUnresolved } from '../tokens/unresolved';
import { CertificateKeyAlgorithm } from './certificate-key-algorithm';
import { covers } from './certificate-names';
import type { EndpointCertificate } from './endpoint-certificate';
import { IMPORTED_RULES, type ImportedReview, importedFacts } from './imported-rules';
import { ISSUE_RULES, type IssueRequest } from './issue-rules';
import type { PlacedCertificate } from './placed-certificates';

const NLB_DOCS = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network';

/** Days before the end of an imported certificate from which on a warning is shown. */
const SOON_DAYS = 30;

/** The certificates of an endpoint, and what they must fit. */
export interface CertificatesInput {
  /** The one that clients see by default first; none where the listener does not terminate TLS. */
  readonly certificates: readonly PlacedCertificate[];
  readonly domain?: { readonly name: string; readonly zoneId?: string; readonly zoneName?: string };
  readonly certificatesPerLoadBalancer: number;
  /** The day on which expiries are judged. */
  readonly now: Date;
}

/** Validation rules for the certificates of an endpoint. */
export const CERTIFICATE_RULES: readonly Rule<CertificatesInput>[] = [
  {
    name: 'CertificateArnInvalid',
    because: 'A TLS listener accepts ACM certificates or IAM server certificates.',
    see: `${NLB_DOCS}/tls-listener-certificates.html`,
    check: ({ certificates }) =>
      certificates.flatMap(({ property, certificate: { _source: source } }) => {
        if (source.kind !== 'arn' && source.kind !== 'shared') return [];
        const arn = source.kind === 'arn' ? source.arn : source.shared.certificateArn;
        return isUnresolved(arn) || CERTIFICATE_ARN.test(String(arn))
          ? []
          : {
              property,
              value: arn,
              reason: 'is not the ARN of an ACM or IAM server certificate',
              remedy: 'Write an ARN like arn:aws:acm:eu-central-1:123456789012:certificate/12345678-90ab-cdef.',
            };
      }),
  },
  {
    name: 'CertificateDomainMissing',
    because: 'A certificate is issued for the name that clients connect to.',
    check: ({ certificates, domain }) =>
      domain === undefined && certificates.some(({ certificate }) => isIssued(certificate))
        ? {
            property: 'domain',
            reason: 'is missing: a certificate is issued for the name that clients connect to',
            remedy: 'Write domain: { name, zoneId } with the name and its public zone, or use another certificate.',
          }
        : undefined,
  },
  {
    name: 'CertificateNameMismatch',
    because: 'Clients that verify certificates refuse one without the name that they connect to.',
    see: 'https://www.rfc-editor.org/rfc/rfc9525#section-6.3',
    check: ({ certificates, domain }) => {
      if (domain === undefined || certificates.length === 0) return undefined;
      if (isUnresolved(domain.name) || !isHostName(domain.name)) return undefined;
      const names = certificates.map(({ certificate }) => namesOf(certificate, domain.name));
      if (names.some((each) => each === undefined || covers(each, domain.name))) return undefined;
      return {
        property: 'tls.certificate',
        value: names.flat().join(', '),
        reason: `does not cover ${domain.name} (domain.name)`,
        remedy: 'Use a certificate that covers this name, or has a wildcard for its first label.',
      };
    },
  },
  {
    name: 'CertificateRepeated',
    because:
      'A listener can have a certificate only once; the provider never finds one that is both its default and an additional one.',
    see: `${NLB_DOCS}/tls-listener-certificates.html#default-certificate`,
    check: ({ certificates }) => {
      const keys = certificates.map(({ certificate }) => identityOf(certificate));
      return certificates.flatMap(({ property, certificate }, i): Finding[] => {
        const first = keys.indexOf(keys[i]);
        return first === i
          ? []
          : [
              {
                property,
                reason: `repeats ${certificates[first].property}`,
                remedy: isIssued(certificate)
                  ? 'Put its names into one certificate with subjectAlternativeNames, or set another keyAlgorithm.'
                  : 'List every certificate once, and only one for the same names and key type.',
              },
            ];
      });
    },
  },
  {
    name: 'CertificatesTooMany',
    because: 'A network load balancer can have 25 certificates until the quota is raised.',
    see: `${NLB_DOCS}/load-balancer-limits.html`,
    check: ({ certificates, certificatesPerLoadBalancer: most }) => {
      const count = certificates.length;
      return isUnresolved(most) || count <= most
        ? undefined
        : {
            property: 'tls.additionalCertificates',
            reason: `makes ${count} certificates including the first one, and the load balancer can have ${most}`,
            remedy:
              'Put several names into one certificate, or request a quota increase and set quotas.certificatesPerLoadBalancer.',
          };
    },
  },
  numberRange(({ certificatesPerLoadBalancer: value }) => [
    { property: 'quotas.certificatesPerLoadBalancer', value, min: 1, max: 1000, unit: ' certificates' },
  ]),
  ...ISSUE_RULES.map((rule) => ({
    ...rule,
    check: (input: CertificatesInput) => ofEach(issueRequests(input), rule),
  })),
  ...IMPORTED_RULES.map((rule) => ({
    ...rule,
    check: (input: CertificatesInput) => ofEach(importedReviews(input), rule),
  })),
];

/** Warnings about the certificates of an endpoint. */
export const CERTIFICATE_WARNINGS: readonly Rule<CertificatesInput>[] = [
  {
    name: 'PrivateKeyInState',
    because: 'Terraform stores what it sends to AWS in its state, in plaintext.',
    see: 'https://developer.hashicorp.com/terraform/language/state/sensitive-data',
    check: (input) =>
      importedReviews(input).map(({ prefix, parts }) => ({
        property: prefix.slice(0, -1),
        reason: `has its private key in the Terraform state in plaintext${
          isUnresolved(parts.privateKey) || parts.privateKeyFile ? '' : ', and in the synthesized file too'
        }`,
        remedy: 'Encrypt the state and restrict who can read it, or let ACM issue the certificate.',
      })),
  },
  {
    name: 'ImportedCertificateEnds',
    because: 'ACM does not renew imported certificates, and refuses those that have expired or are not valid yet.',
    see: 'https://docs.aws.amazon.com/acm/latest/userguide/import-certificate.html',
    check: ({ now, ...input }) => {
      return importedReviews(input).flatMap(({ prefix, facts }): Finding[] => {
        if (facts === undefined) return [];
        const property = `${prefix}certificate`;
        const remedy = 'Import a new certificate, which keeps the ARN.';
        const day = (date: Date) => date.toISOString().slice(0, 10);
        if (facts.notBefore > now) {
          return [
            { property, reason: `is not valid before ${day(facts.notBefore)}`, remedy: 'Import it when it is valid.' },
          ];
        }
        const days = (facts.notAfter.getTime() - now.getTime()) / 86_400_000;
        if (days < 0) return [{ property, reason: `has expired on ${day(facts.notAfter)}`, remedy }];
        return days > SOON_DAYS ? [] : [{ property, reason: `expires on ${day(facts.notAfter)}`, remedy }];
      });
    },
  },
];

/** The certificate that an endpoint requests from ACM. Without a domain there is nothing to look at. */
function issueRequests({ certificates, domain }: CertificatesInput): IssueRequest[] {
  if (domain === undefined) return [];
  return certificates.flatMap(({ property, certificate: { _source: source } }) =>
    source.kind === 'issued'
      ? {
          props: source.props,
          name: { property: 'domain.name', text: domain.name },
          zone: { property: 'domain.zone', id: domain.zoneId, name: domain.zoneName },
          prefix: `${property}.`,
        }
      : [],
  );
}

function importedReviews({ certificates }: Pick<CertificatesInput, 'certificates'>): ImportedReview[] {
  return certificates.flatMap(({ property, certificate: { _source: source } }) =>
    source.kind === 'imported'
      ? { parts: source.parts, prefix: `${property}.`, facts: importedFacts(source.parts) }
      : [],
  );
}

function ofEach<Input>(inputs: readonly Input[], { check }: Rule<Input>): readonly Finding[] {
  if (inputs.length === 0) return [];
  // Two certificates may be requested with the same mistake in the name or the zone that they have in common.
  const found = inputs.flatMap((input) => check(input) ?? []);
  const text = ({ property, value, reason }: Finding) => JSON.stringify([property, value, reason]);
  return found.filter((finding, i) => found.findIndex((each) => text(each) === text(finding)) === i);
}

function isIssued({ _source }: EndpointCertificate): boolean {
  return _source.kind === 'issued';
}

/** The names that a certificate carries; undefined where they are not known at synthesis. */
function namesOf({ _source: source }: EndpointCertificate, domainName: string): readonly string[] | undefined {
  switch (source.kind) {
    case 'arn':
      return undefined;
    case 'issued':
      return [domainName];
    case 'shared':
      return isUnresolved(source.shared.certificateNames) ? undefined : source.shared.certificateNames;
    case 'imported':
      return importedFacts(source.parts)?.names;
  }
}

/** What distinguishes a certificate of an endpoint from its others. */
function identityOf({ _source: source }: EndpointCertificate): unknown {
  switch (source.kind) {
    case 'arn':
      return source.arn;
    case 'issued':
      return `issued ${source.props.keyAlgorithm ?? CertificateKeyAlgorithm.ECDSA_P256}`;
    case 'shared':
      return source.shared.certificateArn;
    case 'imported': {
      const facts = importedFacts(source.parts);
      return facts ? `imported ${facts.keyAlgorithm} ${[...facts.names].sort()}` : source.parts.certificate;
    }
  }
}

const CERTIFICATE_ARN =
  /^arn:aws[a-z-]*:(acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+|iam::\d{12}:server-certificate\/[\w+=,.@/-]+)$/;
