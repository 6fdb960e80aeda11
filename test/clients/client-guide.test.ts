import { OWN_CA, PUBLIC_ROOTS, RDS_BUNDLE } from '../../lib/engine/certificate-authority';
import { DatabaseEngine } from '../../lib/engine/database-engine';
import { TlsHandshake } from '../../lib/engine/tls-handshake';
import type { Member } from '../engine/engine-facts';
import { LEFT_ALONE } from '../support/text-functions';
import { guideOf, HOST, OTHER, portOf } from './engine-guide';

const CASES = DatabaseEngine.all().flatMap((engine) =>
  (['terminate', 'passthrough'] as const).flatMap((tls) =>
    [undefined, OTHER].map((certificateName) => ({
      engine,
      tls,
      certificateName,
      called: `${engine.name}, ${tls}${certificateName ? ', with another name in the certificate' : ''}`,
    })),
  ),
);

describe.each(CASES)('the guide of $called', ({ engine, tls, certificateName }) => {
  const guide = guideOf(engine, { tls, certificateName, user: 'ann', database: 'shop' });

  test('holds no password', () => {
    const text = JSON.stringify(guide);

    expect(text).not.toMatch(/(password|pwd|passwd)[=:]\s*\w/i);
    expect(text).not.toMatch(/:\/\/[^/@\s]*:[^/@\s]*@/);
  });

  test('names the endpoint in every recipe', () => {
    expect(guide).toMatchObject({ engine: engine.name, hostname: HOST, port: portOf(engine, tls) });
    expect(guide.clients.length).toBeGreaterThan(0);
    for (const { command, note } of guide.clients) {
      expect(`${command} ${note}`).toContain(HOST);
      expect(command).toContain(String(portOf(engine, tls)));
    }
  });

  test('says of every recipe what it verifies, and the best comes first', () => {
    const worth = guide.clients.map(({ verifiesName, verifiesChain }) => Number(verifiesName) + Number(verifiesChain));

    expect(Math.min(...worth)).toBeGreaterThan(0);
    expect(worth).toEqual([...worth].sort().reverse());
  });

  test('has every warning of the engine', () => {
    expect(guide.notes).toEqual(expect.arrayContaining(engine.warnings));
  });

  test('is made of sentences', () => {
    const notes = guide.clients.flatMap(({ note }) => note ?? []);

    for (const sentence of [...guide.notes, ...notes, guide.certificateAuthority.description]) {
      expect(sentence).toMatch(/^\S.*[.]$/);
    }
  });
});

describe('what clients can verify', () => {
  test('every engine has a client that verifies name and chain when the certificate carries the hostname', () => {
    const without = DatabaseEngine.all().filter((engine) =>
      guideOf(engine, { certificateName: HOST }).clients.every((c) => !(c.verifiesName && c.verifiesChain)),
    );

    // SSH knows the key of the host, and no CA.
    expect(without.map(({ name }) => name)).toEqual(['sftp']);
  });

  test('with another name in the certificate these have clients that verify the CA only', () => {
    const without = DatabaseEngine.all().filter((engine) =>
      guideOf(engine, { tls: 'passthrough', certificateName: OTHER }).clients.every(
        ({ verifiesName }) => !verifiesName,
      ),
    );

    expect(without.map(({ name }) => name)).toEqual(['aurora-mysql', 'clickhouse', 'documentdb', 'mongodb', 'mysql']);
  });

  test.each([
    ['redis', 'redis-cli'],
    ['valkey', 'valkey-cli'],
    ['cassandra', 'cqlsh'],
  ])('of %s, %s verifies the chain but never the name', (name, client) => {
    const engine = DatabaseEngine.all().find((each) => each.name === name)!;
    const recipe = guideOf(engine).clients.find((each) => each.client === client);

    expect(recipe).toMatchObject({ verifiesName: false, verifiesChain: true });
  });
});

