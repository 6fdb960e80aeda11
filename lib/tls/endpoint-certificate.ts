/** The certificate that a TLS listener shows to clients. */
export class EndpointCertificate {
  /**
   * A certificate that exists already, in AWS Certificate Manager or as a server certificate in IAM, in the
   * Region of the endpoint. Network load balancers take RSA keys up to 3072 bits and ECDSA P-256, P-384 and P-521.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/tls-listener-certificates.html
   * @param arn ARN of the certificate; may be a token.
   */
  public static fromArn(arn: string): EndpointCertificate {
    return new EndpointCertificate(arn);
  }

  /** @internal */
  public readonly _arn: string;

  private constructor(arn: string) {
    this._arn = arn;
  }
}
