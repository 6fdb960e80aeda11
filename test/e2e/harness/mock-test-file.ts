import { KNOWN_AT_PLAN, MOCK_DATA, MOCK_RESOURCES, type MockDefaults } from './mock-defaults';

/** One run of a case: a plan or an apply, on the state that the run before it left. */
export interface MockRun {
  readonly command: 'plan' | 'apply';
  readonly variables?: Readonly<Record<string, unknown>>;
  /** What data sources answer in this run, by address, also that of one instance: `data.aws_subnets.Zone["a"]`. */
  readonly data?: MockDefaults;
}

/**
 * The text of a `*.tftest.json` that mocks every given AWS provider and then runs the runs in order. `own` replaces
 * what the mock answers for a resource type.
 * @see https://developer.hashicorp.com/terraform/language/tests/mocking
 */
export function mockTestFile(
  providers: readonly Record<string, unknown>[],
  runs: readonly MockRun[],
  own: MockDefaults,
): string {
  const resources = { ...MOCK_RESOURCES, ...own };
  const mocks = { mock_resource: withDefaults(resources), mock_data: withDefaults(MOCK_DATA) };
  return JSON.stringify({
    mock_provider: { aws: providers.map(({ alias }) => (alias ? { alias, ...mocks } : mocks)) },
    run: runs.map(({ command, variables = {}, data = {} }, index) => ({
      [`run-${index}`]: {
        command,
        variables: literal(variables),
        override_data: Object.entries(data).map(([target, values]) => ({ target, values })),
      },
    })),
  });
}

function withDefaults(types: MockDefaults) {
  const mocks = Object.entries(types).map(([type, defaults]) => {
    return [type, KNOWN_AT_PLAN.includes(type) ? { defaults, override_during: 'plan' } : { defaults }];
  });
  return Object.fromEntries(mocks);
}

/** Strings in Terraform's JSON are templates: what looks like one must be escaped. */
function literal(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/([$%])\{/g, '$1$1{'));
}
