import { createPrivateKey, generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';

/** A certificate with its key, in PEM. */
export interface TestCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

export interface TestCertificateOptions {
  readonly names?: readonly string[];
  readonly commonName?: string;
  /** `ec prime256v1`, `rsa 2048`, `ed25519`, ... */
  readonly key?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly issuer?: TestCertificate;
}

/** Makes a certificate without any tool of the machine: self-signed, or signed by an issuer. */
export function testCertificate({
  names = ['sessions.db.example.com'],
  commonName = names[0] ?? 'nobody',
  key = 'ec prime256v1',
  notBefore = new Date('2026-01-01T00:00:00Z'),
  notAfter = new Date('2036-01-01T00:00:00Z'),
  issuer,
}: TestCertificateOptions = {}): TestCertificate {
  const pair = generate(key);
  const signer = issuer ? createPrivateKey(issuer.privateKey) : pair.privateKey;
  const issuerName = issuer ? commonNameOf(issuer.certificate) : commonName;
  const algorithm = signatureAlgorithm(signer);
  const body = sequence(
    tagged(0xa0, integer(2)),
    integer(++serial),
    algorithm,
    nameOf(issuerName),
    sequence(time(notBefore), time(notAfter)),
    nameOf(commonName),
    pair.publicKey.export({ type: 'spki', format: 'der' }),
    ...(names.length > 0 ? [tagged(0xa3, sequence(alternativeNames(names)))] : []),
  );
  const signature = sign(signer.asymmetricKeyType === 'ed25519' ? null : 'sha256', body, signer);
  const der = sequence(body, algorithm, tagged(0x03, Buffer.from([0]), signature));
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n').trim()}\n-----END CERTIFICATE-----\n`,
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

/** The same key with a passphrase, in the form of PKCS #8. */
export function encrypted({ privateKey }: TestCertificate): string {
  const options = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' } as const;
  return createPrivateKey(privateKey).export(options) as string;
}

interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

let serial = 1000;

function generate(key: string): Pair {
  const [type, detail] = key.split(' ');
  if (type === 'rsa') return generateKeyPairSync('rsa', { modulusLength: Number(detail) });
  return type === 'ec' ? generateKeyPairSync('ec', { namedCurve: detail }) : generateKeyPairSync('ed25519');
}

function signatureAlgorithm({ asymmetricKeyType: type }: KeyObject): Buffer {
  if (type === 'rsa') return sequence(identifier(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 0x0b), tagged(0x05));
  return type === 'ec'
    ? sequence(identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2))
    : sequence(identifier(0x2b, 0x65, 0x70));
}

function commonNameOf(certificate: string): string {
  return new X509Certificate(certificate).subject.replace(/^CN=/, '');
}

function nameOf(commonName: string): Buffer {
  return sequence(tagged(0x31, sequence(identifier(0x55, 4, 3), tagged(0x0c, Buffer.from(commonName)))));
}

function alternativeNames(names: readonly string[]): Buffer {
  const list = sequence(...names.map((name) => tagged(0x82, Buffer.from(name))));
  return sequence(identifier(0x55, 0x1d, 0x11), tagged(0x04, list));
}

function time(date: Date): Buffer {
  return tagged(0x18, Buffer.from(`${date.toISOString().replace(/\D/g, '').slice(0, 14)}Z`));
}

function integer(value: number): Buffer {
  return tagged(0x02, Buffer.from(value < 128 ? [value] : [value >> 8, value & 255]));
}

function identifier(...bytes: number[]): Buffer {
  return tagged(0x06, Buffer.from(bytes));
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
