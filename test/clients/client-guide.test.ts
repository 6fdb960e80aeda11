import * as fc from 'fast-check';
import { buildClientGuide, type ClientGuide, type ClientGuideInput } from '../../lib/clients/client-guide';
import { OWN_CA, PUBLIC_ROOTS, RDS_BUNDLE } from '../../lib/engine/certificate-authority';
import { DatabaseEngine } from '../../lib/engine/database-engine';
import { TlsHandshake } from '../../lib/engine/tls-handshake';
import { LEFT_ALONE } from '../support/text-functions';

const HOST = 'db.example.com';
const OTHER = 'orders.abc.rds.amazonaws.com';

type Member = keyof typeof DatabaseEngine;

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

  test('tells everything the engine warns of', () => {
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

describe('the exact command', () => {
  const commands: [engine: Member, client: string, certificateName: string | undefined, command: string][] = [
    [
      'POSTGRESQL',
      'psql',
      undefined,
      "psql 'postgresql://ann@db.example.com:5432/shop?sslmode=verify-full&sslrootcert=ca.pem'",
    ],
    [
      'POSTGRESQL',
      'psql',
      OTHER,
      "psql 'postgresql://ann@orders.abc.rds.amazonaws.com:5432/shop?hostaddr=ENDPOINT_ADDRESS&sslmode=verify-full&sslrootcert=ca.pem'",
    ],
    [
      'POSTGRESQL',
      'psql (CA only)',
      OTHER,
      "psql 'postgresql://ann@db.example.com:5432/shop?sslmode=verify-ca&sslrootcert=ca.pem'",
    ],
    [
      'AURORA_POSTGRESQL',
      'psql',
      OTHER,
      "psql 'postgresql://ann@orders.abc.rds.amazonaws.com:5432/shop?hostaddr=ENDPOINT_ADDRESS&sslmode=verify-full&sslrootcert=global-bundle.pem'",
    ],
    [
      'AURORA_POSTGRESQL',
      'psql',
      undefined,
      "psql 'postgresql://ann@DATABASE_ENDPOINT:5432/shop?hostaddr=ENDPOINT_ADDRESS&sslmode=verify-full&sslrootcert=global-bundle.pem'",
    ],
    [
      'REDSHIFT',
      'psql (CA only)',
      undefined,
      "psql 'postgresql://ann@db.example.com:5439/shop?sslmode=verify-ca&sslrootcert=amazon-trust-ca-bundle.crt'",
    ],
    [
      'MYSQL',
      'mysql',
      undefined,
      'mysql --host=db.example.com --port=3306 --user=ann -p --database=shop --ssl-ca=ca.pem --ssl-mode=VERIFY_IDENTITY',
    ],
    [
      'MYSQL',
      'mysql (CA only)',
      OTHER,
      'mysql --host=db.example.com --port=3306 --user=ann -p --database=shop --ssl-ca=ca.pem --ssl-mode=VERIFY_CA',
    ],
    [
      'MARIADB',
      'mariadb',
      undefined,
      'mariadb --host=db.example.com --port=3306 --user=ann -p --database=shop --ssl-ca=ca.pem --ssl-verify-server-cert',
    ],
    [
      'MARIADB',
      'mariadb',
      OTHER,
      'mariadb --host=orders.abc.rds.amazonaws.com --port=3306 --user=ann -p --database=shop --ssl-ca=ca.pem --ssl-verify-server-cert',
    ],
    ['SQL_SERVER', 'sqlcmd', undefined, 'sqlcmd -S tcp:db.example.com,1433 -U ann -d shop -Nm'],
    [
      'SQL_SERVER',
      'sqlcmd',
      OTHER,
      'sqlcmd -S tcp:db.example.com,1433 -U ann -d shop -Nm -F orders.abc.rds.amazonaws.com',
    ],
    [
      'SQL_SERVER',
      'go-mssqldb',
      OTHER,
      'sqlserver://ann@db.example.com:1433?certificate=ca.pem&database=shop&encrypt=true&hostNameInCertificate=orders.abc.rds.amazonaws.com&trustServerCertificate=false',
    ],
    [
      'ORACLE',
      'sqlplus',
      undefined,
      `sqlplus '"ann"@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCPS)(HOST=db.example.com)(PORT=2484))(CONNECT_DATA=(SERVICE_NAME=shop))(SECURITY=(SSL_SERVER_DN_MATCH=YES)(WALLET_LOCATION=WALLET)))'`,
    ],
    [
      'ORACLE',
      'sqlplus',
      OTHER,
      `sqlplus '"ann"@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCPS)(HOST=db.example.com)(PORT=2484))(CONNECT_DATA=(SERVICE_NAME=shop))(SECURITY=(SSL_SERVER_DN_MATCH=YES)(SSL_SERVER_CERT_DN="CN=orders.abc.rds.amazonaws.com")(WALLET_LOCATION=WALLET)))'`,
    ],
    [
      'REDIS',
      'redis-cli',
      undefined,
      'redis-cli -h db.example.com -p 6379 --tls --sni db.example.com --user ann --askpass',
    ],
    [
      'VALKEY',
      'valkey-cli',
      undefined,
      'valkey-cli -h db.example.com -p 6379 --tls --sni db.example.com --user ann --askpass',
    ],
    [
      'MEMCACHED',
      'openssl',
      undefined,
      'openssl s_client -connect db.example.com:11211 -servername db.example.com -verify_hostname db.example.com -verify_return_error -quiet',
    ],
    [
      'MONGODB',
      'mongosh',
      undefined,
      "mongosh 'mongodb://db.example.com:27017/shop?directConnection=true&tls=true' --username=ann",
    ],
    [
      'DOCUMENTDB',
      'mongosh',
      undefined,
      "mongosh 'mongodb://db.example.com:27017/shop?directConnection=true&retryWrites=false&tls=true' --username=ann",
    ],
    ['ELASTICSEARCH', 'curl', undefined, 'curl --fail-with-body --user ann https://db.example.com:9200/'],
    ['OPENSEARCH', 'curl', undefined, 'curl --fail-with-body --user ann https://db.example.com:9200/'],
    ['COUCHDB', 'curl', undefined, 'curl --fail-with-body --user ann https://db.example.com:6984/_up'],
    ['INFLUXDB', 'curl', undefined, 'curl --fail-with-body --user ann https://db.example.com:8086/ping'],
    ['CLICKHOUSE_HTTP', 'curl', undefined, 'curl --fail-with-body --user ann https://db.example.com:8443/ping'],
    ['NEPTUNE', 'curl', undefined, 'curl --fail-with-body --user ann https://db.example.com:8182/status'],
    [
      'ELASTICSEARCH',
      'curl',
      OTHER,
      'curl --fail-with-body --user ann --connect-to orders.abc.rds.amazonaws.com:9200:db.example.com:9200 https://orders.abc.rds.amazonaws.com:9200/',
    ],
    [
      'RABBITMQ',
      'Shovel and Federation plugins',
      undefined,
      'amqps://ann@db.example.com:5671/shop?cacertfile=%2Fetc%2Fssl%2Fcerts%2Fca-certificates.crt&server_name_indication=db.example.com&verify=verify_peer',
    ],
    [
      'CASSANDRA',
      'cqlsh',
      undefined,
      'env SSL_CERTFILE=/etc/ssl/certs/ca-certificates.crt SSL_VALIDATE=true cqlsh --ssl db.example.com 9142 --username=ann',
    ],
    ['SFTP', 'sftp', undefined, 'sftp -P 22 -o StrictHostKeyChecking=yes ann@db.example.com'],
    [
      'SFTP',
      'sftp',
      OTHER,
      'sftp -P 22 -o StrictHostKeyChecking=yes -o HostKeyAlias=orders.abc.rds.amazonaws.com ann@db.example.com',
    ],
  ];

  test.each(commands)('of %s for %s (certificate: %s)', (member, client, certificateName, command) => {
    const guide = guideOf(DatabaseEngine[member] as DatabaseEngine, { certificateName, user: 'ann', database: 'shop' });

    expect(guide.clients.find((each) => each.client === client)?.command).toBe(command);
  });

  test('of stunnel is its whole configuration', () => {
    const guide = guideOf(DatabaseEngine.MEMCACHED, { tls: 'passthrough', certificateName: OTHER });

    expect(guide.clients[0].command).toBe(`stunnel -fd 0 <<'END'
foreground = yes
pid =
socket = r:SO_KEEPALIVE=1
socket = r:TCP_KEEPIDLE=30
socket = r:TCP_KEEPINTVL=7
[memcached]
client = yes
accept = 127.0.0.1:11211
connect = db.example.com:11211
sni = orders.abc.rds.amazonaws.com
checkHost = orders.abc.rds.amazonaws.com
verifyChain = yes
CAfile = ca.pem
END`);
    expect(guide.clients[0].note).toContain('`memcstat --servers=127.0.0.1:11211`');
  });

  test('of pika is a whole program', () => {
    const guide = guideOf(DatabaseEngine.RABBITMQ, { tls: 'passthrough', user: "o'brien", database: 'a"b' });

    expect(guide.clients[0].command).toBe(`python3 -c 'import getpass, pika, ssl
tls = ssl.create_default_context(cafile="ca.pem")
login = pika.PlainCredentials("o'\\''brien", getpass.getpass())
pika.BlockingConnection(pika.ConnectionParameters(
    "db.example.com", 5672, "a\\"b", login, ssl_options=pika.SSLOptions(tls, "db.example.com")))'`);
  });

  test('of pika trusts what Python trusts behind a public certificate', () => {
    expect(guideOf(DatabaseEngine.RABBITMQ).clients[0].command).toContain('create_default_context()\n');
  });

  test('of clickhouse-client writes down what it verifies', () => {
    const own = guideOf(DatabaseEngine.CLICKHOUSE, { tls: 'passthrough', certificateName: OTHER }).clients[0].command;
    const shown = guideOf(DatabaseEngine.CLICKHOUSE).clients[0].command;

    expect(shown).toContain('<extendedVerification>true</extendedVerification>');
    expect(shown).toContain('<loadDefaultCAFile>true</loadDefaultCAFile>');
    expect(shown).not.toContain('caConfig');
    expect(shown).toMatch(/clickhouse-client 'clickhouse:\/\/USER@db\.example\.com:9440\/DATABASE\?secure'/);
    expect(own).toContain('<extendedVerification>false</extendedVerification>');
    expect(own).toContain('<caConfig>ca.pem</caConfig>');
  });

  test('leaves words in capitals where nobody said user and database', () => {
    expect(guideOf(DatabaseEngine.POSTGRESQL).clients[0].command).toContain('//USER@db.example.com:5432/DATABASE?');
    expect(guideOf(DatabaseEngine.MYSQL).clients[0].command).toMatch(/--user=USER -p --database=DATABASE /);
    expect(guideOf(DatabaseEngine.MARIADB).clients[0].command).toMatch(/--user=USER -p --database=DATABASE /);
    expect(guideOf(DatabaseEngine.SQL_SERVER).clients[0].command).toContain('-U USER -d DATABASE');
    expect(guideOf(DatabaseEngine.ORACLE).clients[0].command).toMatch(/USER@.*SERVICE_NAME=SERVICE/);
    expect(guideOf(DatabaseEngine.MONGODB).clients[0].command).toMatch(/\/DATABASE\?.* --username=USER$/);
    expect(guideOf(DatabaseEngine.RABBITMQ).clients[0].command).toMatch(/Credentials\("USER"[\s\S]*5671, "\/", login/);
    expect(guideOf(DatabaseEngine.CASSANDRA).clients[0].note).toContain('--username=USER');
    expect(guideOf(DatabaseEngine.SFTP).clients[0].command).toContain('USER@');
  });

  test('asks for no user where clients can do without', () => {
    expect(guideOf(DatabaseEngine.REDIS).clients[1].command).not.toContain('--user');
    expect(guideOf(DatabaseEngine.ELASTICSEARCH).clients[0].command).not.toContain('--user');
  });

  test('quotes what the shell would read more into', () => {
    const guide = guideOf(DatabaseEngine.MYSQL, { user: "o'brien; rm", database: 'a b' });

    expect(guide.clients[0].command).toContain(` '--user=o'\\''brien; rm' `);
    expect(guide.clients[0].command).toContain(" '--database=a b' ");
  });

  test('gives an address of IPv6 in brackets where a port follows', () => {
    const hostname = '2001:db8::1';

    expect(guideOf(DatabaseEngine.COUCHDB, { hostname }).clients[0].command).toContain(
      "'https://[2001:db8::1]:6984/_up'",
    );
    expect(guideOf(DatabaseEngine.REDIS, { hostname }).clients[0].command).toContain('connect = [2001:db8::1]:6379');
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

  test('is what the caller knows better', () => {
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

  test('stands in the file that the caller names', () => {
    const guide = guideOf(DatabaseEngine.REDIS, { caFile: 'corp roots.pem' });

    expect(guide.certificateAuthority.file).toBe('corp roots.pem');
    expect(guide.clients[1].command).toContain("--cacert 'corp roots.pem'");
  });
});

describe('what else a guide says', () => {
  test('a listener that terminates drops idle connections after 350 seconds', () => {
    expect(guideOf(DatabaseEngine.REDIS, { idleTimeoutSeconds: 3600 }).notes.join()).toContain('idle for 350 seconds');
  });

  test('a listener that passes through drops idle connections when it was told to', () => {
    const notes = guideOf(DatabaseEngine.POSTGRESQL, { idleTimeoutSeconds: 3600 }).notes.join();

    expect(notes).toContain('idle for 3600 seconds');
    expect(notes).not.toContain('idle for 350');
    expect(guideOf(DatabaseEngine.POSTGRESQL).notes.join()).not.toContain('idle');
  });

  test('why keepalives and timeouts protect from a primary that is gone', () => {
    for (const engine of [DatabaseEngine.POSTGRESQL, DatabaseEngine.REDIS]) {
      expect(guideOf(engine).notes.join()).toMatch(/dies sends no reset.*keepalives and timeouts.*after 350 seconds/);
    }
  });

  test('which clients the URL of MySQL and MariaDB is for', () => {
    for (const engine of [DatabaseEngine.MYSQL, DatabaseEngine.AURORA_MYSQL, DatabaseEngine.MARIADB]) {
      expect(guideOf(engine).notes.join()).toMatch(/for MySQL Shell and clients of X DevAPI.*not confirmed here/);
    }
    expect(guideOf(DatabaseEngine.POSTGRESQL).notes.join()).not.toContain('X DevAPI');
  });

  test('that libpq takes all addresses of the endpoint', () => {
    const [{ note }] = guideOf(DatabaseEngine.POSTGRESQL, { certificateName: OTHER }).clients;

    expect(note).toMatch(/hostaddr takes a list with commas.*as often/);
  });

  test.each([
    ['of a name of RDS', { certificateName: 'orders.abc123.eu-central-1.rds.amazonaws.com' }],
    [
      'of a database that is known to be one of RDS',
      { certificateName: 'orders.corp.example', targetAuthority: 'rds' as const },
    ],
    [
      'of a name of RDS that is known after apply',
      { certificateName: 'TOKEN', certificateNameExpression: 'aws_db_instance.orders.address' },
    ],
  ])('the whole distinguished name for Oracle, %s', (_, more) => {
    const [{ command, note }] = guideOf(DatabaseEngine.ORACLE, { tls: 'passthrough', ...more }).clients;

    expect(command).toContain(
      `(SSL_SERVER_CERT_DN="C=US,ST=Washington,L=Seattle,O=Amazon.com,OU=RDS,CN=${more.certificateName}")`,
    );
    expect(note).toMatch(/not confirmed here for GovCloud and China/);
  });

  test('that only the CN is known of the certificate of another Oracle', () => {
    const [{ command, note }] = guideOf(DatabaseEngine.ORACLE, { certificateName: 'db.corp.example' }).clients;

    expect(command).toContain('(SSL_SERVER_CERT_DN="CN=db.corp.example")');
    expect(note).toMatch(/put the subject of the certificate in its place/);
  });

  test('a login of Oracle as its statements create it, with its case', () => {
    const guide = guideOf(DatabaseEngine.ORACLE, { user: 'looker' });

    expect(guide.clients[0].command).toContain(`sqlplus '"looker"@(`);
    expect(guide.userStatements?.statements.join('\n')).toContain('CREATE USER "looker"');
  });

  test('passthrough leaves it to the database to refuse clients without TLS', () => {
    expect(guideOf(DatabaseEngine.AURORA_POSTGRESQL).notes.join()).toContain('rds.force_ssl = 1');
    expect(guideOf(DatabaseEngine.MYSQL).notes.join()).toContain('require_secure_transport = ON');
    expect(guideOf(DatabaseEngine.REDIS, { tls: 'passthrough' }).notes.join()).not.toContain('refuse');
  });

  test('another name in the certificate, and what to do about it', () => {
    const notes = guideOf(DatabaseEngine.MYSQL, { certificateName: OTHER }).notes.join();

    expect(notes).toContain(`carries the name ${OTHER}, not ${HOST}`);
    expect(notes).toContain('split-horizon');
  });

  test('SSH has no certificate to speak of', () => {
    expect(guideOf(DatabaseEngine.SFTP, { certificateName: OTHER }).notes).toEqual([]);
  });

  test('what the words in capitals stand for, where they appear', () => {
    const managed = guideOf(DatabaseEngine.REDSHIFT);
    const known = guideOf(DatabaseEngine.REDSHIFT, { certificateName: OTHER, address: '192.0.2.7' });

    expect(managed.serverName).toBe('DATABASE_ENDPOINT');
    expect(managed.notes.join()).toContain('DATABASE_ENDPOINT stands for');
    expect(managed.notes.join()).toContain('ENDPOINT_ADDRESS stands for');
    expect(known.serverName).toBe(OTHER);
    expect(known.notes.join()).not.toContain('stands for');
    expect(known.clients[0].command).toContain('hostaddr=192.0.2.7');
  });

  test('a client that negotiates needs a wrapper in front of a listener that terminates', () => {
    const guide = guideOf(DatabaseEngine.POSTGRESQL, { tls: 'terminate' });

    expect(guide.clients.map(({ client }) => client)).toEqual(['stunnel']);
    expect(guide.clients[0].note).toBe('Then connect without TLS to 127.0.0.1, port 5432.');
    expect(guide.url).toBeUndefined();
  });

  test('the URL, with what a URL of the engine can hold', () => {
    const more = { user: 'ann', database: 'shop' };

    expect(guideOf(DatabaseEngine.POSTGRESQL, more).url).toBe(
      'postgresql://ann@db.example.com:5432/shop?sslmode=verify-full',
    );
    expect(guideOf(DatabaseEngine.ORACLE, more).url).toBe('tcps://db.example.com:2484/shop?ssl_server_dn_match=yes');
    expect(guideOf(DatabaseEngine.SFTP, more).url).toBe('sftp://ann@db.example.com:22');
    expect(guideOf(DatabaseEngine.MEMCACHED, more).url).toBeUndefined();
  });

  test('no URL where the name of a database cannot be written in one', () => {
    expect(guideOf(DatabaseEngine.COUCHDB, { database: '..' }).url).toBeUndefined();
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

  test('that does TLS in its own way has clients we do not know', () => {
    expect(guideOf(custom(TlsHandshake.NEGOTIATED)).clients).toEqual([]);
  });

  test('that does no TLS can be wrapped', () => {
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

test('whatever user and database are called, a shell reads them as one word each', () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(text, text, (user, database) => {
      const [mysql] = guideOf(DatabaseEngine.MYSQL, { user, database }).clients;

      expect(shellWords(mysql.command).slice(3)).toEqual([
        `--user=${user}`,
        '-p',
        `--database=${database}`,
        '--ssl-ca=ca.pem',
        '--ssl-mode=VERIFY_IDENTITY',
      ]);
    }),
  );
});

function guideOf(engine: DatabaseEngine, more: Partial<ClientGuideInput> = {}): ClientGuide {
  const tls = more.tls ?? (engine.handshake === TlsHandshake.IMMEDIATE ? 'terminate' : 'passthrough');
  return buildClientGuide({
    engine,
    hostname: HOST,
    port: portOf(engine, tls),
    terraform: LEFT_ALONE,
    ...more,
    tls,
  });
}

function portOf(engine: DatabaseEngine, tls: 'terminate' | 'passthrough'): number {
  return tls === 'terminate' ? engine.tlsPort : engine.port;
}

/** What a POSIX shell makes of a line that only has bare words and single quotes. */
function shellWords(line: string): string[] {
  const words = line.match(/(?:'[^']*'|\\'|[^\s'\\])+/g) ?? [];
  return words.map((word) => word.replaceAll(/'([^']*)'|\\(')/g, (_all, quoted, escaped) => escaped ?? quoted));
}
