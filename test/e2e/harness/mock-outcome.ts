import { actionsOf, type PlanJson, type ResourceList, type ResourceValues, valuesByAddress } from './plan';

/** What happened to one case. */
export interface MockOutcome {
  /** Errors of Terraform and of the stack's own conditions; empty where every run passed. */
  readonly problems: readonly string[];
  /** What each `plan` would do, as in `actionsOf`. */
  readonly planned: readonly (readonly string[])[];
  /** The attributes of the resources after the last `apply`, by full address. */
  readonly resources: ResourceValues;
}

/** A line of `terraform test -json`, as far as it matters here. */
interface Message {
  readonly type: string;
  readonly '@testfile'?: string;
  readonly test_file?: { readonly path: string; readonly progress: string };
  readonly diagnostic?: { readonly severity: string; readonly summary: string; readonly detail: string };
  readonly test_plan?: PlanJson;
  readonly test_state?: { readonly root_module?: { readonly resources?: ResourceList } };
}

export function readMessages(stdout: string): Message[] {
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** What is wrong with the case in a test file. An error that belongs to no file is wrong with every case. */
export function problemsOf(file: string, messages: readonly Message[]): string[] {
  const diagnostics = ofFile(file, messages).flatMap(({ diagnostic }) => diagnostic ?? []);
  const problems = diagnostics.filter(isProblem).map(({ summary, detail }) => `${summary}: ${detail}`);
  const ran = messages.some(({ test_file: ended }) => ended?.path === file && ended.progress === 'complete');
  return ran || problems.length > 0 ? problems : ['Terraform did not run this case to its end.'];
}

export function outcomeOf(file: string, messages: readonly Message[]): MockOutcome {
  const own = ofFile(file, messages);
  const states = own.flatMap(({ test_state: state }) => state ?? []);
  return {
    problems: problemsOf(file, messages),
    planned: own.flatMap(({ test_plan: plan }) => (plan ? [actionsOf(plan)] : [])),
    resources: valuesByAddress(states.at(-1)?.root_module?.resources),
  };
}

/** Terraform only warns of a misspelled variable, and then the case has tested something else. */
function isProblem({ severity, summary }: { severity: string; summary: string }): boolean {
  return severity === 'error' || summary === 'Value for undeclared variable';
}

function ofFile(file: string, messages: readonly Message[]): Message[] {
  return messages.filter(({ '@testfile': owner = file }) => owner === file);
}
