import { generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { bits, der, integer, octets, oid, sequence, set, TRUE, text, time } from './der';

/** A certificate and its key, as servers want them. */
export interface Identity {
  readonly commonName: string;
  readonly certificate: string;
  readonly privateKey: KeyObject;
  readonly key: string;
}

export interface Wanted {
  readonly commonName: string;
  /** DNS names and IPv4 addresses. */
  readonly names?: readonly string[];
  /** Counted from now. */
  readonly validFromDays?: number;
  readonly validForDays?: number;
  readonly key?: KeyChoice;
  /** A CA; without it the certificate signs itself. */
  readonly issuer?: Identity;
  readonly isAuthority?: boolean;
}

export type KeyChoice = 'P-256' | 'P-384' | 'secp256k1' | 'ed25519' | 1024 | 2048 | 4096;

const DAY = 24 * 60 * 60 * 1000;

/** Issues a certificate in milliseconds, without any program: whatever is wrong with it is wrong on purpose. */
export function issue(wanted: Wanted): Identity {
  const { commonName, names = [], validFromDays = -1, validForDays = 365, issuer, isAuthority = false } = wanted;
  const { publicKey, privateKey } = keyPair(wanted.key ?? 'P-256');
  const signer = issuer?.privateKey ?? privateKey;
  const start = Date.now() + validFromDays * DAY;
  const extensions = [
    extension('2.5.29.19', isAuthority ? sequence(TRUE) : sequence(), true),
    ...(names.length > 0 ? [extension('2.5.29.17', sequence(...names.map(generalName)))] : []),
  ];
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    signatureAlgorithm(signer),
    name(issuer?.commonName ?? commonName),
    sequence(time(new Date(start)), time(new Date(start + validForDays * DAY))),
    name(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = sign(signer.asymmetricKeyType === 'ed25519' ? null : 'sha256', body, signer);
  const certificate = new X509Certificate(sequence(body, signatureAlgorithm(signer), bits(signature))).toString();
  return { commonName, certificate, privateKey, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/** A CA that signs the certificates of one test file. */
export function authority(commonName = 'Test CA'): Identity {
  return issue({ commonName, isAuthority: true });
}

function keyPair(choice: KeyChoice): { publicKey: KeyObject; privateKey: KeyObject } {
  if (typeof choice === 'number') return generateKeyPairSync('rsa', { modulusLength: choice });
  return choice === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: choice });
}

const SIGNATURES: Record<string, string> = {
  rsa: '1.2.840.113549.1.1.11',
  ec: '1.2.840.10045.4.3.2',
  ed25519: '1.3.101.112',
};

function signatureAlgorithm({ asymmetricKeyType }: KeyObject): Buffer {
  const identifier = oid(SIGNATURES[asymmetricKeyType ?? '']);
  return asymmetricKeyType === 'rsa' ? sequence(identifier, der(0x05)) : sequence(identifier);
}

function name(commonName: string): Buffer {
  return sequence(set(sequence(oid('2.5.4.3'), text(commonName))));
}

function generalName(wanted: string): Buffer {
  return isIPv4(wanted) ? der(0x87, Buffer.from(wanted.split('.').map(Number))) : der(0x82, Buffer.from(wanted));
}

function extension(identifier: string, value: Buffer, isCritical = false): Buffer {
  return sequence(oid(identifier), ...(isCritical ? [TRUE] : []), octets(value));
}
