import { DatabaseEngine } from '../../../lib';
import { type MatrixMode, rowKey } from '../../support/engine-matrix';
import { ENDPOINTS, type Endpoint } from './endpoints';
import { knock } from './knock';
import { STRANGER } from './names';
import { follow, recipesOf, works } from './reader';
import type { Stage } from './stage';

/** Endpoints that carry an engine of the catalogue in a mode that the library takes for it. */
const PLAIN = ENDPOINTS.filter(
  ({ id, engine, mode }) =>
    mode !== 'terminate, clients wrap' && DatabaseEngine.all().includes(engine) && !['failover', 'load'].includes(id),
);

const STAND_INS: Readonly<Record<string, string>> = {
  'aurora-postgresql': ' (PostgreSQL in its place)',
  neptune: ' (a web server in its place, which answers to its own name alone)',
};

/** Every engine through the modes that the library takes, by the strings of its guide alone. */
export function defaultModes(stage: () => Stage, seen: Map<string, string>): void {
  it.each(PLAIN)('$id: every client of the guide gets through, and a stranger does not', async (endpoint) => {
    const { id, engine, mode } = endpoint;
    const outcomes = [];
    for (const recipe of recipesOf(stage(), id)) {
      const outcome = await follow(stage(), id, recipe);
      expect({ ...outcome, works: works(id, recipe, outcome) }).toEqual({ ...outcome, works: true });
      const verified =
        recipe.verifiesName && recipe.verifiesChain ? 'name and CA' : recipe.verifiesName ? 'host key' : 'CA';
      outcomes.push(`\`${recipe.client}\` works, verifying the ${verified}`);
    }
    expect(outcomes.length).toBeGreaterThan(0);
    const [address] = stage().doors[id].addresses;
    expect(await knock(STRANGER, address, stage().doors[id].port)).toBe('refused');

    // docs/engines.md is about an endpoint with a load balancer of its own.
    if (endpoint.isShared) return;
    const key = rowKey({ engine, mode: written(endpoint) });
    const text =
      mode === 'terminate, plain behind' ? `${seen.get(key)}; with \`reencrypt: false\` as well` : outcomes.join('; ');
    seen.set(key, text + (STAND_INS[engine.name] ?? ''));
  });
}

function written({ mode }: Endpoint): MatrixMode {
  return mode === 'passthrough' ? '`passthrough`' : '`terminate`';
}
