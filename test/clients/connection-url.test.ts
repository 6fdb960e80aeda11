import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { buildClientGuide } from '../../lib/clients/client-guide';
import { connectionUrl } from '../../lib/clients/connection-url';
import { URL_RULES } from '../../lib/clients/connection-url-rules';
import { knownParameters } from '../../lib/clients/families';
import type { ConnectionUrlInput } from '../../lib/clients/write-url';
import { DatabaseEngine } from '../../lib/engine/database-engine';
import { TlsHandshake } from '../../lib/engine/tls-handshake';
import { LEFT_ALONE, READABLE } from '../support/text-functions';

const HOST = 'db.example.com';

/** Name of a catalogue entry, which reads better in the name of a test than the engine itself. */
type Member = keyof typeof DatabaseEngine;

describe('the URL of each engine', () => {
  const urls: [engine: Member, tls: 'terminate' | 'passthrough', url: string][] = [
    ['POSTGRESQL', 'passthrough', 'postgresql://ann@db.example.com:5432/shop?sslmode=verify-full'],
    ['AURORA_POSTGRESQL', 'passthrough', 'postgresql://ann@db.example.com:5432/shop?sslmode=verify-ca'],
    ['COCKROACHDB', 'passthrough', 'postgresql://ann@db.example.com:26257/shop?sslmode=verify-full'],
    ['REDSHIFT', 'passthrough', 'postgresql://ann@db.example.com:5439/shop?sslmode=verify-ca'],
    ['MYSQL', 'passthrough', 'mysql://ann@db.example.com:3306/shop?ssl-mode=VERIFY_IDENTITY'],
    ['AURORA_MYSQL', 'passthrough', 'mysql://ann@db.example.com:3306/shop?ssl-mode=VERIFY_CA'],
    ['MARIADB', 'passthrough', 'mariadb://ann@db.example.com:3306/shop?ssl-mode=VERIFY_IDENTITY'],
    [
      'SQL_SERVER',
      'passthrough',
      'sqlserver://ann@db.example.com:1433?database=shop&encrypt=true&trustServerCertificate=false',
    ],
    ['REDIS', 'terminate', 'rediss://ann@db.example.com:6379/shop'],
    ['REDIS', 'passthrough', 'rediss://ann@db.example.com:6379/shop'],
    ['VALKEY', 'terminate', 'rediss://ann@db.example.com:6379/shop'],
    ['MONGODB', 'terminate', 'mongodb://ann@db.example.com:27017/shop?directConnection=true&tls=true'],
    [
      'DOCUMENTDB',
      'terminate',
      'mongodb://ann@db.example.com:27017/shop?directConnection=true&retryWrites=false&tls=true',
    ],
    [
      'DOCUMENTDB',
      'passthrough',
      'mongodb://ann@db.example.com:27017/shop?directConnection=true&retryWrites=false&tls=true&tlsAllowInvalidHostnames=true',
    ],
    ['ELASTICSEARCH', 'terminate', 'https://ann@db.example.com:9200/shop'],
    ['OPENSEARCH', 'terminate', 'https://ann@db.example.com:9200/shop'],
    ['COUCHDB', 'terminate', 'https://ann@db.example.com:6984/shop'],
    ['INFLUXDB', 'terminate', 'https://ann@db.example.com:8086/?db=shop'],
    ['RABBITMQ', 'terminate', 'amqps://ann@db.example.com:5671/shop?verify=verify_peer'],
    ['CLICKHOUSE', 'terminate', 'clickhouse://ann@db.example.com:9440/shop?secure'],
    ['CLICKHOUSE_HTTP', 'terminate', 'https://ann@db.example.com:8443/?database=shop'],
  ];

  test.each(urls)('of %s over %s', (engine, tls, url) => {
    expect(connectionUrl(input(DatabaseEngine[engine] as DatabaseEngine, { tls, user: 'ann', database: 'shop' }))).toBe(
      url,
    );
  });

  test('Oracle takes no user in a URL', () => {
    expect(connectionUrl(input(DatabaseEngine.ORACLE, { database: 'shop' }))).toBe(
      'tcps://db.example.com:2484/shop?ssl_server_dn_match=yes',
    );
  });

  test('Neptune takes neither user nor database in a URL', () => {
    expect(connectionUrl(input(DatabaseEngine.NEPTUNE))).toBe('https://db.example.com:8182');
  });

  test('SFTP takes no database in a URL', () => {
    expect(connectionUrl(input(DatabaseEngine.SFTP, { user: 'ann' }))).toBe('sftp://ann@db.example.com:22');
  });

  test('without user and database the slash stays where drivers want it', () => {
    expect(connectionUrl(input(DatabaseEngine.MONGODB))).toBe(
      'mongodb://db.example.com:27017/?directConnection=true&tls=true',
    );
    expect(connectionUrl(input(DatabaseEngine.POSTGRESQL))).toBe(
      'postgresql://db.example.com:5432?sslmode=verify-full',
    );
    expect(connectionUrl(input(DatabaseEngine.RABBITMQ))).toBe('amqps://db.example.com:5671?verify=verify_peer');
  });

  test('the default virtual host of RabbitMQ is one path segment', () => {
    expect(connectionUrl(input(DatabaseEngine.RABBITMQ, { database: '/' }))).toBe(
      'amqps://db.example.com:5671/%2F?verify=verify_peer',
    );
  });

  test('a custom engine has scheme, user, host, port and database in the usual places', () => {
    const engine = DatabaseEngine.custom({
      name: 'etcd',
      port: 2379,
      handshake: TlsHandshake.IMMEDIATE,
      urlScheme: 'https',
    });

    expect(connectionUrl(input(engine, { user: 'ann', database: 'v3' }))).toBe('https://ann@db.example.com:2379/v3');
  });
});

