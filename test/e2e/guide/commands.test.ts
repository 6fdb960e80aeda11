import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientGuideOptions, type ClientRecipe, DatabaseEngine, DatabaseTarget, EndpointTls } from '../../../lib';
import { endpoint, validProps } from '../../support/endpoint';
import { describeWithBinaries } from '../check/servers/describe-with-binaries';
import { Mariadb } from '../check/servers/mariadb';
import { Postgresql } from '../check/servers/postgresql';
import { startRabbitmq } from '../check/servers/rabbitmq';
import type { RealServer } from '../check/servers/real-server';
import { startNginx, startOpenssl, startRedis } from '../check/servers/small-servers';
import { GuardedProcess } from '../harness/guarded-process';
import { CA, HOST, OTHER, SHOWN, type Shown } from './certificates';
import { environment, runInTerminal, type Typed, withHosts } from './terminal';

const WRONG: readonly Shown[] = ['of another name', 'of another CA', 'that signs itself', 'expired'];

const folder = mkdtempSync(join(tmpdir(), 'guide-'));
writeFileSync(join(folder, 'ca.pem'), CA.certificate);
afterAll(() => rmSync(folder, { recursive: true }));

/** redis-cli stays at its prompt where it cannot connect. */
const PROMPT = /:\d+> |not connected> /;

let server: RealServer | undefined;
afterEach(async () => {
  await GuardedProcess.killAll();
  await server?.stop();
  server = undefined;
});

interface Asked {
  readonly engine: DatabaseEngine;
  readonly client: string;
  readonly port: number;
  readonly certificateName?: string;
  readonly options?: ClientGuideOptions;
}

/** The recipe as an endpoint prints it, with nothing changed in it. */
function recipeOf({ engine, client, port, certificateName, options }: Asked): ClientRecipe {
  const props = validProps({
    engine,
    port,
    domain: { name: HOST },
    tls: EndpointTls.passthrough(),
    target: DatabaseTarget.ipAddresses(['10.0.1.5'], { certificateName }),
  });
  const recipe = endpoint(props)
    .clientGuide(options ?? {})
    .clients.find((each) => each.client === client);
  if (!recipe) throw new Error(`no ${client}`);
  return recipe;
}

const run = (
  command: string,
  typed: readonly Typed[],
  hosts: Readonly<Record<string, string>> = { [HOST]: '127.0.0.1' },
) => runInTerminal(command, { folder, hosts, typed });

/** Runs the recipe against what a server shows, and holds it against what the recipe says of itself. */
async function expectVerdict(asked: Asked, shown: Shown, typed: readonly Typed[]) {
  const { command, verifiesName } = recipeOf(asked);

  const { screen, exitCode } = await run(command, typed);

  const isTrusted = shown === 'right' || (shown === 'of another name' && !verifiesName);
  if (isTrusted) {
    expect(screen).toContain('works');
    expect(exitCode).toBe(0);
  } else {
    expect(screen).not.toContain('works');
    expect(screen).toMatch(/certificate|SSL|TLS/i);
    expect(exitCode).not.toBe(0);
  }
}

const each = [['right'], ...WRONG.map((shown) => [shown])] as [Shown][];

