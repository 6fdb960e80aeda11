import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

/*
 * Hashes are made here, so that the server, its logs and its statistics never see a password in plaintext.
 */

/**
 * What MariaDB's mysql_native_password keeps. It has no salt, which does no harm to a long random password.
 *
 * @see https://mariadb.com/docs/server/reference/plugins/authentication-plugins/authentication-plugin-mysql_native_password
 */
export function nativeHash(password: string): string {
  const once = createHash('sha1').update(password, 'utf8').digest();
  return `*${createHash('sha1').update(once).digest('hex').toUpperCase()}`;
}

/** What MySQL's caching_sha2_password keeps. The salt is of plain letters: the hash needs no quoting. */
export function cachingSha2Hash(password: string, salt: string = randomSalt()): string {
  return `$A$005$${salt}${sha256Crypt(Buffer.from(password, 'utf8'), Buffer.from(salt, 'latin1'))}`;
}

/** Whether a password is the one of a hash that this program has made. */
export function isPasswordOf(hash: string, password: string): boolean {
  if (hash.startsWith('*')) return isSame(hash, nativeHash(password));
  const salt = /^\$A\$005\$([./0-9A-Za-z]{20})[./0-9A-Za-z]{43}$/.exec(hash)?.[1];
  return salt !== undefined && isSame(hash, cachingSha2Hash(password, salt));
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SALT_LENGTH = 20;
const ROUNDS = 5000;

function randomSalt(): string {
  return Array.from({ length: SALT_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

const sha256 = (...parts: readonly Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** SHA-crypt, whose salt MySQL makes four bytes longer than its specification allows. */
function sha256Crypt(key: Buffer, salt: Buffer): string {
  const mixed = sha256(key, salt, key);
  const bits: Buffer[] = [];
  for (let rest = key.length; rest > 0; rest >>= 1) bits.push(rest & 1 ? mixed : key);
  let digest = sha256(key, salt, repeated(mixed, key.length), ...bits);
  const keys = repeated(sha256(...Array.from({ length: key.length }, () => key)), key.length);
  const salts = repeated(sha256(...Array.from({ length: 16 + digest[0] }, () => salt)), salt.length);
  for (let round = 0; round < ROUNDS; round += 1) {
    digest = sha256(
      round & 1 ? keys : digest,
      ...(round % 3 ? [salts] : []),
      ...(round % 7 ? [keys] : []),
      round & 1 ? digest : keys,
    );
  }
  return encoded(digest);
}

function repeated(part: Buffer, length: number): Buffer {
  return Buffer.alloc(length, part);
}

/** The bytes of a digest in the order of SHA-crypt, six bits a letter, the lowest first. */
function encoded(digest: Buffer): string {
  let text = '';
  for (let i = 0; i < 10; i += 1) {
    const triple = [i, i + 10, i + 20];
    const turn = i % 3;
    const [high, middle, low] = [0, 1, 2].map((k) => digest[triple[(k - turn + 3) % 3]]);
    text += letters((high << 16) | (middle << 8) | low, 4);
  }
  return text + letters((digest[31] << 8) | digest[30], 3);
}

function letters(bits: number, count: number): string {
  return Array.from({ length: count }, (_, i) => ALPHABET[(bits >> (6 * i)) & 63]).join('');
}
