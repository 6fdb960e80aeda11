import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseEngine, EndpointTls, type UserStatements } from '../../../lib';
import { endpoint, validProps } from '../../support/endpoint';
import { describeWithBinaries } from '../check/servers/describe-with-binaries';
import { Mariadb } from '../check/servers/mariadb';
import { Postgresql } from '../check/servers/postgresql';
import { startRabbitmq } from '../check/servers/rabbitmq';
import type { RealServer } from '../check/servers/real-server';
import { startInfluxdb, startRedis } from '../check/servers/small-servers';
import { CA, HOST, SHOWN } from './certificates';
import { runInTerminal, type Typed } from './terminal';

const PASSWORD = 'correct horse battery staple';
const USER = 'looker';

const folder = mkdtempSync(join(tmpdir(), 'logins-'));
writeFileSync(join(folder, 'ca.pem'), CA.certificate);
afterAll(() => rmSync(folder, { recursive: true }));

let server: RealServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

const of = (engine: DatabaseEngine, port = 1) =>
  endpoint(validProps({ engine, port, domain: { name: HOST }, tls: EndpointTls.passthrough() }));

/** The command of the guide for the login, as the integration runs it. */
function commandFor(engine: DatabaseEngine, client: string, port: number, database?: string): string {
  const { clients } = of(engine, port).clientGuide({ user: USER, database });
  return clients.find((each) => each.client === client)?.command ?? '';
}

const run = (command: string, typed: readonly Typed[], environment: NodeJS.ProcessEnv = {}) =>
  runInTerminal(command, { folder, hosts: { [HOST]: '127.0.0.1' }, typed, environment });

/** A file of statements, so that nothing of them passes through a shell. */
function script(...statements: readonly string[]): string {
  const file = join(folder, 'script');
  writeFileSync(file, `${statements.join('\n')}\n`);
  return file;
}

/** What a note tells to run to get the hash of a password, run as it is written. */
async function hashOf({ notes }: UserStatements): Promise<string> {
  const command = /`(\(stty .*\))`/.exec(notes.join('\n'))?.[1] ?? '';
  const { screen } = await run(command, [[/New password\? /, PASSWORD]]);
  expect(screen).not.toContain(PASSWORD);
  return screen.trim().split(/\s+/).at(-1) ?? '';
}

