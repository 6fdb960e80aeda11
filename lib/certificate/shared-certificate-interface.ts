/** A certificate that several endpoints use: `SharedCertificate` is one. */
export interface ISharedCertificate {
  /** ARN of the certificate, known once it is validated. */
  readonly certificateArn: string;

  /** The names that it covers; each may be a token. */
  readonly certificateNames: string[];
}
