import { Connection } from '../../connection';
import type { Context, Measurement, Row } from '../measurement';
import { back, shift } from './shift';
import { tlsListener } from './tls-listener';
import { turn } from './turn';
import { unhealthy } from './unhealthy';
import { warm } from './warm';

/**
 * A listener with two target groups whose weights change: the questions of decision 8, in an order in which each leaves
 * what the next begins with.
 *
 * @see docs/decisions/0008-weighted-target-groups.md
 */
export const weights: Measurement = {
  name: 'weights',
  minutes: 40,
  run: async (context) => {
    const site = siteOf(context);
    const rows: Row[] = [];
    for (const question of [warm, shift, back, turn, unhealthy, tlsListener]) rows.push(...(await question(site)));
    return rows;
  },
};

/** What the questions work with. */
export interface WeightsSite extends Context {
  readonly writer: Member;
  readonly standby: Member;
  /** Gives the one of the two groups all connections, and the other none. */
  readonly prefer: (name: 'writer' | 'standby') => Promise<void>;
  /** The server that a new connection reaches. */
  readonly reached: () => Promise<string>;
}

/** A target group of the weighted listener, and the address of its target. */
interface Member {
  readonly group: string;
  readonly address: string;
}

function siteOf(context: Context): WeightsSite {
  const { outputs, groups, weighted } = context;
  const member = (name: string) => ({
    group: outputs[`${name}_group`] ?? '',
    address: outputs[`${name}_address`] ?? '',
  });
  const [writer, standby] = [member('writer'), member('standby')];
  return {
    ...context,
    writer,
    standby,
    prefer: (name) =>
      groups.weigh(outputs['weighted_listener'] ?? '', {
        [writer.group]: name === 'writer' ? 1 : 0,
        [standby.group]: name === 'standby' ? 1 : 0,
      }),
    reached: async () => (await Connection.reached(weighted)) ?? 'nothing',
  };
}