describeWithBinaries(['postgres', 'initdb', 'psql', 'unshare', 'script'], 'what the guide says of psql', () => {
  let cluster: Postgresql;
  beforeAll(() => {
    cluster = new Postgresql();
  });
  afterAll(() => cluster?.remove());

  const TYPED: readonly Typed[] = [
    [/postgres=#/, "SELECT 'wor' || 'ks';"],
    [/\(1 row\)/, '\\q'],
  ];
  const user = { user: 'admin', database: 'postgres' };
  const start = async (shown: Shown) => {
    server = await cluster.start({ identity: SHOWN[shown], rules: 'hostssl all all all trust' });
    return server.port;
  };

  test.each(each)('holds for a certificate %s', async (shown) => {
    const port = await start(shown);

    await expectVerdict({ engine: DatabaseEngine.POSTGRESQL, client: 'psql', port, options: user }, shown, TYPED);
  });

  test.each(each)('holds where only the CA can be verified, for a certificate %s', async (shown) => {
    const port = await start(shown);
    const asked = { engine: DatabaseEngine.POSTGRESQL, client: 'psql (CA only)', port, certificateName: OTHER };

    await expectVerdict({ ...asked, options: user }, shown, TYPED);
  });

  test.each([DatabaseEngine.POSTGRESQL, DatabaseEngine.AURORA_POSTGRESQL, DatabaseEngine.REDSHIFT])(
    'holds for the name of a managed database and an address, with $displayName',
    async (engine) => {
      const port = await start('of the managed database');
      const options = { ...user, address: '127.0.0.1', caFile: 'ca.pem' };
      const { command } = recipeOf({ engine, client: 'psql', port, certificateName: OTHER, options });

      // The name leads nowhere: only the address does.
      expect((await run(command, TYPED, { [OTHER]: '192.0.2.1' })).screen).toContain('works');
      await server?.stop();

      server = await cluster.start({ identity: SHOWN.right, rules: 'hostssl all all all trust' });
      const other = recipeOf({ engine, client: 'psql', port: server.port, certificateName: OTHER, options });
      expect((await run(other.command, TYPED)).screen).toMatch(/does not match host name/);
    },
  );

  test('fails where the server has no TLS', async () => {
    server = await cluster.start({ rules: 'host all all all trust' });
    const asked = { engine: DatabaseEngine.POSTGRESQL, client: 'psql', port: server.port, options: user };

    const { screen, exitCode } = await run(recipeOf(asked).command, TYPED);

    expect(screen).toMatch(/server does not support SSL/);
    expect(exitCode).not.toBe(0);
  });

  test('holds with the keepalive settings of the guide', async () => {
    const port = await start('right');
    const asked = { engine: DatabaseEngine.POSTGRESQL, client: 'psql', port, options: user };
    const props = validProps({ engine: asked.engine, port, domain: { name: HOST } });
    const { setting } = endpoint(props).clientGuide().keepalive[0];
    const command = recipeOf(asked).command.replace(/'$/, `&${setting}'`);

    expect((await run(command, TYPED)).screen).toContain('works');
  });
});

describeWithBinaries(
  ['mariadbd', 'mariadb-install-db', 'mariadb', 'unshare', 'script'],
  'what the guide says of mariadb',
  () => {
    let database: Mariadb;
    beforeAll(() => {
      database = new Mariadb();
    });
    afterAll(() => database?.remove());

    const TYPED: readonly Typed[] = [
      [/Enter password: /, ''],
      [/MariaDB \[mysql\]>/, "SELECT CONCAT('wor', 'ks');"],
      [/1 row in set/, 'exit'],
    ];
    const asked = { engine: DatabaseEngine.MARIADB, client: 'mariadb', options: { user: 'root', database: 'mysql' } };

    test.each(each)('holds for a certificate %s', async (shown) => {
      server = await database.start({ identity: SHOWN[shown] });

      await expectVerdict({ ...asked, port: server.port }, shown, TYPED);
    });

    test('holds where the hosts file leads the name of a managed database to the endpoint', async () => {
      server = await database.start({ identity: SHOWN['of the managed database'] });
      const { command } = recipeOf({ ...asked, port: server.port, certificateName: OTHER });

      expect((await run(command, TYPED, { [OTHER]: '127.0.0.1' })).screen).toContain('works');
    });

    test('fails where the server has no TLS', async () => {
      server = await database.start({});

      const { screen, exitCode } = await run(recipeOf({ ...asked, port: server.port }).command, TYPED);

      expect(screen).toMatch(/SSL is required|does not support (it|SSL)/);
      expect(exitCode).not.toBe(0);
    });
  },
);

describeWithBinaries(['redis-server', 'redis-cli', 'unshare', 'script'], 'what the guide says of redis-cli', () => {
  const TYPED: readonly Typed[] = [
    [/Please input password: /, 'sesame'],
    [PROMPT, "EVAL \"return 'wor'..'ks'\" 0"],
    [/works|not connected> /, 'QUIT'],
  ];
  const asked = { engine: DatabaseEngine.REDIS, client: 'redis-cli' };

  test.each(each)('holds for a certificate %s', async (shown) => {
    server = await startRedis(SHOWN[shown]);
    const { command, verifiesName } = recipeOf({ ...asked, port: server.port });

    const { screen } = await run(command, TYPED);

    const isTrusted = shown === 'right' || (shown === 'of another name' && !verifiesName);
    expect(screen.includes('works')).toBe(isTrusted);
    expect(/certificate verify failed/.test(screen)).toBe(!isTrusted);
  });

  test('fails where the server has no TLS', async () => {
    server = await startRedis();

    const { command } = recipeOf({ ...asked, port: server.port });

    // Neither side knows that the other one waits.
    const { screen } = await runInTerminal(command, {
      folder,
      hosts: { [HOST]: '127.0.0.1' },
      typed: TYPED,
      timeoutSeconds: 2,
    });

    expect(screen).not.toContain('works');
  });
});

describeWithBinaries(
  ['redis-server', 'redis-cli', 'stunnel', 'unshare', 'script'],
  'what the guide says of stunnel, and of the client behind it',
  () => {
    test.each(each)('holds for a certificate %s', async (shown) => {
      server = await startRedis(SHOWN[shown], '127.0.0.2');
      const { command, note } = recipeOf({ engine: DatabaseEngine.REDIS, client: 'stunnel', port: server.port });
      const [unshare, ...args] = withHosts(folder, { [HOST]: '127.0.0.2' }, 'sh', '-c', command);
      const stunnel = new GuardedProcess(unshare, args, { folder, environment: environment(folder) });
      await stunnel.waitFor(/Configuration successful/);
      const client = /`(.*)`/.exec(note ?? '')?.[1] ?? '';

      const { screen } = await run(client, [
        [/Please input password: /, 'sesame'],
        [PROMPT, "EVAL \"return 'wor'..'ks'\" 0"],
        [PROMPT, 'QUIT'],
      ]);

      expect(screen.includes('works')).toBe(shown === 'right');
    });
  },
);

describeWithBinaries(['nginx', 'curl', 'unshare', 'script'], 'what the guide says of curl', () => {
  test.each(each)('holds for a certificate %s', async (shown) => {
    server = await startNginx(SHOWN[shown]);
    const asked = { engine: DatabaseEngine.OPENSEARCH, client: 'curl', port: server.port };

    const { screen, exitCode } = await run(recipeOf(asked).command, []);

    // 60, or 35 where the chain ends at a CA of the same name with another key.
    expect(exitCode === 0).toBe(shown === 'right');
    expect([0, 35, 60]).toContain(exitCode);
    expect(screen.includes('{}')).toBe(shown === 'right');
  });

  test('holds for the name of a managed database', async () => {
    server = await startNginx(SHOWN['of the managed database']);
    const asked = { engine: DatabaseEngine.OPENSEARCH, client: 'curl', port: server.port, certificateName: OTHER };

    expect((await run(recipeOf(asked).command, [])).screen).toContain('{}');
  });
});

describeWithBinaries(['openssl', 'unshare', 'script'], 'what the guide says of openssl', () => {
  test.each(each)('holds for a certificate %s', async (shown) => {
    server = await startOpenssl(SHOWN[shown]);
    const asked = { engine: DatabaseEngine.MEMCACHED, client: 'openssl', port: server.port };

    const { screen } = await run(recipeOf(asked).command, [
      [/verify return:1[^v]*$/, 'skrow'],
      [/works/, '\u0003'],
    ]);

    expect(screen.includes('works')).toBe(shown === 'right');
  });
});

describeWithBinaries(['rabbitmqctl', 'pika', 'unshare', 'script'], 'what the guide says of pika', () => {
  test.each(each)('holds for a certificate %s', async (shown) => {
    server = await startRabbitmq(SHOWN[shown]);
    const asked = { engine: DatabaseEngine.RABBITMQ, client: 'pika (Python)', port: server.port };
    const { command } = recipeOf({ ...asked, options: { user: 'guest' } });

    const { screen, exitCode } = await runInTerminal(command, {
      folder,
      hosts: { [HOST]: '127.0.0.1' },
      typed: [[/Password: /, 'guest']],
      environment: { PATH: '/usr/bin:/bin' }, // Debian's Python, which has Debian's pika
    });

    expect(exitCode).toBe(shown === 'right' ? 0 : 1);
    expect(/CERTIFICATE_VERIFY_FAILED/.test(screen)).toBe(shown !== 'right');
  });
});
