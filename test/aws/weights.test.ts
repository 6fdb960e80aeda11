import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Clock } from './clock';
import { Connection } from './connection';
import { weights } from './measurements/weights';
import { inARow } from './measurements/weights/in-a-row';
import type { TargetGroups } from './target-groups';

jest.mock('./connection');
jest.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }));

const OUTPUTS = {
  tcp_listener: 'tcp',
  tcp_group: 'tcp-group',
  tls_listener: 'tls',
  tls_group: 'tls-group',
  encrypted_group: 'encrypted-group',
  weighted_listener: 'weighted',
  writer_group: 'writer-group',
  standby_group: 'standby-group',
  writer_address: 'writer',
  standby_address: 'standby',
};

/** A load balancer that does everything at once. */
class World {
  readonly listeners: { [listener: string]: { [group: string]: number } } = {
    tcp: { 'tcp-group': 1 },
    tls: { 'tls-group': 1 },
    weighted: { 'writer-group': 1, 'standby-group': 0 },
  };
  readonly targets: { [group: string]: string[] } = {
    'tcp-group': ['writer'],
    'writer-group': ['writer'],
    'standby-group': ['standby'],
  };
  readonly calls: string[] = [];
  tlsTakesWeights = true;

  readonly groups = {
    register: async (group: string, address: string) => {
      this.calls.push(`register ${group} ${address}`);
      this.targets[group]?.push(address);
    },
    deregister: async (group: string, address: string) => {
      this.calls.push(`deregister ${group} ${address}`);
      this.targets[group] = this.targets[group]?.filter((each) => each !== address) ?? [];
    },
    stateOf: async (group: string, address: string) => {
      if (!this.targets[group]?.includes(address)) return 'gone';
      return /^\d/.test(address) ? 'unhealthy' : 'healthy';
    },
    weigh: async (listener: string, given: { [group: string]: number }) => {
      if (listener === 'tls' && !this.tlsTakesWeights) throw new Error('ValidationError');
      this.calls.push(`weigh ${listener} ${Object.values(given).join(':')}`);
      this.listeners[listener] = given;
    },
    turn: async (listener: string, group: string) => {
      this.calls.push(`turn ${listener} ${group}`);
      this.listeners[listener] = { [group]: 1 };
    },
  } as unknown as TargetGroups;

  reached(listener: string): string | undefined {
    const [group = ''] = Object.entries(this.listeners[listener] ?? {}).find(([, weight]) => weight > 0) ?? [];
    return this.targets[group]?.find((address) => !/^\d/.test(address));
  }
}

async function measured(world: World) {
  jest.mocked(Connection.reached).mockImplementation(async ({ host }) => world.reached(host));
  jest.mocked(Connection.open).mockRejectedValue(new Error('no connection is held in this test'));
  const address = (host: string) => ({ host, port: 1 });
  return weights.run({
    outputs: OUTPUTS,
    clock: new Clock(new AbortController().signal, 5),
    groups: world.groups,
    tcp: address('tcp'),
    tls: address('tls'),
    weighted: address('weighted'),
    apply: async () => {},
  });
}

describe('the measurement of weights', () => {
  test.each([true, false])(
    'leaves listeners and targets as they were, whether TLS takes weights (%s) or not',
    async (taken) => {
      const world = new World();
      world.tlsTakesWeights = taken;
      const before = new World();

      await measured(world);

      expect(world.listeners).toEqual(before.listeners);
      expect(world.targets).toEqual(before.targets);
    },
  );

  test('answers every question that decision 8 asks', async () => {
    const decision = readFileSync(join(__dirname, '../../docs/decisions/0008-weighted-target-groups.md'), 'utf8');
    const [, table = ''] =
      /\| question \| how \| it counts for \|\n\|---\|---\|---\|\n([\s\S]*?)\n\n/.exec(decision) ?? [];
    const asked = table.split('\n').map((row) => row.split(' | ')[0]?.replace('| ', ''));
    const rows = (await measured(new World())).map(({ question }) => question);

    expect(asked).toEqual(Object.keys(ANSWERED_BY));
    for (const answers of Object.values(ANSWERED_BY)) {
      for (const answer of answers) expect(rows).toContainEqual(expect.stringContaining(answer));
    }
  });

  test('begins each question with the weights that it is about', async () => {
    const world = new World();

    await measured(world);

    expect(world.calls.filter((call) => /weighted|turn tcp/.test(call))).toEqual([
      'weigh weighted 0:1',
      'weigh weighted 1:0',
      'weigh weighted 0:1',
      'weigh weighted 1:0',
      'turn tcp standby-group',
      'turn tcp tcp-group',
    ]);
  });
});

test('a server is steady after so many connections in a row, and one in between begins anew', () => {
  const isEnd = inARow('standby', 3);

  const seen = ['standby', 'standby', 'writer', 'standby', 'standby', 'standby'].map(isEnd);

  expect(seen).toEqual([false, false, false, false, false, true]);
});

/** Rows of the kit, by the questions of the decision. */
const ANSWERED_BY: { readonly [question: string]: readonly string[] } = {
  'Is a target in a group of weight 0 checked, and does it become healthy?': [
    'States of a target in a group with weight 0, from its registration',
  ],
  'From a change of weights 1:0 to 0:1, when does the last connection reach the old group, and does any fail?': [
    'after weights 1:0 became 0:1, until 60 in a row',
  ],
  'The same, back and forth within a minute': ['after weights 0:1 became 1:0 for 30 s and are 0:1 again'],
  'The same where a listener moves from one healthy group to another, without weights': [
    'after a listener turned to a group that is healthy already',
  ],
  'Where the only target of the group with weight 1 is unhealthy, do connections go to the group with weight 0?': [
    'States of the only target of the group with weight 1',
    'Which server 60 connections reach then',
  ],
  'Do connections of the group that lost its weight stay open, and does deregistration cut them?': [
    'A busy connection to the group whose weight is 0 now is cut',
    'An idle connection to the group whose weight is 0 now',
    'The busy one is cut after its target is deregistered',
    'The idle one is cut after its target is deregistered',
  ],
  'Are weights accepted on a TLS listener, for groups of TCP and TLS at once?': ['A TLS listener with a TCP group'],
};
