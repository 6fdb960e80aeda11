import type { GuardedProcess } from '../harness/guarded-process';
import { type Allowlists, ENDED, KEPT } from './endpoints';
import { Host } from './host';
import { knock } from './knock';
import { PARTNER } from './names';
import { PASSWORD, USER } from './servers/sql';
import type { Stage } from './stage';

/** What both endpoints admit besides the one client that every endpoint admits. */
export const PARTNERS: Allowlists = { [ENDED]: [PARTNER], [KEPT]: [PARTNER] };

/** Two endpoints of one load balancer: open connections of one of them are ended. */
export function sessionsScenario(stage: () => Stage, lists: Allowlists): void {
  const left: Allowlists = { ...lists, [ENDED]: [] };
  let partner: Host;
  let sessions: { readonly partner: GuardedProcess; readonly looker: GuardedProcess; readonly other: GuardedProcess };
  const flows = (id: string) => stage().plane.flows(stage().doors[id].listenerArn);

  it('a session that was open when its entry was removed still answers, and its client can open no other', async () => {
    const { looker } = stage();
    partner = new Host(PARTNER, looker.folder);
    sessions = {
      partner: partner.start(asking(stage(), ENDED)),
      looker: looker.start(asking(stage(), ENDED)),
      other: partner.start(asking(stage(), KEPT)),
    };
    await Promise.all(Object.values(sessions).map(answersAgain));

    await stage().edit(left);
    await stage().plane.refresh();

    await answersAgain(sessions.partner);
    const { addresses, port } = stage().doors[ENDED];
    expect(await knock(PARTNER, addresses[0], port)).toBe('refused');
  });

  it('ends with the next epoch, as do all others of the endpoint, whose clients connect again', async () => {
    const before = flows(ENDED);
    const [former] = new Set(before.map(({ target }) => target.groupArn));
    const others = new Set(flows(KEPT));
    expect(before.map(({ source }) => source).sort()).toEqual([stage().looker.address, PARTNER].sort());
    expect(others.size).toBe(1);

    const unwatch = stage().plane.watch(100);
    await stage().edit(left, 2);
    await Promise.all([sessions.partner.ended, sessions.looker.ended]);
    await unwatch();

    for (const { stderr } of [sessions.partner, sessions.looker]) {
      expect(stderr).toMatch(/closed the connection|connection to server was lost|reset|terminat/i);
    }
    const again = stage().looker.start(asking(stage(), ENDED));
    await answersAgain(again);
    const [flow, ...more] = flows(ENDED);
    expect(more).toEqual([]);
    expect(flow.target.groupArn).not.toBe(former);
    const { addresses, port } = stage().doors[ENDED];
    expect(await knock(PARTNER, addresses[0], port)).toBe('refused');

    // The other endpoint of the load balancer has not noticed.
    expect(new Set(flows(KEPT))).toEqual(others);
    await answersAgain(sessions.other);
    await Promise.all([again.kill(), sessions.other.kill()]);
  });
}

/** A session that asks the database something each second. */
function asking({ guides }: Stage, id: string): string {
  const command = guides[id].clients[0].command.replace('USER', USER).replace('DATABASE', 'postgres');
  return `while sleep 1; do echo "SELECT 'here';"; done | PGPASSWORD=${PASSWORD} ${command} -At`;
}

async function answersAgain(session: GuardedProcess): Promise<void> {
  const before = session.stdout.length;
  await session.waitFor(new RegExp(`^[\\s\\S]{${before},}here\\n`));
}
