import { connect } from 'node:net';
import { type Allowlists, PLACES } from './endpoints';
import { PASSWORD, USER } from './servers/sql';
import type { Door, Stage } from './stage';

const CLIENTS = 200;

const others = (third: number) => Array.from({ length: 40 }, (_, i) => `198.18.${third}.${i}/32`);

/** Clients that come and go; never more than fit one security group, for rules that move are away for a moment. */
export const LOAD_ALLOWLIST = [...others(1), ...others(2).slice(0, 10)];

/** An entry that stays where it is through every edit. */
const KEPT = '198.18.1.39';

/** Many clients at work while the allowlist is edited around them. */
export function loadScenario(stage: () => Stage, lists: Allowlists): void {
  it(`none of ${CLIENTS} open connections is lost, and nobody who stays on the list is turned away, while the allowlist is edited and applied`, async () => {
    const { looker, plane, guides, doors } = stage();
    const { listenerArn } = doors['load'];
    const [, url] = /'(.*)'/.exec(guides['load'].clients[0].command) ?? [];
    const database = url?.replace('USER', USER).replace('DATABASE', 'postgres');
    const login = `PGPASSWORD=${PASSWORD}`;
    const prepared = looker.start(`${login} pgbench --initialize --quiet '${database}'`);
    expect({ exitCode: await prepared.ended, output: prepared.stderr }).toMatchObject({ exitCode: 0 });

    // Not as fast as it can: Terraform needs some of the machine.
    const work = ['--select-only', '--no-vacuum', `--client=${CLIENTS}`, '--jobs=2', '--rate=1000', '--time=900'];
    const bench = looker.start(`${login} pgbench ${work.join(' ')} --progress=1 '${database}'`);
    await bench.waitFor(/progress: .* 0 failed/);
    const flows = plane.flows(listenerArn);
    expect(flows).toHaveLength(CLIENTS);
    const before = plane.decisions.length;

    const arrivals = setInterval(() => arrive(KEPT, doors['load']), 100);
    const unwatch = plane.watch(250);
    await stage().edit({ ...lists, load: [...others(1).slice(20), ...others(3).slice(0, 30)] });
    await unwatch();
    await plane.refresh();
    clearInterval(arrivals);
    const seen = bench.stderr.length;
    await new Promise((resolve) => setTimeout(resolve, 2500));

    expect(new Set(plane.flows(listenerArn))).toEqual(new Set(flows));
    const newcomers = plane.decisions.slice(before);
    expect(newcomers.length).toBeGreaterThan(10);
    expect(newcomers.filter(({ outcome }) => outcome !== PLACES.postgresql.address)).toEqual([]);
    expect(bench.stderr.slice(seen)).toMatch(/progress: [\d.]+ s, [1-9][\d.]* /);
    expect(bench.stdout + bench.stderr).not.toMatch(/abort|error|[1-9]\d* failed/);
    await bench.kill();
  });
}

function arrive(from: string, { addresses, port }: Door): void {
  const socket = connect({ localAddress: from, host: addresses[0], port }).on('error', () => undefined);
  setTimeout(() => socket.destroy(), 1000);
}