describe('a certificate with another name', () => {
  const certificateName = 'orders.abc.rds.amazonaws.com';

  test.each<[Member, string]>([
    ['POSTGRESQL', 'sslmode=verify-ca'],
    ['MYSQL', 'ssl-mode=VERIFY_CA'],
    ['MARIADB', 'ssl-mode=VERIFY_CA'],
    ['SQL_SERVER', `hostNameInCertificate=${certificateName}`],
    ['MONGODB', 'tlsAllowInvalidHostnames=true'],
    ['RABBITMQ', `server_name_indication=${certificateName}`],
  ])('of %s is said as %s', (engine, parameter) => {
    const url = String(connectionUrl(input(DatabaseEngine[engine] as DatabaseEngine, { certificateName })));

    expect(url.split(/[?&]/)).toContain(parameter);
    expect(url).toContain(`//${HOST}:`);
  });

  test('that is the hostname after all changes nothing', () => {
    expect(connectionUrl(input(DatabaseEngine.AURORA_POSTGRESQL, { certificateName: HOST }))).toBe(
      'postgresql://db.example.com:5432?sslmode=verify-full',
    );
  });
});

describe('hosts', () => {
  test('an address of IPv6 stands in brackets', () => {
    expect(connectionUrl(input(DatabaseEngine.REDIS, { hostname: '2001:db8::1' }))).toBe('rediss://[2001:db8::1]:6379');
  });

  test('an unknown host is left alone', () => {
    const hostname = '${TfToken[TOKEN.7]}';

    expect(connectionUrl(input(DatabaseEngine.REDIS, { hostname }))).toBe(`rediss://${hostname}:6379`);
  });

  test('unknown users and databases are encoded by Terraform', () => {
    const [user, database] = ['${TfToken[TOKEN.1]}', '${TfToken[TOKEN.2]}'];

    expect(connectionUrl(input(DatabaseEngine.POSTGRESQL, { user, database, terraform: READABLE }))).toBe(
      `postgresql://\${percentEncode(${user})}@db.example.com:5432/\${percentEncode(${database})}?sslmode=verify-full`,
    );
  });
});

