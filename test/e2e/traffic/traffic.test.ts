import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineMatrix } from '../../support/engine-matrix';
import { findBinary } from '../check/servers/binaries';
import { useLab } from '../harness';
import { describeUnlessMissing } from '../harness/describe-unless-missing';
import { findTools } from '../harness/tools';
import { allowlistScenario, randomAllowlists } from './allowlist';
import { defaultModes } from './default-modes';
import { failoverScenario } from './failover';
import { LOAD_ALLOWLIST, loadScenario } from './load';
import { refusedModes } from './refused-modes';
import { PARTNERS, sessionsScenario } from './sessions';
import { type Stage, setStage } from './stage';

const BINARIES = [
  ...(['postgres', 'initdb', 'psql', 'pgbench', 'mariadbd', 'mariadb-install-db', 'mariadb'] as const),
  ...([
    'redis-server',
    'redis-cli',
    'memcached',
    'memcstat',
    'influxd',
    'rabbitmq-server',
    'clickhouse-server',
  ] as const),
  ...(['nginx', 'sshd', 'ssh-keygen', 'sftp', 'openssl', 'stunnel', 'curl', 'ip', 'script'] as const),
];

const missing = [
  ...(process.env['TRAFFIC_MISSING'] ? [process.env['TRAFFIC_MISSING']] : []),
  ...Object.values(findTools()).flatMap(({ path, text }) => (path ? [] : [text])),
  ...BINARIES.map(findBinary).flatMap(({ path, text }) => (path ? [] : [text])),
];

// One fleet and one apply for all: the AWS provider waits a minute for load balancers, however many they are.
describeUnlessMissing(missing, 'a fleet with databases behind it and the internet in front of it', () => {
  const lab = useLab({ emulator: true });
  const random = randomAllowlists();
  const allowlists = { ...random, ...PARTNERS, load: LOAD_ALLOWLIST };
  const seen = new Map<string, string>();
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage(lab(), allowlists);
  });
  afterAll(() => stage?.stop());

  describe('through the modes that the library takes', () => defaultModes(() => stage, seen));
  describe('through the modes that it refuses', () => refusedModes(() => stage, seen));

  test('docs/engines.md says what these clients saw', () => {
    const file = join(__dirname, '../../../docs/engines.md');
    const [begin, end] = ['<!-- matrix:begin -->\n', '\n<!-- matrix:end -->'];
    const document = readFileSync(file, 'utf8');
    const now = document.replace(new RegExp(`${begin}[\\s\\S]*${end}`), `${begin}${engineMatrix(seen)}${end}`);

    if (process.env['UPDATE_DOCS']) writeFileSync(file, now);
    expect(readFileSync(file, 'utf8')).toBe(now);
  });

  describe('allowlists', () => allowlistScenario(() => stage, allowlists));
  describe('failover', () => failoverScenario(() => stage));
  describe('open connections', () => sessionsScenario(() => stage, allowlists));
  describe('load', () => loadScenario(() => stage, allowlists));
});
