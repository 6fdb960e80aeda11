import { readFileSync } from 'node:fs';
import { readable, unknownIn } from '../rules/type-check';
import type { CertificateSource } from './certificate-source';
import type { IssuedCertificateProps } from './issued-certificate-props';
import type { ISharedCertificate } from './shared-certificate-interface';

/**
 * A certificate from another CA, as PEM. Each part may be a token, such as a variable or `Fn.file(...)`.
 */
export interface ImportedCertificateProps {
  /** Only the endpoint's own certificate. */
  readonly certificate: string;

  /**
   * Its private key, without a passphrase. A literal is in the synthesized file in plaintext, and every key is in the
   * state: prefer a sensitive variable, or `EndpointCertificate.importedFiles`.
   */
  readonly privateKey: string;

  /**
   * The certificates between the endpoint's and the CA that clients know, the endpoint's issuer first.
   *
   * @default - only the endpoint's own certificate
   */
  readonly certificateChain?: string;
}

/** Files in PEM. Paths are relative to the working directory of the synthesis. */
export interface ImportedCertificateFiles {
  /** File with only the endpoint's own certificate. */
  readonly certificateFile: string;

  /**
   * File with its private key, without a passphrase. Terraform reads it; the synthesized file contains only its path.
   */
  readonly privateKeyFile: string;

  /**
   * File with the certificates between the endpoint's and the CA that clients know, the endpoint's issuer first.
   *
   * @default - only the endpoint's own certificate
   */
  readonly certificateChainFile?: string;
}

/** The certificate that a TLS listener presents to clients. */
export class EndpointCertificate {
  /**
   * An existing certificate, in AWS Certificate Manager or as a server certificate in IAM, in the Region of the
   * endpoint. Network load balancers support RSA keys up to 3072 bits and ECDSA P-256, P-384 and P-521.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/tls-listener-certificates.html
   * @param arn ARN of the certificate; may be a token.
   */
  public static fromArn(arn: string): EndpointCertificate {
    return new EndpointCertificate({ kind: 'arn', arn });
  }

  /**
   * A separate certificate for the endpoint, which ACM issues for `domain.name` and renews. The validation records are
   * created in the endpoint's public zone, and the listener waits for the validation.
   *
   * @param props key, names and validation.
   */
  public static issue(props: IssuedCertificateProps = {}): EndpointCertificate {
    return new EndpointCertificate({ kind: 'issued', props });
  }

  /**
   * One certificate for several endpoints, such as a wildcard.
   *
   * @param certificate the certificate, for example a `SharedCertificate`.
   */
  public static shared(certificate: ISharedCertificate): EndpointCertificate {
    return new EndpointCertificate({ kind: 'shared', shared: certificate });
  }

  /**
   * A certificate from another CA. Terraform imports it into ACM and keeps the private key in its state. Another
   * certificate with the same key type is imported in place. ACM does not renew it.
   *
   * @param props the parts in PEM.
   */
  public static imported(props: ImportedCertificateProps): EndpointCertificate {
    const parts = readable(props) as ImportedCertificateProps;
    return new EndpointCertificate({ kind: 'imported', parts, given: given(parts, 'ImportedCertificateProps') });
  }

  /**
   * The same from files. They are read and checked at synthesis; Terraform then reads the private key again, and the
   * synthesized file contains only its path.
   *
   * @param files the parts in PEM.
   */
  public static importedFiles(files: ImportedCertificateFiles): EndpointCertificate {
    const unreadable: { file: string; reason: string }[] = [];
    const read = (file: unknown): string => {
      try {
        // A number would be the file that is open under it.
        if (typeof file !== 'string') throw new TypeError('no path');
        return readFileSync(file, 'utf8');
      } catch (error) {
        unreadable.push({ file: String(typeof file === 'string' ? file : typeof file), reason: codeOf(error) });
        return '';
      }
    };
    const { certificateFile, privateKeyFile, certificateChainFile } = readable(files);
    const parts = {
      certificate: read(certificateFile),
      privateKey: read(privateKeyFile),
      certificateChain: certificateChainFile === undefined ? undefined : read(certificateChainFile),
      privateKeyFile: privateKeyFile ?? '',
    };
    return new EndpointCertificate({
      kind: 'imported',
      parts: { ...parts, unreadable },
      given: given(readable(files), 'ImportedCertificateFiles'),
    });
  }

  /** @internal */
  public readonly _source: CertificateSource;

  private constructor(source: CertificateSource) {
    this._source = source;
  }
}

function given(props: object, struct: string) {
  return { struct, unknown: unknownIn(props, struct) };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
}
