import type { Problem } from '../rules/endpoint-error';
import {
  checkProperties,
  checkShape,
  DECIDING_BOOLEAN,
  DECIDING_STRING,
  MAP,
  object,
  PROVIDER,
  readable,
  readOrRefuse,
  type Shape,
  STRING,
  STRINGS,
} from '../rules/type-check';
import type { EndpointCertificate } from './endpoint-certificate';
import type { IssuedCertificateProps } from './issued-certificate-props';
import type { ListenerCertificates } from './placed-certificates';
import type { ISharedCertificate } from './shared-certificate-interface';
import type { SharedCertificateInput } from './shared-certificate-rules';

const ISSUED_PROPERTIES: { readonly [property in keyof Required<IssuedCertificateProps>]: Shape } = {
  keyAlgorithm: DECIDING_STRING,
  subjectAlternativeNames: STRINGS,
  validationRecordsExist: DECIDING_BOOLEAN,
};

/** What a type checker would refuse about certificates. No message holds a part of an imported one. */
export function certificateTypeProblems(termination: Partial<ListenerCertificates> | undefined): Problem[] {
  const { certificate, additionalCertificates } = termination ?? {};
  return [
    ...shapeProblems(certificate, 'tls.certificate'),
    ...(Array.isArray(additionalCertificates) ? additionalCertificates : []).flatMap((each, i) =>
      shapeProblems(each, `tls.additionalCertificates[${i}]`),
    ),
  ];
}

function shapeProblems(certificate: EndpointCertificate | undefined, property: string): Problem[] {
  const source = certificate?._source;
  switch (source?.kind) {
    case 'arn':
      return checkShape(source.arn, STRING, property);
    case 'issued':
      return checkShape(source.props, object(ISSUED_PROPERTIES), property);
    case 'shared':
      return readOrRefuse(property, () => sharedProblems(source.shared, property));
    case 'imported':
      return [
        ...(['certificate', 'privateKey'] as const).flatMap((part) =>
          typeof source.parts[part] === 'string' ? [] : [mistyped(`${property}.${part}`, 'a string', PEM)],
        ),
        ...(['string', 'undefined'].includes(typeof source.parts.certificateChain)
          ? []
          : [mistyped(`${property}.certificateChain`, 'a string', PEM)]),
      ];
    default:
      return [];
  }
}

function sharedProblems(shared: ISharedCertificate | undefined, property: string): Problem[] {
  return typeof shared === 'object' && shared !== null && 'certificateNames' in shared
    ? [
        ...checkShape(shared.certificateArn, STRING, property),
        ...checkShape(shared.certificateNames, STRINGS, property),
      ]
    : [mistyped(property, 'shared by a SharedCertificate', 'Pass a SharedCertificate to EndpointCertificate.shared.')];
}

/** The same for a certificate that several endpoints share. */
export function sharedCertificateTypeProblems(props: SharedCertificateInput): Problem[] {
  const zone = { zoneId: STRING, zoneName: STRING, zoneProvider: PROVIDER };
  const known = { ...ISSUED_PROPERTIES, ...zone, domainName: STRING, provider: PROVIDER, tags: MAP };
  const given = readable(props);
  return [
    ...(given.domainName === undefined ? [MISSING_NAME] : []),
    ...readOrRefuse('props', () => checkProperties(given, known)),
  ];
}

const MISSING_NAME: Problem = {
  rule: 'PropertyMissing',
  property: 'domainName',
  reason: 'is missing',
  remedy: 'Give the certificate its first name.',
};

const PEM = 'Write the text of a PEM file, or a token.';

function mistyped(property: string, what: string, remedy: string): Problem {
  return { rule: 'PropertyTypeInvalid', property, reason: `is not ${what}`, remedy };
}
