import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { UsageError } from '../usage-error';
import type { Authorities } from './request';

const CERTIFICATE = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]*-----END (?:TRUSTED )?CERTIFICATE-----/g;

/** Reads a file of CA certificates, and refuses one that would silently trust nobody. */
export function readAuthorities(file: string): Authorities {
  const pem = readText(file);
  const certificates = pem.match(CERTIFICATE) ?? [];
  if (certificates.length === 0) throw new UsageError(`${file} contains no certificate. It must be in PEM format.`);
  for (const [index, certificate] of certificates.entries()) {
    try {
      new X509Certificate(certificate);
    } catch {
      throw new UsageError(`Certificate ${index + 1} in ${file} cannot be read.`);
    }
  }
  return { file, pem: certificates.join('\n') };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
}
