import type { Identity } from '../../cli/support/certificates';
import type { Emulator } from '../harness';

/** Imports a certificate with its key, as a user does; returns its ARN. */
export async function importCertificate(emulator: Emulator, { certificate, key }: Identity): Promise<string> {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const answer = await acm(emulator, 'ImportCertificate', {
    Certificate: base64(certificate),
    PrivateKey: base64(key),
  });
  return answer['CertificateArn'];
}

/** A certificate with its chain. Keys never come out of ACM. */
export async function readCertificate(emulator: Emulator, arn: string): Promise<string> {
  const answer = await acm(emulator, 'GetCertificate', { CertificateArn: arn });
  return `${answer['Certificate']}\n${answer['CertificateChain'] ?? ''}`;
}

async function acm(emulator: Emulator, action: string, body: object): Promise<Record<string, string>> {
  const answer = await emulator.send('acm', '/', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': `CertificateManager.${action}` },
    body: JSON.stringify(body),
  });
  return JSON.parse(answer.text);
}
