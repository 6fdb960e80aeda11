import * as fc from 'fast-check';
import { connectionUrl } from '../../lib/clients/connection-url';
import { URL_RULES } from '../../lib/clients/connection-url-rules';
import type { ConnectionUrlInput } from '../../lib/clients/write-url';
import { DatabaseEngine } from '../../lib/engine/database-engine';
import { TlsHandshake } from '../../lib/engine/tls-handshake';
import { ENGINE_FACTS, type Member } from '../engine/engine-facts';
import { READABLE } from '../support/text-functions';
import { HOST } from './engine-guide';
import { input, portOf, problemsOf } from './url-input';

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

  test('of every engine whose clients have URLs is shown here', () => {
    const shown = [...urls.map(([member]) => member), 'ORACLE', 'NEPTUNE', 'SFTP'];

    expect(ENGINE_FACTS.flatMap(({ member, urlScheme }) => (urlScheme ? member : [])).sort()).toEqual(
      [...new Set(shown)].sort(),
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
  ])('of %s is the parameter %s', (engine, parameter) => {
    const url = String(connectionUrl(input(DatabaseEngine[engine] as DatabaseEngine, { certificateName })));

    expect(url.split(/[?&]/)).toContain(parameter);
    expect(url).toContain(`//${HOST}:`);
  });

  test('that equals the hostname changes nothing', () => {
    expect(connectionUrl(input(DatabaseEngine.AURORA_POSTGRESQL, { certificateName: HOST }))).toBe(
      'postgresql://db.example.com:5432?sslmode=verify-full',
    );
  });
});

describe('hosts', () => {
  test('an IPv6 address is in brackets', () => {
    expect(connectionUrl(input(DatabaseEngine.REDIS, { hostname: '2001:db8::1' }))).toBe('rediss://[2001:db8::1]:6379');
  });

  test('a hostname that is known after apply is left as it is', () => {
    const hostname = '${TfToken[TOKEN.7]}';

    expect(connectionUrl(input(DatabaseEngine.REDIS, { hostname }))).toBe(`rediss://${hostname}:6379`);
  });

  test('users and databases that are known after apply are encoded by Terraform', () => {
    const [user, database] = ['${TfToken[TOKEN.1]}', '${TfToken[TOKEN.2]}'];

    expect(connectionUrl(input(DatabaseEngine.POSTGRESQL, { user, database, terraform: READABLE }))).toBe(
      `postgresql://\${percentEncode(${user})}@db.example.com:5432/\${percentEncode(${database})}?sslmode=verify-full`,
    );
  });
});

describe('what a URL does not support', () => {
  test.each([
    ['Memcached', DatabaseEngine.MEMCACHED],
    ['Cassandra', DatabaseEngine.CASSANDRA],
    [
      'a custom engine without a scheme',
      DatabaseEngine.custom({ name: 'plain', port: 1, handshake: TlsHandshake.IMMEDIATE }),
    ],
  ])('%s has no URL; clients take hostname and port', (_what, engine) => {
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

  test('all mistakes are reported at once', () => {
    const problems = problemsOf(
      input(DatabaseEngine.ORACLE, { user: 'ann', parameters: { password: 'a', ssl_server_dn_match: 'no' } }),
    );

    expect(problems.map((problem) => problem.rule)).toEqual([
      'UrlUserNotSupported',
      'UrlParameterCarriesSecret',
      'UrlParameterWeakensTls',
    ]);
  });

  test('every rule states its reason', () => {
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
