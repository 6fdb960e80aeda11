import type { DatabaseEndpointProps } from '../endpoint/database-endpoint-props';
import { isHostName } from '../network/domain-name';
import type { Finding, Rule } from '../rules/rule';
import { isUnknown } from '../tokens/unresolved';
import { CertificateKeyAlgorithm } from './certificate-key-algorithm';
import { covers } from './certificate-names';
import type { EndpointCertificate } from './endpoint-certificate';
import { IMPORTED_RULES, type ImportedReview, importedFacts } from './imported-rules';
import { ISSUE_RULES, type IssueRequest } from './issue-rules';

const NLB_DOCS = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network';

/** Certificates of a network load balancer, the first one counted. */
const DEFAULT_CERTIFICATES = 25;

/** Days before the end of an imported certificate at which it is worth a word. */
const SOON_DAYS = 30;

/** A certificate of an endpoint, and where it was written. */
interface Placed {
  readonly property: string;
  readonly certificate: EndpointCertificate;
}

/** All certificates of an endpoint, the one that clients see by default first. */
function certificatesOf({ tls }: DatabaseEndpointProps): Placed[] {
  const termination = tls?._termination;
  if (termination === undefined) return [];
  return [
    { property: 'tls.certificate', certificate: termination.certificate },
    ...(termination.additionalCertificates ?? []).map((certificate, i) => ({
      property: `tls.additionalCertificates[${i}]`,
      certificate,
    })),
  ];
}

/** What is refused about the certificates of an endpoint. */
export const CERTIFICATE_RULES: readonly Rule<DatabaseEndpointProps>[] = [
  {
    name: 'CertificateArnInvalid',
    because: 'A TLS listener takes certificates of ACM, or server certificates of IAM.',
    see: `${NLB_DOCS}/tls-listener-certificates.html`,
    check: (props) =>
      certificatesOf(props).flatMap(({ property, certificate: { _source: source } }) => {
        if (source.kind !== 'arn' && source.kind !== 'shared') return [];
        const arn = source.kind === 'arn' ? source.arn : source.shared.certificateArn;
        return isUnknown(arn) || CERTIFICATE_ARN.test(String(arn))
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
    check: (props) =>
      props.domain === undefined && certificatesOf(props).some(({ certificate }) => isIssued(certificate))
        ? {
            property: 'domain',
            reason: 'is missing: a certificate is issued for the name that clients connect to',
            remedy: 'Write domain: { name, zoneId } with the name and its public zone, or use another certificate.',
          }
        : undefined,
  },
  {
    name: 'CertificateNameMismatch',
    because: 'Clients that verify refuse a certificate without the name that they connect to.',
    see: 'https://www.rfc-editor.org/rfc/rfc9525#section-6.3',
    check: (props) => {
      const { domain } = props;
      const certificates = certificatesOf(props);
      if (domain === undefined || certificates.length === 0) return undefined;
      if (isUnknown(domain.name) || !isHostName(domain.name)) return undefined;
      const names = certificates.map(({ certificate }) => namesOf(certificate, domain.name));
      if (names.some((each) => each === undefined || covers(each, domain.name))) return undefined;
      return {
        property: 'tls.certificate',
        value: names.flat().join(', '),
        reason: `does not cover ${domain.name} (domain.name)`,
        remedy: 'Use a certificate that carries this name, or a wildcard for its first label.',
      };
    },
  },
  {
    name: 'CertificateRepeated',
    because:
      'A listener holds a certificate once; the provider looks in vain for one that is its default and an additional one.',
    see: `${NLB_DOCS}/tls-listener-certificates.html#default-certificate`,
    check: (props) => {
      const keys = certificatesOf(props).map(({ certificate }) => identityOf(certificate));
      return certificatesOf(props).flatMap(({ property, certificate }, i): Finding[] => {
        const first = keys.indexOf(keys[i]);
        return first === i
          ? []
          : [
              {
                property,
                reason: `repeats ${certificatesOf(props)[first].property}`,
                remedy: isIssued(certificate)
                  ? 'Write its names into one certificate with subjectAlternativeNames, or ask for another keyAlgorithm.'
                  : 'Name every certificate once, and one for the same names and kind of key.',
              },
            ];
      });
    },
  },
  {
    name: 'CertificatesTooMany',
    because: 'A network load balancer holds 25 certificates until the quota is raised.',
    see: `${NLB_DOCS}/load-balancer-limits.html`,
    check: (props) => {
      const most = props.quotas?.certificatesPerLoadBalancer ?? DEFAULT_CERTIFICATES;
      const count = certificatesOf(props).length;
      return isUnknown(most) || count <= most
        ? undefined
        : {
            property: 'tls.additionalCertificates',
            reason: `makes ${count} certificates with the first one, and the load balancer takes ${most}`,
            remedy:
              'Write several names into one certificate, or have the quota raised and say so with quotas.certificatesPerLoadBalancer.',
          };
    },
  },
  ...ISSUE_RULES.map((rule) => ({
    ...rule,
    check: (props: DatabaseEndpointProps) => ofEach(issueRequests(props), rule),
  })),
  ...IMPORTED_RULES.map((rule) => ({
    ...rule,
    check: (props: DatabaseEndpointProps) => ofEach(importedReviews(props), rule),
  })),
];

/** What is worth knowing about the certificates of an endpoint. */
export const CERTIFICATE_WARNINGS: readonly Rule<DatabaseEndpointProps>[] = [
  {
    name: 'PrivateKeyInState',
    because: 'Terraform keeps what it has sent to AWS in its state, in clear.',
    see: 'https://developer.hashicorp.com/terraform/language/state/sensitive-data',
    check: (props) =>
      importedReviews(props).map(({ prefix, parts }) => ({
        property: prefix.slice(0, -1),
        reason: `has its private key in the Terraform state in clear${
          isUnknown(parts.privateKey) || parts.privateKeyFile ? '' : ', and in the synthesized file too'
        }`,
        remedy: 'Encrypt the state and restrict who reads it, or let ACM issue the certificate.',
      })),
  },
  {
    name: 'ImportedCertificateEnds',
    because: 'ACM does not renew certificates that were imported, and takes none outside of its validity.',
    see: 'https://docs.aws.amazon.com/acm/latest/userguide/import-certificate.html',
    check: (props) => {
      const now = props.today === undefined ? new Date() : new Date(`${props.today}T00:00:00Z`);
      return importedReviews(props).flatMap(({ prefix, facts }): Finding[] => {
        if (facts === undefined) return [];
        const property = `${prefix}certificate`;
        const remedy = 'Import its successor, which keeps the ARN.';
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

/** What ACM is asked for by an endpoint. Without a domain there is nothing to look at. */
function issueRequests(props: DatabaseEndpointProps): IssueRequest[] {
  const { domain } = props;
  if (domain === undefined) return [];
  return certificatesOf(props).flatMap(({ property, certificate: { _source: source } }) =>
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

function importedReviews(props: DatabaseEndpointProps): ImportedReview[] {
  return certificatesOf(props).flatMap(({ property, certificate: { _source: source } }) =>
    source.kind === 'imported'
      ? { parts: source.parts, prefix: `${property}.`, facts: importedFacts(source.parts) }
      : [],
  );
}

function ofEach<Input>(inputs: readonly Input[], { check }: Rule<Input>): readonly Finding[] {
  // Two certificates may be asked for with the same mistake in the name or the zone that they have in common.
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
      return isUnknown(source.shared.certificateNames) ? undefined : source.shared.certificateNames;
    case 'imported':
      return importedFacts(source.parts)?.names;
  }
}

/** What tells a certificate of an endpoint from its others. */
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
