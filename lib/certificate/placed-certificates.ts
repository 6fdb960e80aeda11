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
