import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatAddress, parseAddress } from '../../../cli/check/address';
import { readAuthorities } from '../../../cli/check/authorities';
import { type CheckOptions, requestOf } from '../../../cli/check/options';
import { UsageError } from '../../../cli/usage-error';
import { authority } from '../support/certificates';

const folder = mkdtempSync(join(tmpdir(), 'check-options-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('an address', () => {
  test.each([
    ['db.example.com', { host: 'db.example.com' }],
    ['db.example.com:5433', { host: 'db.example.com', port: 5433 }],
    ['10.0.0.5:1', { host: '10.0.0.5', port: 1 }],
    ['[2001:db8::1]:65535', { host: '2001:db8::1', port: 65535 }],
    ['[2001:db8::1]', { host: '2001:db8::1' }],
    ['2001:db8::1', { host: '2001:db8::1' }],
  ])('may be %s', (text, expected) => {
    expect(parseAddress(text)).toEqual(expected);
  });

  test.each(['', ':5432', 'db:', 'db:port', 'db:0', 'db:65536', 'db:123456', 'a b', '[db]:5432', '[::1', 'a:1:2'])(
    'may not be %j',
    (text) => {
      expect(() => parseAddress(text)).toThrow(UsageError);
    },
  );

  test.each(['postgresql://user:secret@db/orders', 'user:secret@db'])(
    'may not be a URL, whose password is not repeated',
    (text) => {
      expect(() => parseAddress(text)).toThrow(/^Write HOST or HOST:PORT, not a URL\.$/);
    },
  );

  test.each([
    ['db.example.com', 'db.example.com:5432'],
    ['2001:db8::1', '[2001:db8::1]:5432'],
  ])('is written so that it can be read again: %s', (host, text) => {
    expect(formatAddress(host, 5432)).toBe(text);
    expect(parseAddress(text)).toEqual({ host, port: 5432 });
  });
});

describe('the options of a check', () => {
  const options = (different: Partial<CheckOptions> = {}) => ({ engine: 'postgresql', timeout: '10', ...different });

  it('need no more than an engine', () => {
    expect(requestOf('db', options())).toMatchObject({
      host: 'db',
      port: 5432,
      serverName: 'db',
      timeoutSeconds: 10,
      expect: 'open',
      idleSeconds: undefined,
      authorities: undefined,
    });
  });

  test.each([
    ['rabbitmq', 5671],
    ['RabbitMQ', 5671],
    ['redis', 6379],
    ['sftp', 22],
  ])('take the port for TLS of %s', (engine, port) => {
    expect(requestOf('db', options({ engine })).port).toBe(port);
  });

  it('may say everything', () => {
    const ca = file('everything.pem', authority().certificate);

    expect(requestOf('db:1', options({ ca, servername: 'x', idle: '0.5', timeout: '2' }))).toMatchObject({
      port: 1,
      serverName: 'x',
      idleSeconds: 0.5,
      timeoutSeconds: 2,
      authorities: { file: ca },
    });
    expect(requestOf('db', options({ expect: 'blocked' })).expect).toBe('blocked');
  });

  test.each<[Partial<CheckOptions>, RegExp]>([
    [{ engine: 'oraclesql' }, /'oraclesql' is not an engine\. The engines are .*oracle, postgresql/],
    [{ expect: 'open' }, /--expect 'open' is not supported/],
    [{ expect: 'blocked', idle: '5' }, /Leave one of them out/],
    [{ servername: '' }, /--servername is empty/],
    [{ timeout: 'soon' }, /--timeout 'soon' is not a number of seconds/],
    [{ timeout: '0' }, /--timeout/],
    [{ timeout: '601' }, /up to 600/],
    [{ idle: '-1' }, /--idle/],
    [{ idle: '1e9' }, /--idle/],
    [{ ca: 'no/such/file.pem' }, /no\/such\/file\.pem cannot be read: ENOENT/],
  ])('may not be %j', (different, message) => {
    expect(() => requestOf('db', options(different))).toThrow(message);
  });
});

describe('a file of CA certificates', () => {
  const first = authority('First').certificate;
  const second = authority('Second').certificate;

  it('may hold several, and words between them', () => {
    const { pem } = readAuthorities(file('several.pem', `# First\n${first}\n# Second\n${second}`));

    expect(pem.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(pem).not.toMatch(/#/);
  });

  it('may not be empty', () => {
    expect(() => readAuthorities(file('empty.pem', 'hello'))).toThrow(/contains no certificate/);
  });

  it('may not hold one that cannot be read', () => {
    const broken = first.replace(/\n.{10}/, '\nAAAAAAAAAA');

    expect(() => readAuthorities(file('broken.pem', second + broken))).toThrow(/Certificate 2 in .* cannot be read/);
  });
});
