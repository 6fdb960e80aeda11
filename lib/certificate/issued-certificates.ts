import type { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import type { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { type IResolveContext, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { withinZone, type Zone } from '../dns/zone';
import { canonicalName } from '../network/domain-name';
import { aws } from '../terraform/aws';
import type { Precondition } from '../terraform/precondition';
import { Deferred, ForEach } from '../tokens/deferred';
import { expressionOf, expressionToken, staticKey } from '../tokens/expression';
import { isUnresolved } from '../tokens/unresolved';
import { CertificateKeyAlgorithm } from './certificate-key-algorithm';
import { validatedName } from './certificate-names';
import type { IssuedCertificateProps } from './issued-certificate-props';

/** A certificate that is requested from ACM. */
export interface IssuedCertificate {
  /** What its resources are called, before and after `Certificate`. */
  readonly id: readonly [before: string, after: string];
  readonly name: string;
  readonly props: IssuedCertificateProps;
}

/** What certificates of one scope have in common. */
export interface IssuedCertificateParts {
  /** Where the validation records are made. */
  readonly zone?: Zone;
  readonly tags: { [key: string]: string };
}

/**
 * Certificates of ACM with one validation record for each name that they have together. Returns their ARNs, which are
 * known when the certificates are validated.
 */
export function createIssuedCertificates(
  scope: Construct,
  certificates: readonly IssuedCertificate[],
  parts: IssuedCertificateParts,
): string[] {
  const distinct = distinctRecords(scope, certificates.filter(ownsRecords));
  const requested = certificates.map((each) => ({ ...each, resource: request(scope, each, parts, distinct) }));
  const owned = requested.filter(ownsRecords);
  const records = owned.length > 0 && parts.zone ? createRecords(scope, owned, parts.zone) : undefined;
  return requested.map(({ id: [before, after], props, resource, ...each }) => {
    const names = validatedNames([{ props, ...each }]);
    return new aws.AcmCertificateValidation(scope, `${before}CertificateValidation${after}`, {
      certificateArn: resource.arn,
      validationRecordFqdns:
        records === undefined || props.validationRecordsExist
          ? undefined
          : Token.asList(
              new Deferred((context) =>
                names
                  .map(
                    (name) =>
                      `\${${expressionOf(records.fqn, context)}[${JSON.stringify(staticKey(name, context))}].fqdn}`,
                  )
                  .sort(),
              ),
            ),
    }).certificateArn;
  });
}

interface Requested extends IssuedCertificate {
  readonly resource: AcmCertificate;
}

function ownsRecords({ props }: IssuedCertificate): boolean {
  return !props.validationRecordsExist;
}

// Two keys whose values turn out to be one name would be one record with two owners.
function distinctRecords(scope: Construct, certificates: readonly IssuedCertificate[]): Precondition[] {
  const names = validatedNames(certificates);
  if (names.length < 2 || !names.some(isUnresolved)) return [];
  return [
    {
      condition: new Deferred((context) => {
        const values = names.map((name) => validatedExpression(name, context)).sort();
        return `\${length(distinct([${values.join(', ')}])) == ${names.length}}`;
      }),
      errorMessage: `${scope.node.path}: two names of a certificate are the same, or a name and its wildcard come from two variables. List every name once, and write such a wildcard as "*." plus the name. [CertificateNameRepeated]`,
    },
  ];
}

function request(
  scope: Construct,
  { id, name, props }: IssuedCertificate,
  parts: IssuedCertificateParts,
  distinct: readonly Precondition[],
) {
  const [before, after] = id;
  const others = props.subjectAlternativeNames ?? [];
  const refusal = `${scope.node.path}: a name of the certificate is not in the zone ${parts.zone?.name}, where the validation records are created. Write names in that zone, or use separate certificates for the others. [CertificateNameOutsideZone]`;
  const precondition =
    parts.zone && !props.validationRecordsExist
      ? [...withinZone(parts.zone, [name, ...others], refusal), ...distinct]
      : [];
  return new aws.AcmCertificate(scope, `${before}Certificate${after}`, {
    domainName: inLowerCase(name),
    subjectAlternativeNames: others.length > 0 ? others.map(inLowerCase).sort() : undefined,
    keyAlgorithm: props.keyAlgorithm ?? CertificateKeyAlgorithm.ECDSA_P256,
    validationMethod: 'DNS',
    tags: parts.tags,
    lifecycle: {
      // ACM does not delete a certificate that a listener shows, so the listener must have its successor first.
      createBeforeDestroy: true,
      precondition: precondition.length > 0 ? precondition : undefined,
    },
  });
}

// The keys are known at synthesis, because Terraform must know them when it plans; the records' own names are not.
function createRecords(scope: Construct, certificates: readonly Requested[], zone: Zone): Route53Record {
  const names = validatedNames(certificates);
  const option = (attribute: string) =>
    new Deferred((context) => {
      const options = certificates.map(
        ({ resource }) =>
          `[for option in ${expressionOf(resource.fqn, context)}.domain_validation_options : option.${attribute} if trimprefix(option.domain_name, "*.") == each.value]`,
      );
      return `\${concat(${options.sort().join(', ')})[0]}`;
    });
  return new aws.Route53Record(scope, 'CertificateValidationRecords', {
    forEach: ForEach.deferred((context) =>
      Object.fromEntries(
        names
          .map((name) => [staticKey(name, context), name] as const)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, name]) => [key, isUnresolved(name) ? expressionToken(validatedExpression(name, context)) : name]),
      ),
    ),
    provider: zone.provider,
    zoneId: zone.id,
    name: Token.asString(option('resource_record_name')),
    type: 'CNAME',
    records: [Token.asString(option('resource_record_value'))],
    ttl: 300,
    // ACM's record for a name is the same for every certificate of the account. A new certificate makes the name of the
    // record unknown when Terraform plans, and it would be deleted and created again needlessly.
    lifecycle: { ignoreChanges: ['name'] },
  });
}

// A variable may hold a wildcard, too.
function validatedExpression(name: string, context: IResolveContext): string {
  const expression = expressionOf(name, context);
  return isUnresolved(name) ? `trimprefix(lower(${expression}), "*.")` : expression;
}

/** The names that ACM validates, each once. */
function validatedNames(certificates: readonly Pick<IssuedCertificate, 'name' | 'props'>[]): string[] {
  const all = certificates.flatMap(({ name, props }) => [name, ...(props.subjectAlternativeNames ?? [])]);
  return [...new Set(all.map((name) => validatedName(isUnresolved(name) ? name : canonicalName(name))))];
}

// ACM answers in lowercase, and another spelling would be another certificate in every plan.
function inLowerCase(name: string): string {
  if (!isUnresolved(name)) return canonicalName(name);
  return expressionToken((context) => `lower(${expressionOf(name, context)})`);
}