describe('whose certificate it is', () => {
  test.each<[Member, 'terminate' | 'passthrough', string | undefined, boolean]>([
    ['REDIS', 'terminate', '/etc/ssl/certs/ca-certificates.crt', true],
    ['REDIS', 'passthrough', 'ca.pem', false],
    ['POSTGRESQL', 'passthrough', 'ca.pem', false],
    ['AURORA_POSTGRESQL', 'passthrough', 'global-bundle.pem', false],
    ['AURORA_MYSQL', 'passthrough', 'global-bundle.pem', false],
    ['DOCUMENTDB', 'passthrough', 'global-bundle.pem', false],
    ['DOCUMENTDB', 'terminate', '/etc/ssl/certs/ca-certificates.crt', true],
    ['REDSHIFT', 'passthrough', 'amazon-trust-ca-bundle.crt', false],
    ['NEPTUNE', 'passthrough', '/etc/ssl/certs/ca-certificates.crt', true],
    ['SFTP', 'passthrough', undefined, false],
  ])('%s over %s: %s', (member, tls, file, inSystemStore) => {
    const { certificateAuthority } = guideOf(DatabaseEngine[member] as DatabaseEngine, { tls });

    expect([certificateAuthority.file, certificateAuthority.inSystemStore]).toEqual([file, inSystemStore]);
  });

  test('is the one that the caller passes', () => {
    const guide = guideOf(DatabaseEngine.POSTGRESQL, { certificateAuthority: RDS_BUNDLE, certificateName: OTHER });

    expect(guide.certificateAuthority).toEqual(RDS_BUNDLE);
    expect(guide.clients[0].command).toContain('sslrootcert=global-bundle.pem');
  });

  test('needs no file where the operating system trusts it', () => {
    const more = { tls: 'passthrough', certificateAuthority: PUBLIC_ROOTS } as const;

    expect(guideOf(DatabaseEngine.SQL_SERVER, more).clients[0].note).toMatch(/what the operating system trusts\.$/);
    expect(guideOf(DatabaseEngine.SQL_SERVER, more).clients[1].command).not.toContain('certificate=');
    expect(guideOf(DatabaseEngine.SQL_SERVER, { ...more, certificateAuthority: OWN_CA }).clients[0].note).toMatch(
      /add `ca\.pem` to its store\.$/,
    );
  });

  test('is in the file that the caller names', () => {
    const guide = guideOf(DatabaseEngine.REDIS, { caFile: 'corp roots.pem' });

    expect(guide.certificateAuthority.file).toBe('corp roots.pem');
    expect(guide.clients[1].command).toContain("--cacert 'corp roots.pem'");
  });
});

describe('a custom engine', () => {
  const custom = (handshake: TlsHandshake) =>
    DatabaseEngine.custom({ name: 'etcd', port: 2379, handshake, urlScheme: 'https', warnings: ['Mind the gap.'] });

  test('that opens with TLS can be reached by any TLS client', () => {
    const guide = guideOf(custom(TlsHandshake.IMMEDIATE));

    expect(guide.clients.map(({ client }) => client)).toEqual(['openssl', 'stunnel']);
    expect(guide.url).toBe('https://db.example.com:2379');
    expect(guide.notes).toContain('Mind the gap.');
  });

  test('that negotiates TLS has no known clients', () => {
    expect(guideOf(custom(TlsHandshake.NEGOTIATED)).clients).toEqual([]);
  });

  test('without TLS can be wrapped', () => {
    expect(guideOf(custom(TlsHandshake.NONE), { tls: 'terminate' }).clients.map(({ client }) => client)).toEqual([
      'stunnel',
    ]);
  });
});

describe('values that are known after apply', () => {
  const hostname = '${TfToken[TOKEN.7]}';
  const certificateName = '${TfToken[TOKEN.8]}';

  test.each(CASES.filter((each) => !each.certificateName))('pass through the guide of $called', ({ engine, tls }) => {
    const guide = guideOf(engine, {
      tls,
      hostname,
      certificateName,
      user: '${TfToken[TOKEN.9]}',
      database: '${TfToken[TOKEN.10]}',
      terraform: LEFT_ALONE,
    });
    const text = JSON.stringify(guide);

    expect(guide.hostname).toBe(hostname);
    expect(guide.serverName).toBe(certificateName);
    // Every token is whole: what remains without them holds no trace of one.
    expect(text.replaceAll(/\$\{TfToken\[TOKEN\.\d+\]\}/g, '')).not.toMatch(/TfToken|TOKEN\.|\$\{/);
    for (const { command, note } of guide.clients) expect(`${command} ${note}`).toContain(hostname);
  });
});
