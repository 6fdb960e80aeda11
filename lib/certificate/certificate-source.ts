import type { IssuedCertificateProps } from './issued-certificate-props';
import type { ISharedCertificate } from './shared-certificate-interface';

/** The parts of a certificate that somebody else has issued. Each is PEM, or a token. */
export interface ImportedParts {
  readonly certificate: string;
  readonly privateKey: string;
  readonly certificateChain?: string;
  /** Where the private key was read from: the synthesized file then refers to it and does not hold it. */
  readonly privateKeyFile?: string;
  /** What could not be read, with the reason. */
  readonly unreadable?: readonly { readonly file: string; readonly reason: string }[];
}

/** Where a certificate comes from. */
export type CertificateSource =
  | { readonly kind: 'arn'; readonly arn: string }
  | { readonly kind: 'issued'; readonly props: IssuedCertificateProps }
  | { readonly kind: 'shared'; readonly shared: ISharedCertificate }
  | {
      readonly kind: 'imported';
      readonly parts: ImportedParts;
      /** The struct that the parts were given in, and what was given that it does not have. */
      readonly given: { readonly struct: string; readonly unknown: readonly string[] };
    };