describeWithBinaries(['postgres', 'initdb', 'psql', 'unshare', 'script'], 'a login of PostgreSQL', () => {
  let cluster: Postgresql;
  beforeAll(() => {
    cluster = new Postgresql();
  });
  afterAll(() => cluster?.remove());

  const ADMIN = 'hostssl all admin all trust';
  const login = of(DatabaseEngine.POSTGRESQL).userStatements({
    user: USER,
    database: 'or"ders',
    canRead: ['customers', '"odd.schema"."or""ders; DROP TABLE secrets"'],
    connectionLimit: 2,
  });
  const SCHEMA = [
    'CREATE DATABASE "or""ders";',
    '\\c "or""ders"',
    'CREATE TABLE customers AS SELECT 1 AS id;',
    'CREATE TABLE secrets AS SELECT 2 AS id;',
    'CREATE SCHEMA "odd.schema";',
    'CREATE TABLE "odd.schema"."or""ders; DROP TABLE secrets" AS SELECT 3 AS id;',
  ];

  const start = async (...rules: readonly string[]) => {
    server = await cluster.start({ identity: SHOWN.right, rules: [...rules, ADMIN].join('\n') });
    return server.port;
  };
  const asAdmin = (port: number, database: string, typed: readonly Typed[], ...statements: readonly string[]) => {
    const url = `postgresql://admin@127.0.0.1:${port}/${encodeURIComponent(database)}?sslmode=require`;
    return run(`psql -v ON_ERROR_STOP=1 -f ${script(...statements)} '${url}'`, typed);
  };

  test('reads what it was given, and nothing else', async () => {
    let port = await start();
    expect((await asAdmin(port, 'postgres', [], ...SCHEMA)).exitCode).toBe(0);
    const made = await asAdmin(
      port,
      'or"ders',
      [
        [/password/i, PASSWORD],
        [/again/i, PASSWORD],
      ],
      ...login.statements,
      ...login.hardening,
    );
    expect({ screen: made.screen, exitCode: made.exitCode }).toMatchObject({ exitCode: 0 });
    await server?.stop();
    port = await start(...(login.configuration?.lines ?? []));

    const { screen } = await run(commandFor(DatabaseEngine.POSTGRESQL, 'psql', port, 'or"ders'), [
      [/Password for user looker: /, PASSWORD],
      [/=> $/, '\\set VERBOSITY terse'],
      [/=> $/, "SELECT 'a' || id FROM customers;"],
      [/=> $/, `SELECT 'b' || id FROM "odd.schema"."or""ders; DROP TABLE secrets";`],
      [/=> $/, "SELECT 'c' || id FROM secrets;"],
      [/=> $/, 'SET default_transaction_read_only = off;'],
      [/=> $/, 'INSERT INTO customers VALUES (9);'],
      [/=> $/, 'CREATE TABLE public.mine (id int);'],
      [/=> $/, 'CREATE TEMPORARY TABLE mine (id int);'],
      [/=> $/, 'CREATE ROLE other;'],
      [/=> $/, '\\q'],
    ]);

    expect(screen).toMatch(/ a1\s/);
    expect(screen).toMatch(/ b3\s/);
    expect([...screen.matchAll(/ERROR: {2}(.*?)(?: at character \d+)?\r/g)].map(([, error]) => error)).toEqual([
      'permission denied for table secrets',
      'permission denied for table customers',
      'permission denied for schema public',
      'permission denied to create temporary tables in database "or"ders"',
      'permission denied to create role',
    ]);
  });

  test('does not get in without TLS, nor into another database', async () => {
    const port = await start(...(login.configuration?.lines ?? []), 'host all all all scram-sha-256');
    const command = commandFor(DatabaseEngine.POSTGRESQL, 'psql', port, 'or"ders');

    const plain = await run(command.replace('sslmode=verify-full', 'sslmode=disable'), []);
    const elsewhere = await run(command.replace('or%22ders', 'postgres'), []);

    expect(plain.screen).toMatch(/pg_hba.conf rejects connection .* no encryption/);
    expect(elsewhere.screen).toMatch(/pg_hba.conf rejects connection .* SSL encryption/);
  });

  test('is gone once it was taken away', async () => {
    const port = await start();

    const removed = await asAdmin(port, 'or"ders', [], ...login.removal, 'SELECT count(*) FROM customers;');
    const roles = await asAdmin(
      port,
      'postgres',
      [],
      `SELECT 'left: ' || count(*) FROM pg_roles WHERE rolname = '${USER}';`,
    );

    expect({ screen: removed.screen, exitCode: removed.exitCode }).toMatchObject({ exitCode: 0 });
    expect(roles.screen).toContain('left: 0');
  });
});

describeWithBinaries(
  ['mariadbd', 'mariadb-install-db', 'mariadb', 'openssl', 'unshare', 'script'],
  'a login of MariaDB',
  () => {
    let database: Mariadb;
    beforeAll(() => {
      database = new Mariadb();
    });
    afterAll(() => database?.remove());

    const login = of(DatabaseEngine.MARIADB).userStatements({
      user: USER,
      database: 'orders',
      canRead: ['customers', 'other."back`tick\\;"'],
      connectionLimit: 2,
    });
    const SCHEMA = [
      'CREATE DATABASE orders; CREATE DATABASE other;',
      'CREATE TABLE orders.customers AS SELECT 1 AS id;',
      'CREATE TABLE orders.secrets AS SELECT 2 AS id;',
      'CREATE TABLE other.`back``tick\\;` AS SELECT 3 AS id;',
    ];
    const asAdmin = (port: number, ...statements: readonly string[]) =>
      run(`mariadb -h 127.0.0.1 -P ${port} -u root < ${script(...statements)}`, []);

    test('reads what it was given and nothing else, over TLS only, until it is taken away', async () => {
      server = await database.start({ identity: SHOWN.right });
      const { port } = server;
      expect((await asAdmin(port, ...SCHEMA)).screen).toBe('');
      const hash = await hashOf(login);
      const statements = login.statements.map((statement) => statement.replace('PASSWORD_HASH', hash));
      expect(await asAdmin(port, ...statements)).toEqual({ screen: '', exitCode: 0 });
      const command = commandFor(DatabaseEngine.MARIADB, 'mariadb', port, 'orders');

      const { screen } = await run(`${command} --prompt='ready> '`, [
        [/Enter password: /, PASSWORD],
        [/ready> $/, "SELECT CONCAT('a', id) AS x FROM customers;"],
        [/ready> $/, "SELECT CONCAT('b', id) AS x FROM other.`back``tick\\;`;"],
        [/ready> $/, "SELECT CONCAT('c', id) AS x FROM secrets;"],
        [/ready> $/, 'INSERT INTO customers VALUES (9);'],
        [/ready> $/, 'CREATE TABLE mine (id int);'],
        [/ready> $/, 'CREATE TEMPORARY TABLE mine (id int);'],
        [/ready> $/, 'exit'],
      ]);

      expect(screen).toMatch(/ a1 /);
      expect(screen).toMatch(/ b3 /);
      expect(
        [...screen.matchAll(/ERROR \d+ \(\w+\).*: (\w+(?: TEMPORARY)?) command denied/g)].map(([, what]) => what),
      ).toEqual(['SELECT', 'INSERT', 'CREATE']);
      expect(screen).toMatch(/Access denied for user 'looker'@'%' to database 'orders'/);

      const plain = await run(`mariadb -h 127.0.0.1 -P ${port} -u ${USER} -p --skip-ssl orders`, [
        [/Enter password: /, PASSWORD],
      ]);
      expect(plain.screen).toMatch(/Access denied for user 'looker'/);

      expect(await asAdmin(port, ...login.removal)).toEqual({ screen: '', exitCode: 0 });
      const gone = await run(command, [[/Enter password: /, PASSWORD]]);
      expect(gone.screen).toMatch(/Access denied for user 'looker'/);
    });
  },
);