describe('parameters', () => {
  test('extend the defaults, in the order of their names', () => {
    const parameters = { target_session_attrs: 'read-write', application_name: 'looker ' };

    expect(connectionUrl(input(DatabaseEngine.POSTGRESQL, { parameters }))).toBe(
      'postgresql://db.example.com:5432?application_name=looker%20&sslmode=verify-full&target_session_attrs=read-write',
    );
  });

  test('replace a default in any spelling', () => {
    const parameters = { TLS: 'true', directconnection: 'true' };

    expect(connectionUrl(input(DatabaseEngine.MONGODB, { parameters }))).toBe(
      'mongodb://db.example.com:27017/?TLS=true&directconnection=true',
    );
  });

  test('may verify the CA only, which passthrough to a managed database needs', () => {
    expect(connectionUrl(input(DatabaseEngine.POSTGRESQL, { parameters: { sslmode: 'verify-ca' } }))).toBe(
      'postgresql://db.example.com:5432?sslmode=verify-ca',
    );
  });

  test.each([
    'password',
    'PGPASSWORD',
    'sslpassword',
    'tlsCertificateKeyFilePassword',
    'pwd',
    'pass',
    'p',
    'passwd',
    'trustStorePassphrase',
    'client_secret',
    'access_token',
    'api_key',
    'apiKey',
    'AccessKeyID',
    'SecretAccessKey',
    'SessionToken',
    'authMechanismProperties',
    'credentials',
  ])('%s is refused, without repeating the secret', (name) => {
    const problems = problemsOf(input(DatabaseEngine.POSTGRESQL, { parameters: { [name]: 'hunter2' } }));

    expect(problems).toEqual([
      expect.objectContaining({ rule: 'UrlParameterCarriesSecret', property: `connectionUrl.parameters.${name}` }),
    ]);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  test.each(['passfile', 'sslkey', 'connect_timeout', 'options', 'ApplicationName'])('%s is no secret', (name) => {
    expect(typeof connectionUrl(input(DatabaseEngine.POSTGRESQL, { parameters: { [name]: 'x' } }))).toBe('string');
  });

  test.each<[Member, string, string]>([
    ['POSTGRESQL', 'sslmode', 'disable'],
    ['POSTGRESQL', 'sslmode', 'allow'],
    ['POSTGRESQL', 'sslmode', 'prefer'],
    ['POSTGRESQL', 'sslmode', 'require'],
    ['POSTGRESQL', 'sslmode', 'no-verify'],
    ['POSTGRESQL', 'sslMode', ''],
    ['POSTGRESQL', 'sslfactory', 'org.postgresql.ssl.NonValidatingFactory'],
    ['POSTGRESQL', 'sslhostnameverifier', 'com.example.AllowAll'],
    ['POSTGRESQL', 'ssl_min_protocol_version', 'TLSv1'],
    ['POSTGRESQL', 'gssencmode', 'prefer'],
    ['REDSHIFT', 'ssl', 'false'],
    ['MYSQL', 'ssl_disabled', 'true'],
    ['MYSQL', 'allowPublicKeyRetrieval', 'true'],
    ['MYSQL', 'verifyServerCertificate', 'false'],
    ['MYSQL', 'tls', 'custom'],
    ['MONGODB', 'tlsAllowInvalidHostnames', 'true'],
    ['MONGODB', 'tlsDisableOCSPEndpointCheck', 'true'],
    ['MONGODB', 'tlsDisableCertificateRevocationCheck', 'true'],
    ['REDIS', 'ssl_check_hostname', 'false'],
    ['REDIS', 'skip_verify', 'true'],
    ['VALKEY', 'verifyPeer', 'NONE'],
    ['ELASTICSEARCH', 'verify', 'false'],
    ['MYSQL', 'ssl-mode', 'DISABLED'],
    ['MYSQL', 'sslMode', 'PREFERRED'],
    ['MYSQL', 'ssl_mode', 'REQUIRED'],
    ['MYSQL', 'tls', 'skip-verify'],
    ['MYSQL', 'sslaccept', 'accept_invalid_certs'],
    ['MARIADB', 'sslMode', 'trust'],
    ['SQL_SERVER', 'encrypt', 'optional'],
    ['SQL_SERVER', 'TrustServerCertificate', 'True'],
    ['MONGODB', 'tls', 'false'],
    ['MONGODB', 'tlsInsecure', 'true'],
    ['MONGODB', 'tlsAllowInvalidCertificates', 'true'],
    ['REDIS', 'ssl_cert_reqs', 'none'],
    ['RABBITMQ', 'verify', 'verify_none'],
    ['CLICKHOUSE', 'skip_verify', 'true'],
    ['ORACLE', 'ssl_server_dn_match', 'no'],
  ])('of %s: %s=%s is refused', (engine, name, value) => {
    expect(problemsOf(input(DatabaseEngine[engine] as DatabaseEngine, { parameters: { [name]: value } }))).toEqual([
      expect.objectContaining({
        rule: 'UrlParameterWeakensTls',
        property: `connectionUrl.parameters.${name}`,
        value,
      }),
    ]);
  });

  test.each<[Member, string, string, remedy: RegExp]>([
    ['POSTGRESQL', 'host', 'other.example.com', /clients are to reach the endpoint.*client guide/],
    ['POSTGRESQL', 'hostaddr', '203.0.113.7', /client guide/],
    ['POSTGRESQL', 'service', 'x', /clients are to reach/],
    ['SQL_SERVER', 'failoverpartner', 'x', /clients are to reach/],
    ['MONGODB', 'replicaSet', 'rs0', /clients are to reach/],
    ['REDIS', 'addr', 'other:6379', /clients are to reach/],
    ['POSTGRESQL', 'user', 'ann', /as user of connectionUrl/],
    ['POSTGRESQL', 'dbname', 'shop', /as database of connectionUrl/],
    ['MYSQL', 'allowLoadLocalInfile', 'true', /options of the client/],
    ['MYSQL', 'allowMultiQueries', 'true', /options of the client/],
    ['POSTGRESQL', 'socketFactory', 'x', /options of the client/],
    ['ELASTICSEARCH', 'pretty', 'true', /options of the client/],
    ['NEPTUNE', 'a', 'b', /append it to the URL in your own code/],
  ])('of %s: %s=%s is refused, with what to do instead', (engine, name, value, remedy) => {
    expect(problemsOf(input(DatabaseEngine[engine] as DatabaseEngine, { parameters: { [name]: value } }))).toEqual([
      {
        rule: 'UrlParameterUnknown',
        property: `connectionUrl.parameters.${name}`,
        value,
        reason: expect.stringMatching(/is not known to be harmless in a URL of /),
        remedy: expect.stringMatching(remedy),
      },
    ]);
  });

  test('of a custom engine, whose clients nobody knows, are refused', () => {
    const engine = DatabaseEngine.custom({
      name: 'etcd',
      port: 2379,
      handshake: TlsHandshake.IMMEDIATE,
      urlScheme: 'https',
    });

    expect(problemsOf(input(engine, { parameters: { a: 'b' } }))).toMatchObject([{ rule: 'UrlParameterUnknown' }]);
  });

  test('whose value decides about the certificate say which values do not weaken it', () => {
    expect(problemsOf(input(DatabaseEngine.POSTGRESQL, { parameters: { sslmode: 'require' } }))).toMatchObject([
      { remedy: expect.stringMatching(/Otherwise write verify-ca or verify-full\.$/) },
    ]);
  });

  test('whose value is known after apply are checked by Terraform', () => {
    const value = '${TfToken[TOKEN.1]}';
    const parameters = { sslmode: value, application_name: value };

    expect(connectionUrl(input(DatabaseEngine.POSTGRESQL, { parameters, terraform: READABLE }))).toBe(
      `postgresql://db.example.com:5432?application_name=\${percentEncode(${value})}&sslmode=\${percentEncode(\${matching(${value}, (?i)^(?:verify-ca|verify-full)$)})}`,
    );
  });

  test.each(DatabaseEngine.all())('that the guide of $displayName adds to a URL may stand in it', (engine) => {
    const tls = engine.handshake === TlsHandshake.IMMEDIATE ? 'terminate' : 'passthrough';
    const guide = buildClientGuide({ ...input(engine), tls });
    const added = guide.keepalive.filter(({ note }) => note.includes('parameters of the URL'));

    for (const { setting = '' } of added) {
      const parameters = Object.fromEntries(new URLSearchParams(setting));

      expect(typeof connectionUrl(input(engine, { parameters }))).toBe('string');
    }
  });

  test('that are known have names of their own, whatever their spelling, and stand in the documentation', () => {
    const page = readFileSync(join(__dirname, '..', '..', 'docs', 'connecting.md'), 'utf8');

    for (const engine of DatabaseEngine.all()) {
      const names = knownParameters(engine).map(({ name }) => name);
      for (const name of names) expect(page).toContain(`\`${name}\``);
      for (const { name, values } of knownParameters(engine)) {
        const given = { [name.toUpperCase()]: values?.[0] ?? 'x' };
        expect(typeof connectionUrl(input(engine, { parameters: given }))).toBe('string');
      }
    }
  });
});

describe('what no URL can say', () => {
  test.each([
    ['Memcached', DatabaseEngine.MEMCACHED],
    ['Cassandra', DatabaseEngine.CASSANDRA],
    [
      'a custom engine without a scheme',
      DatabaseEngine.custom({ name: 'plain', port: 1, handshake: TlsHandshake.IMMEDIATE }),
    ],
  ])('%s has no URL; hostname and port are the way', (_what, engine) => {
    expect(problemsOf(input(engine))).toEqual([
      expect.objectContaining({ rule: 'UrlNotSupported', remedy: expect.stringContaining('hostname and port') }),
    ]);
  });

  const refused: [what: string, rule: string, property: string, input: ConnectionUrlInput][] = [
    [
      'a wrapper around a client that negotiates',
      'UrlNeedsTlsWrapper',
      'connectionUrl',
      input(DatabaseEngine.POSTGRESQL, { tls: 'terminate' }),
    ],
    ['a user of Oracle', 'UrlUserNotSupported', 'connectionUrl.user', input(DatabaseEngine.ORACLE, { user: 'ann' })],
    [
      'a database of Neptune',
      'UrlDatabaseNotSupported',
      'connectionUrl.database',
      input(DatabaseEngine.NEPTUNE, { database: 'a' }),
    ],
    [
      'a database that is a step up',
      'UrlTextInvalid',
      'connectionUrl.database',
      input(DatabaseEngine.COUCHDB, { database: '..' }),
    ],
    [
      'half a character in a user',
      'UrlTextInvalid',
      'connectionUrl.user',
      input(DatabaseEngine.COUCHDB, { user: 'a\ud800' }),
    ],
    [
      'half a character in a database',
      'UrlTextInvalid',
      'connectionUrl.database',
      input(DatabaseEngine.COUCHDB, { database: '\udc00' }),
    ],
    [
      'half a character in a value',
      'UrlTextInvalid',
      'connectionUrl.parameters.options',
      input(DatabaseEngine.POSTGRESQL, { parameters: { options: '\ud800' } }),
    ],
  ];

  test.each(refused)('%s is refused', (_what, rule, property, what) => {
    expect(problemsOf(what).map((problem) => [problem.rule, problem.property])).toEqual([[rule, property]]);
  });

  test('all mistakes are told at once', () => {
    const problems = problemsOf(
      input(DatabaseEngine.ORACLE, { user: 'ann', parameters: { password: 'a', ssl_server_dn_match: 'no' } }),
    );

    expect(problems.map((problem) => problem.rule)).toEqual([
      'UrlUserNotSupported',
      'UrlParameterCarriesSecret',
      'UrlParameterWeakensTls',
    ]);
  });

  test('every rule stands on a fact', () => {
    for (const rule of URL_RULES) expect(rule.because).toMatch(/^[A-Z].*\.$/);
  });
});

describe('any text', () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 });
  const segment = text.filter((value) => value !== '.' && value !== '..');
  const engines = DatabaseEngine.all().filter(({ urlScheme }) => urlScheme);

  test('as user and database comes back from the URL as it went in', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...engines.filter(({ name }) => !['oracle', 'neptune', 'sftp'].includes(name))),
        text,
        segment,
        (engine, user, database) => {
          const url = new URL(String(connectionUrl(input(engine, { user, database }))));

          const said = [url.pathname.slice(1), url.searchParams.get('db'), url.searchParams.get('database')];
          expect(decodeURIComponent(url.username)).toBe(user);
          expect(url.password).toBe('');
          expect(
            said.filter(Boolean).map((value, i) => (i === 0 && said[0] ? decodeURIComponent(value!) : value)),
          ).toEqual([database]);
          expect([url.hostname, url.port]).toEqual([HOST, String(portOf(engine))]);
        },
      ),
    );
  });

  test('as parameter comes back from the URL as it went in, beside the verification', () => {
    const names = fc.constantFrom('application_name', 'options', 'currentSchema', 'client_encoding', 'sslrootcert');
    fc.assert(
      fc.property(fc.dictionary(names, text, { maxKeys: 4 }), (parameters) => {
        const url = new URL(String(connectionUrl(input(DatabaseEngine.POSTGRESQL, { parameters }))));

        expect(Object.fromEntries(url.searchParams)).toEqual({ sslmode: 'verify-full', ...parameters });
      }),
    );
  });

  test('in any order gives the same URL', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('db', 'client_name', 'timeout', 'protocol'), text), (parameters) => {
        const reversed = Object.fromEntries(Object.entries(parameters).reverse());

        expect(connectionUrl(input(DatabaseEngine.REDIS, { parameters: reversed }))).toEqual(
          connectionUrl(input(DatabaseEngine.REDIS, { parameters })),
        );
      }),
    );
  });

  test('that is a secret never gets into a URL', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...engines),
        fc.constantFrom('password', 'Password', 'SSLPASSWORD', 'keyPassword', 'x-token'),
        (engine, name) => {
          expect(typeof connectionUrl(input(engine, { parameters: { [name]: 'hunter2' } }))).not.toBe('string');
        },
      ),
    );
  });
});

function input(engine: DatabaseEngine, more: Partial<ConnectionUrlInput> = {}): ConnectionUrlInput {
  const tls = engine.handshake === TlsHandshake.IMMEDIATE ? 'terminate' : 'passthrough';
  return { engine, hostname: HOST, port: portOf(engine), tls, terraform: LEFT_ALONE, ...more };
}

function portOf(engine: DatabaseEngine): number {
  return engine.handshake === TlsHandshake.IMMEDIATE ? engine.tlsPort : engine.port;
}

function problemsOf(what: ConnectionUrlInput) {
  const problems = connectionUrl(what);
  if (typeof problems === 'string') throw new Error(`expected problems, got ${problems}`);
  return problems;
}
