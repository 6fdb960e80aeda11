import type { EndpointCertificate } from './endpoint-certificate';

/** A certificate of an endpoint, and where it was written. */
export interface PlacedCertificate {
  readonly property: string;
  readonly certificate: EndpointCertificate;
}

/** The certificates of a listener that terminates TLS, as they were written. */
export interface ListenerCertificates {
  readonly certificate: EndpointCertificate;
  readonly additionalCertificates?: readonly EndpointCertificate[];
}

/** All certificates of an endpoint, the one that clients see by default first; none where it does not terminate TLS. */
export function placedCertificates(termination: ListenerCertificates | undefined): PlacedCertificate[] {
  if (termination === undefined) return [];
  return [
    { property: 'tls.certificate', certificate: termination.certificate },
    ...(termination.additionalCertificates ?? []).map((certificate, i) => ({
      property: `tls.additionalCertificates[${i}]`,
      certificate,
    })),
  ];
}

/**
 * A text for each certificate: the same one for the same certificate of two endpoints, and one of its own for a
 * certificate that an endpoint brings along.
 */
export function certificateKeys(
  certificates: readonly PlacedCertificate[],
  endpoint: string,
  keyOf: (text: string) => string,
): string[] {
  return certificates.map(({ property, certificate: { _source: source } }) => {
    if (source.kind === 'arn') return keyOf(source.arn);
    return source.kind === 'shared' ? keyOf(source.shared.certificateArn) : `${endpoint} ${property}`;
  });
}