describeWithBinaries(['redis-server', 'redis-cli', 'openssl', 'unshare', 'script'], 'a login of Redis', () => {
  const login = of(DatabaseEngine.REDIS).userStatements({
    user: USER,
    canRead: ['orders:*', 'a"quoted\\\\key', 'secretless:?'],
  });

  test('reads what it was given and nothing else, until it is taken away', async () => {
    server = await startRedis(SHOWN.right);
    const { port } = server;
    const cli = `redis-cli -h ${HOST} -p ${port} --tls --cacert ca.pem -a sesame --no-auth-warning`;
    const asAdmin = (...statements: readonly string[]) => run(`${cli} < ${script(...statements)}`, []);
    const prepared = await asAdmin('SET orders:1 a1', String.raw`SET "a\"quoted\\key" b2`, 'SET secrets:1 c3');
    expect(prepared.screen).toBe('OK\r\nOK\r\nOK\r\n');
    const hash = await hashOf(login);
    const made = await asAdmin(...login.statements.map((statement) => statement.replace('PASSWORD_SHA256', hash)));
    expect(made.screen).toBe('OK\r\n');

    const { screen } = await run(commandFor(DatabaseEngine.REDIS, 'redis-cli', port), [
      [/Please input password: /, PASSWORD],
      ...[
        'GET orders:1',
        String.raw`GET "a\"quoted\\key"`,
        'GET secrets:1',
        'SET orders:1 x',
        'DEL orders:1',
        'SCAN 0',
        'KEYS *',
        'RANDOMKEY',
        'DBSIZE',
        'CLIENT TRACKING on BCAST',
        'CONFIG GET *',
        'ACL LIST',
        'PUBLISH orders:1 x',
        'EVAL "return 1" 0',
        'FLUSHALL',
        'QUIT',
      ].map((typed): Typed => [/:\d+> $/, typed]),
    ]);

    expect(screen).toContain('"a1"');
    expect(screen).toContain('"b2"');
    expect(screen).not.toContain('"c3"');
    expect(screen.match(/NOPERM/g)).toHaveLength(13);

    expect((await asAdmin(...login.removal)).screen).toBe('(integer) 1\r\n');
    const gone = await run(commandFor(DatabaseEngine.REDIS, 'redis-cli', port), [
      [/Please input password: /, PASSWORD],
      [/:\d+> $/, 'QUIT'],
    ]);
    expect(gone.screen).toMatch(/WRONGPASS|AUTH failed/);
  });
});

