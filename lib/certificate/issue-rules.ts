import { canonicalName, isHostName, isWithin, isZoneName } from '../network/domain-name';
import type { Finding, Rule } from '../rules/rule';
import { isUnresolved, isUnresolvedList, itemsOf } from '../tokens/unresolved';
import { ISSUED_KEY_ALGORITHMS } from './certificate-key-algorithm';
import { isCertificateName } from './certificate-names';
import type { IssuedCertificateProps } from './issued-certificate-props';

const ACM_DOCS = 'https://docs.aws.amazon.com/acm/latest';

/** A certificate that is requested from ACM, no matter where. */
export interface IssueRequest {
  readonly props: IssuedCertificateProps;
  /** The first name. */
  readonly name: { readonly property: string; readonly text: string };
  /** The properties that name the zone, as one writes them. */
  readonly zone: { readonly property: string; readonly id?: string; readonly name?: string };
  /** What stands before the name of a property. */
  readonly prefix: string;
}

/** Validation rules for a certificate that is requested from ACM. */
export const ISSUE_RULES: readonly Rule<IssueRequest>[] = [
  {
    name: 'CertificateKeyNotIssued',
    because:
      'ACM issues certificates with RSA keys of 2048 bits and ECDSA keys on P-256 and P-384; certificates with other keys can only be imported.',
    see: `${ACM_DOCS}/APIReference/API_RequestCertificate.html#ACM-RequestCertificate-request-KeyAlgorithm`,
    check: ({ props: { keyAlgorithm }, prefix }) =>
      keyAlgorithm === undefined || isUnresolved(keyAlgorithm) || ISSUED_KEY_ALGORITHMS.includes(keyAlgorithm)
        ? undefined
        : {
            property: `${prefix}keyAlgorithm`,
            value: keyAlgorithm,
            reason: 'is not a key for which ACM issues certificates',
            remedy:
              'Write CertificateKeyAlgorithm.ECDSA_P256, ECDSA_P384 or RSA_2048, or import a certificate with that key.',
          },
  },
  {
    name: 'CertificateNameInvalid',
    because: 'A certificate contains hostnames, and wildcards for a single label at the beginning.',
    see: `${ACM_DOCS}/userguide/acm-certificate-characteristics.html`,
    check: ({ props: { subjectAlternativeNames = [] }, prefix, name }) => [
      // A name of the endpoint itself is checked with the endpoint's domain.
      ...(name.property.startsWith('domain.') || isUnresolved(name.text) || isCertificateName(name.text)
        ? []
        : [invalidName(name.property, name.text)]),
      ...itemsOf(subjectAlternativeNames).flatMap((each, i) =>
        isUnresolved(each) || isCertificateName(each)
          ? []
          : [invalidName(`${prefix}subjectAlternativeNames[${i}]`, each)],
      ),
    ],
  },
  {
    name: 'CertificateNamesUnknown',
    because: 'Terraform must know the number of validation records at plan time.',
    check: ({ props: { subjectAlternativeNames = [] }, prefix }) =>
      isUnresolvedList(subjectAlternativeNames)
        ? {
            property: `${prefix}subjectAlternativeNames`,
            reason: 'is a list that is known after apply',
            remedy: 'Write the names one by one; each of them may be a token.',
          }
        : undefined,
  },
  {
    name: 'CertificateNameRepeated',
    because: 'A name that is listed twice still counts as one name of the certificate.',
    check: ({ props: { subjectAlternativeNames = [] }, prefix, name }) => {
      const all = [name.text, ...itemsOf(subjectAlternativeNames)].map(canonicalName);
      return all.flatMap((each, i): Finding[] => {
        const first = all.indexOf(each);
        return first === i
          ? []
          : [
              {
                property: `${prefix}subjectAlternativeNames[${i - 1}]`,
                value: subjectAlternativeNames[i - 1],
                reason: `repeats ${first === 0 ? name.property : `${prefix}subjectAlternativeNames[${first - 1}]`}`,
                remedy: 'Write every name once.',
              },
            ];
      });
    },
  },
  {
    name: 'CertificateNameTooLong',
    because: 'ACM limits the first name to 64 characters, since it is also the common name.',
    see: `${ACM_DOCS}/APIReference/API_RequestCertificate.html#ACM-RequestCertificate-request-DomainName`,
    check: ({ name }) =>
      isUnresolved(name.text) || name.text.length <= 64
        ? undefined
        : {
            property: name.property,
            value: name.text,
            reason: `has ${name.text.length} characters, and ACM allows 64 for the first name of a certificate`,
            remedy:
              'Write a shorter name, or a SharedCertificate with a shorter first name and this one among its subjectAlternativeNames.',
          },
  },
  {
    name: 'CertificateNamesTooMany',
    because: 'ACM allows up to 100 names in a certificate, and 10 until the quota is raised.',
    see: `${ACM_DOCS}/userguide/acm-limits.html`,
    check: ({ props: { subjectAlternativeNames = [] }, prefix }) =>
      itemsOf(subjectAlternativeNames).length < 100
        ? undefined
        : {
            property: `${prefix}subjectAlternativeNames`,
            reason: `makes ${subjectAlternativeNames.length + 1} names, and ACM allows 100`,
            remedy: 'Use a wildcard instead of many names, or several certificates.',
          },
  },
  {
    name: 'CertificateZoneMissing',
    because: 'ACM issues a certificate once it finds the validation records in public DNS.',
    see: `${ACM_DOCS}/userguide/dns-validation.html`,
    check: ({ props: { validationRecordsExist }, zone }) =>
      zone.id !== undefined || zone.name !== undefined || validationRecordsExist
        ? undefined
        : {
            property: `${zone.property}Id`,
            reason: 'is missing: ACM validates the certificate through records in a public zone',
            remedy: `Name the public zone with ${zone.property}Id or ${zone.property}Name, or set validationRecordsExist: true if the records are created elsewhere.`,
          },
  },
  {
    name: 'CertificateNameOutsideZone',
    because: 'The validation record of a name must be in the zone that the name is in.',
    see: `${ACM_DOCS}/userguide/dns-validation.html`,
    check: ({ props: { subjectAlternativeNames = [], validationRecordsExist }, prefix, name, zone }) => {
      const { name: zoneName } = zone;
      if (validationRecordsExist || zoneName === undefined || isUnresolved(zoneName) || !isZoneName(zoneName))
        return [];
      const outside = (property: string, text: string): Finding[] =>
        isUnresolved(text) || !isCertificateName(text) || isWithin(text, zoneName)
          ? []
          : [
              {
                property,
                value: text,
                reason: `is not in the zone ${zoneName} (${zone.property}Name), where the validation records are created`,
                remedy: 'Write a name in that zone, or use a separate certificate for this one.',
              },
            ];
      return [
        ...(name.property.startsWith('domain.') ? [] : outside(name.property, name.text)),
        ...itemsOf(subjectAlternativeNames).flatMap((each, i) =>
          outside(`${prefix}subjectAlternativeNames[${i}]`, each),
        ),
      ];
    },
  },
];

function invalidName(property: string, value: string): Finding {
  const wildcard = value.includes('*') && isHostName(value.replace(/\*/g, 'x'));
  return {
    property,
    value,
    reason: wildcard ? 'has a wildcard that is not its entire first label' : 'is not a name for a certificate',
    remedy: 'Write a name like orders.db.example.com or *.db.example.com.',
  };
}
