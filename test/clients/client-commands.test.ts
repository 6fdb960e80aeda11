import * as fc from 'fast-check';
import { DatabaseEngine } from '../../lib/engine/database-engine';
import type { Member } from '../engine/engine-facts';
import { shellWords } from '../support/shell-words';
import { guideOf, OTHER } from './engine-guide';

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

  test('has words in capitals where user and database are not given', () => {
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