describeWithBinaries(['rabbitmqctl', 'pika', 'unshare', 'script'], 'a login of RabbitMQ', () => {
  const login = of(DatabaseEngine.RABBITMQ).userStatements({ user: USER, canRead: ['orders', "o'dd (que.ue)"] });

  /** Tries each line of Python on a channel of its own, and says what came of it. */
  const attempts = (port: number, user: string, password: string, ...lines: readonly string[]) => {
    const program = `
import pika, ssl
tls = pika.SSLOptions(ssl.create_default_context(cafile="ca.pem"), "${HOST}")
login = pika.PlainCredentials("${user}", "${password}")
connection = pika.BlockingConnection(pika.ConnectionParameters("${HOST}", ${port}, "/", login, ssl_options=tls))
for line in ${JSON.stringify(lines)}:
    channel = connection.channel()
    try:
        print("did", eval(line, {"channel": channel}))
    except pika.exceptions.ChannelClosedByBroker as error:
        print("refused", error.reply_code)
`;
    return run(`python3 ${script(program)}`, [], { PATH: '/usr/bin:/bin' });
  };

  test('reads what it was given and nothing else, until it is taken away', async () => {
    const broker = await startRabbitmq(SHOWN.right);
    server = broker;
    const { port, environment } = broker;
    const queues = ['orders', "o'dd (que.ue)", 'ordersx', "o'dd (quexue)"];
    const made = await attempts(
      port,
      'guest',
      'guest',
      ...queues.map((name) => `channel.queue_declare(${JSON.stringify(name)})`),
      ...queues.map((name) => `channel.basic_publish("", ${JSON.stringify(name)}, b"hello")`),
    );
    expect(made.screen).not.toMatch(/refused|Error/);
    for (const statement of login.statements) {
      const { screen, exitCode } = await run(statement, [[/Password:/, PASSWORD]], environment);
      expect({ screen, exitCode }).toMatchObject({ exitCode: 0 });
    }

    const { screen } = await attempts(
      port,
      USER,
      PASSWORD,
      ...queues.map((name) => `channel.basic_get(${JSON.stringify(name)}, auto_ack=True)[2]`),
      'channel.confirm_delivery() or channel.basic_publish("amq.fanout", "orders", b"x")',
      'channel.queue_declare("mine")',
      'channel.queue_delete("orders")',
      'channel.queue_bind("orders", "amq.fanout")',
    );

    expect(screen.trim().split(/\r?\n/)).toEqual([
      "did b'hello'",
      "did b'hello'",
      ...Array.from({ length: 6 }, () => 'refused 403'),
    ]);

    for (const statement of login.removal) expect((await run(statement, [], environment)).exitCode).toBe(0);
    expect((await attempts(port, USER, PASSWORD, '1')).screen).toMatch(/ACCESS_REFUSED|ProbableAuthenticationError/);
  });
});

describeWithBinaries(['influxd', 'influx', 'unshare', 'script'], 'a login of InfluxDB', () => {
  const login = of(DatabaseEngine.INFLUXDB).userStatements({ user: USER, canRead: ['me"trics'] });

  test('reads what it was given and nothing else, until it is taken away', async () => {
    server = await startInfluxdb(SHOWN.right);
    const { port } = server;
    const shell = (user: string, ...statements: readonly string[]) =>
      run(
        `influx -ssl -host ${HOST} -port ${port} -username ${user} -database 'me"trics' -execute "$(cat ${script(...statements)})"`,
        [],
        { SSL_CERT_FILE: 'ca.pem', INFLUX_PASSWORD: user === 'boss' ? 'boss' : PASSWORD },
      );
    expect((await shell('boss', "CREATE USER boss WITH PASSWORD 'boss' WITH ALL PRIVILEGES")).exitCode).toBe(0);
    expect((await shell('boss', String.raw`CREATE DATABASE "me\"trics"; CREATE DATABASE secrets`)).screen.trim()).toBe(
      '',
    );
    expect((await shell('boss', 'INSERT cpu value=42')).screen.trim()).toBe('');
    const statements = login.statements.map((statement) => statement.replace("'PASSWORD'", `'${PASSWORD}'`));
    for (const statement of statements) expect((await shell('boss', statement)).screen.trim()).toBe('');

    expect((await shell(USER, 'SELECT value FROM cpu')).screen).toMatch(/ 42\s/);
    expect((await shell(USER, 'SHOW DATABASES')).screen).not.toMatch(/secrets/);
    for (const statement of [
      'INSERT cpu value=43',
      'SHOW MEASUREMENTS ON secrets',
      'SHOW USERS',
      'CREATE DATABASE mine',
      'DROP DATABASE secrets',
    ]) {
      expect([statement, (await shell(USER, statement)).screen]).toEqual([
        statement,
        expect.stringMatching(/ERR:.*authoriz/),
      ]);
    }

    for (const statement of login.removal) expect((await shell('boss', statement)).screen.trim()).toBe('');
    expect((await shell(USER, 'SHOW DATABASES')).screen).toMatch(/authorization failed/);
  });
});
