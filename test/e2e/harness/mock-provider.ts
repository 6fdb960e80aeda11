import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MockDefaults } from './mock-defaults';
import { type MockOutcome, outcomeOf, problemsOf, readMessages } from './mock-outcome';
import { type MockRun, mockTestFile } from './mock-test-file';
import { providersOf, withoutGuards } from './stack-configuration';
import type { Workspace } from './workspace';

/*
 * Stacks run through `terraform test` with every AWS provider mocked: no server, no credentials. The mock checks
 * schemas, evaluates expressions and conditions, and makes up what AWS would answer. It does not run the provider's
 * own plan logic (defaults, replacements): for those plan with the real provider, `withoutAws` or on the emulator.
 */

/** A plan and then an apply, with these values of the stack's variables. */
export function planAndApply(variables: Readonly<Record<string, unknown>> = {}): MockRun[] {
  return [
    { command: 'plan', variables },
    { command: 'apply', variables },
  ];
}

/**
 * Runs many cases, each on a state of its own, and says what Terraform and the stack's own conditions hold against
 * each: nothing, where every run passed. One process for all; a case costs next to nothing. `own` replaces what the
 * mock answers for a resource type.
 */
export async function checkOnMocks<Case extends string>(
  workspace: Workspace,
  cases: Readonly<Record<Case, readonly MockRun[]>>,
  own: MockDefaults = {},
): Promise<Record<Case, string[]>> {
  const names = Object.keys(cases) as Case[];
  const runs = Object.values<readonly MockRun[]>(cases);
  const messages = readMessages(await terraformTest(workspace, runs, own));
  const problems = names.map((name, index) => [name, problemsOf(fileName(index), messages)]);
  return Object.fromEntries(problems) as Record<Case, string[]>;
}

/** Runs one case and tells what it planned and what it left. About a second a run: Terraform prints every schema. */
export async function runOnMocks(
  workspace: Workspace,
  runs: readonly MockRun[],
  own: MockDefaults = {},
): Promise<MockOutcome> {
  return outcomeOf(fileName(0), readMessages(await terraformTest(workspace, [runs], own, '-verbose')));
}

async function terraformTest(
  workspace: Workspace,
  cases: readonly (readonly MockRun[])[],
  own: MockDefaults,
  ...flags: string[]
) {
  const files = cases.map((runs, index) => {
    const file = join(workspace.folder, fileName(index));
    writeFileSync(file, mockTestFile(providersOf(workspace.folder), runs, own));
    return file;
  });
  try {
    const terraform = await workspace.ready();
    return await withoutGuards(workspace.folder, async () => {
      return (await terraform.runExpecting([0, 1], 'test', '-json', ...flags)).stdout;
    });
  } finally {
    for (const file of files) rmSync(file);
  }
}

const fileName = (index: number) => `case-${index}.tftest.json`;
