import { generatePassword } from '../../../lambda/database-user/password';
import { readLogin, writeSecret } from '../../../lambda/database-user/secret-value';
import { USER } from './fixtures';

const LOGIN = { username: 'looker', password: 'Secret-1' };

test("a secret has the keys of AWS's convention, and what clients of the endpoint need", () => {
  expect(JSON.parse(writeSecret(USER, LOGIN))).toEqual({
    engine: 'postgres',
    host: 'orders.example.com',
    port: 5432,
    username: 'looker',
    password: 'Secret-1',
    dbname: 'orders',
    url: 'postgresql://looker:Secret-1@orders.example.com:5432/orders?sslmode=verify-full',
    sslmode: 'verify-full',
  });
});

test.each([
  ['mysql', 'verify-full', 'mysql://looker:Secret-1@orders.example.com:5432/orders?ssl-mode=VERIFY_IDENTITY'],
  ['mariadb', 'verify-ca', 'mariadb://looker:Secret-1@orders.example.com:5432/orders?ssl-mode=VERIFY_CA'],
] as const)('the URL of %s with %s', (engine, sslmode, url) => {
  const user = { ...USER, engine, endpoint: { ...USER.endpoint, sslmode, certificateAuthorities: 'PEM' } };

  expect(JSON.parse(writeSecret(user, LOGIN))).toMatchObject({ engine, sslmode, url, ca: 'PEM' });
});

test('the CA is what signs it, or where it is found', () => {
  const url = 'https://ca.example.com/bundle.pem';
  const user = { ...USER, endpoint: { ...USER.endpoint, certificateAuthoritiesUrl: url } };

  expect(JSON.parse(writeSecret(user, LOGIN))).toMatchObject({ ca_url: url });
  expect(JSON.parse(writeSecret(user, LOGIN))).not.toHaveProperty('ca');
});

test('names and passwords of any kind come out of the URL as they were', () => {
  const hostile = { username: 'a@b:c/ü', password: "p@$&$'/:?#ä" };
  const { url } = JSON.parse(writeSecret({ ...USER, database: 'x y/z@' }, hostile));
  const read = new URL(url);

  expect(decodeURIComponent(read.username)).toBe(hostile.username);
  expect(decodeURIComponent(read.password)).toBe(hostile.password);
  expect(decodeURIComponent(read.pathname)).toBe('/x y/z@');
  expect(read.hostname).toBe('orders.example.com');
});

test('a login is read from a secret, and what is none is refused without being repeated', () => {
  expect(readLogin(writeSecret(USER, LOGIN))).toEqual(LOGIN);
  for (const text of ['hunter22', '{"username":"hunter22"}', '"hunter22"', 'null']) {
    expect(() => readLogin(text)).toThrow(/^(?!.*hunter22).*is not JSON with the texts username and password$/);
  }
});

test('a password needs no quoting anywhere, satisfies the usual policies, and is never the same', () => {
  const passwords = Array.from({ length: 500 }, generatePassword);

  expect(new Set(passwords).size).toBe(500);
  for (const password of passwords) {
    expect(password).toMatch(/^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])(?=.*[-_.])[A-Za-z][-_.A-Za-z0-9]{39}$/);
    expect(encodeURIComponent(password)).toBe(password);
  }
});
