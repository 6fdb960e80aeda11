import { STRUCTS } from '../rules/property-types.generated';
import {
  checkProperties,
  checkStruct,
  checkType,
  missingIn,
  missingProperty,
  readable,
  readOrRefuse,
  STRING,
  STRINGS,
  type TypeProblem,
  unknownProperty,
} from '../rules/type-check';
import type { CertificateSource } from './certificate-source';
import type { EndpointCertificate } from './endpoint-certificate';
import type { ListenerCertificates } from './placed-certificates';
import type { ISharedCertificate } from './shared-certificate-interface';
import type { SharedCertificateInput } from './shared-certificate-rules';

type ImportedSource = Extract<CertificateSource, { readonly kind: 'imported' }>;

/** What a type checker would refuse about certificates. No message holds a part of an imported one. */
export function certificateTypeProblems(termination: Partial<ListenerCertificates> | undefined): TypeProblem[] {
  const { certificate, additionalCertificates } = termination ?? {};
  return [
    ...shapeProblems(certificate, 'tls.certificate'),
    ...(Array.isArray(additionalCertificates) ? additionalCertificates : []).flatMap((each, i) =>
      shapeProblems(each, `tls.additionalCertificates[${i}]`),
    ),
  ];
}

function shapeProblems(certificate: EndpointCertificate | undefined, property: string): TypeProblem[] {
  const source = certificate?._source;
  switch (source?.kind) {
    case 'arn':
      return checkType(source.arn, STRING, property);
    case 'issued':
      return checkStruct(source.props, 'IssuedCertificateProps', property);
    case 'shared':
      return readOrRefuse(property, () => sharedProblems(source.shared, property));
    case 'imported':
      return importedProblems(source, property);
    default:
      return [];
  }
}

/** No value is shown: each of them may be the private key. */
function importedProblems({ parts, given }: ImportedSource, property: string): TypeProblem[] {
  const values: { readonly [part: string]: unknown } = { ...parts };
  return [
    ...Object.entries(STRUCTS['ImportedCertificateProps'])
      .filter(
        ([part, { isRequired }]) => typeof values[part] !== 'string' && (isRequired || values[part] !== undefined),
      )
      .map(([part]) => mistyped(`${property}.${part}`, 'a string', PEM)),
    ...given.unknown.map((name) => unknownProperty(`${property}.${name}`, given.struct)),
  ];
}

function sharedProblems(shared: ISharedCertificate | undefined, property: string): TypeProblem[] {
  return typeof shared === 'object' && shared !== null && 'certificateNames' in shared
    ? [...checkType(shared.certificateArn, STRING, property), ...checkType(shared.certificateNames, STRINGS, property)]
    : [mistyped(property, 'shared by a SharedCertificate', 'Pass a SharedCertificate to EndpointCertificate.shared.')];
}

/** The same for a certificate that several endpoints share. */
export function sharedCertificateTypeProblems(props: SharedCertificateInput): TypeProblem[] {
  const given = readable(props);
  return [
    ...missingIn(given, 'SharedCertificateProps').map((property) =>
      missingProperty(property, "Set the certificate's first name."),
    ),
    ...readOrRefuse('props', () => checkProperties(given, 'SharedCertificateProps')),
  ];
}

const PEM = 'Write the content of a PEM file, or a token.';

function mistyped(property: string, what: string, remedy: string): TypeProblem {
  return { rule: 'PropertyTypeInvalid', property, reason: `is not ${what}`, remedy };
}
