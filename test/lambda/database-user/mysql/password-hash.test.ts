import { spawnSync } from 'node:child_process';
import { cachingSha2Hash, isPasswordOf, nativeHash } from '../../../../lambda/database-user/mysql/password-hash';

test("MariaDB's hash is the one of the server's documentation", () => {
  // https://mariadb.com/docs/server/reference/sql-functions/secondary-functions/encryption-hashing-and-compression-functions/password
  expect(nativeHash('notagoodpwd')).toBe('*3A70EE9FC6594F88CE9E959CD51C5A1C002DC937');
});

test("MySQL's hash is the one that is published for a known password", () => {
  // The example of hashcat's mode 7401, made by a server. https://hashcat.net/wiki/doku.php?id=example_hashes
  const salt = Buffer.from('F9CC98CE08892924F50A213B6BC571A2C11778C5', 'hex').toString('latin1');
  const digest = Buffer.from(
    '625479393559393965414D45316477456B484F41316E64484742577A2E3162785353526B7554584647562F',
    'hex',
  ).toString();

  expect(cachingSha2Hash('hashcat', salt)).toBe(`$A$005$${salt}${digest}`);
});

test.each(['x', 'correct horse battery staple', 'pässwörd', 'a'.repeat(64), 'b'.repeat(33)])(
  "MySQL's hash of %s is the one of OpenSSL's SHA-crypt, whose salt is shorter",
  (password) => {
    const { stdout, status } = spawnSync('openssl', ['passwd', '-5', '-salt', 'abcdefghij./0123', password], {
      encoding: 'utf8',
    });
    if (status !== 0) return;

    expect(cachingSha2Hash(password, 'abcdefghij./0123').slice('$A$005$abcdefghij./0123'.length)).toBe(
      stdout.trim().split('$')[3],
    );
  },
);

test('each hash of MySQL has its own salt, needs no quoting and is recognized', () => {
  const [first, second] = [cachingSha2Hash('secret'), cachingSha2Hash('secret')];

  expect(first).not.toBe(second);
  expect(first).toMatch(/^\$A\$005\$[./0-9A-Za-z]{63}$/);
  expect([first, second, nativeHash('secret')].map((hash) => isPasswordOf(hash, 'secret'))).toEqual([true, true, true]);
  expect([first, nativeHash('secret'), 'invalid', ''].map((hash) => isPasswordOf(hash, 'other'))).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
