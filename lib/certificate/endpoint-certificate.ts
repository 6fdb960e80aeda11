import { readFileSync } from 'node:fs';
import { readable, unknownIn } from '../rules/type-check';
import type { CertificateSource } from './certificate-source';
import type { IssuedCertificateProps } from './issued-certificate-props';
import type { ISharedCertificate } from './shared-certificate-interface';

/**
 * A certificate that somebody else has issued, as PEM. Each part may be a token, such as a variable or `Fn.file(...)`.
 */
export interface ImportedCertificateProps {
  /** The certificate of the endpoint itself, alone. */
  readonly certificate: string;

  /**
   * Its private key, without a passphrase. As a literal it stands in the synthesized file in plaintext, and in the state
   * in any case: prefer a sensitive variable, or `EndpointCertificate.importedFiles`.
   */
  readonly privateKey: string;

  /**
   * The certificates between the endpoint's and the CA that clients know, the endpoint's issuer first.
   *
   * @default - the endpoint's certificate stands alone
   */
  readonly certificateChain?: string;
}

/** Files in PEM. Paths are relative to the working directory of the synthesis. */
export interface ImportedCertificateFiles {
  /** File with the certificate of the endpoint itself, alone. */
  readonly certificateFile: string;

  /** File with its private key, without a passphrase. Terraform reads it; the synthesized file holds its path only. */
  readonly privateKeyFile: string;

  /**
   * File with the certificates between the endpoint's and the CA that clients know, the endpoint's issuer first.
   *
   * @default - the endpoint's certificate stands alone
   */
  readonly certificateChainFile?: string;
}

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
    return new EndpointCertificate({ kind: 'arn', arn });
  }

  /**
   * A certificate of the endpoint's own, which ACM issues for `domain.name` and renews. The validation records are made
   * in the endpoint's public zone, and the listener waits for the validation.
   *
   * @param props what ACM is asked for.
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
   * A certificate that somebody else has issued. Terraform imports it into ACM and keeps the private key in its state.
   * Another certificate with the same kind of key is imported in place. ACM does not renew it.
   *
   * @param props the parts in PEM.
   */
  public static imported(props: ImportedCertificateProps): EndpointCertificate {
    const parts = readable(props) as ImportedCertificateProps;
    return new EndpointCertificate({ kind: 'imported', parts, given: given(parts, 'ImportedCertificateProps') });
  }

  /**
   * The same from files. They are read and checked at synthesis; the private key is then read once more by Terraform,
   * and the synthesized file holds its path only.
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
