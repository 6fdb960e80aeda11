import { join } from 'node:path';
import { checkOnMocks, type Workspace } from '../test/e2e/harness';
import { pipelineEnvironment } from '../test/e2e/harness/environment';
import { findTools } from '../test/e2e/harness/tools';
import { Workspace as TerraformWorkspace } from '../test/e2e/harness/workspace';
import type { Contest } from './contest';
import type { Scenario } from './scenarios';
import { rounded, type Spread, spreadOf } from './statistics';

/** What Terraform makes of the same endpoints, of this library's making and by hand. */
export interface TerraformRow {
  readonly scenario: string;
  readonly endpointSeconds: Spread;
  readonly byHandSeconds: Spread;
  readonly ratio: Spread;
}

const ENDPOINTS = 100;
const STACK: Scenario = {
  name: `${ENDPOINTS} endpoints`,
  mode: 'compiled',
  endpoints: ENDPOINTS,
  entries: 10,
  measured: 'construct + synth',
  contestants: ['endpoint', 'by-hand'],
};

/** Times `terraform validate`, and a plan on a mocked provider; nothing where there is no Terraform. */
export async function compareTerraform(contest: Contest, runs: number): Promise<TerraformRow[]> {
  const { terraform, provider } = findTools();
  if (!terraform.path || !provider.path) return [];
  process.env['E2E_SCRATCH'] ??= contest.folder;
  const [endpoint, byHand] = (['endpoint', 'by-hand'] as const).map((contestant) => {
    contest.run(contestant, STACK);
    return new TerraformWorkspace(join(contest.outdir(contestant), 'stacks', 'bench'), pipelineEnvironment({}));
  });
  const rows: TerraformRow[] = [];
  for (const [what, work] of Object.entries(WORKS)) {
    const seconds = { endpoint: [] as number[], byHand: [] as number[] };
    for (let round = -1; round < runs; round++) {
      const [own, other] = [await timed(() => work(endpoint)), await timed(() => work(byHand))];
      if (round < 0) continue;
      seconds.endpoint.push(own);
      seconds.byHand.push(other);
    }
    rows.push({
      scenario: `${STACK.name}, ${what}`,
      endpointSeconds: spreadOf(seconds.endpoint),
      byHandSeconds: spreadOf(seconds.byHand),
      ratio: spreadOf(seconds.endpoint.map((own, run) => own / seconds.byHand[run])),
    });
  }
  return rows;
}

const WORKS: { readonly [what: string]: (workspace: Workspace) => Promise<readonly string[]> } = {
  'terraform validate': (workspace) => workspace.validate(),
  'plan on a mocked provider': async (workspace) =>
    (await checkOnMocks(workspace, { plan: [{ command: 'plan' }] })).plan,
};

async function timed(work: () => Promise<readonly string[]>): Promise<number> {
  const start = performance.now();
  const problems = await work();
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return rounded((performance.now() - start) / 1000);
}
