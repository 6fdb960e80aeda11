import { TerraformOutput, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { describeProblem, EndpointError } from '../rules/endpoint-error';
import { asLiteral } from '../tokens/literal';
import type { OutputProblem } from './output-rules';

/**
 * The outputs of one construct by the end of their names.
 *
 * @internal
 */
export interface OutputValues {
  readonly [name: string]: { readonly value: unknown; readonly description: string } | undefined;
}

/**
 * Writes outputs whose names are predictable, and sees to it that they are nobody else's: CDKTF silently writes the last one of
 * two outputs with the same name.
 *
 * @returns what the names begin with.
 * @internal
 */
export function createOutputs(owner: Construct, prefix: string | undefined, values: OutputValues): string {
  const stack = TerraformStack.of(owner);
  const start = prefix ?? defaultPrefix(owner, stack);
  const id = 'Outputs';
  const problem = owner.node.tryFindChild(id) ? ADDED_TWICE : prefixProblem(start);
  if (problem) throw new EndpointError(owner.node.path, [problem]);
  const scope = new Construct(owner, id);
  for (const [name, output] of Object.entries(values)) {
    if (output) {
      // Terraform evaluates the value alone; the description is shown as it is written.
      const { value, description } = output;
      new TerraformOutput(scope, `${start}_${name}`, { value: asLiteral(value), description, staticId: true });
    }
  }
  const mine = new Set<IConstruct>(scope.node.children);
  owner.node.addValidation({ validate: () => clashes(owner, mine, stack) });
  return start;
}

const ADDED_TWICE: OutputProblem = {
  rule: 'OutputsAddedTwice',
  property: 'addOutputs()',
  reason: 'has been called already',
  remedy: 'Call it once; write further outputs as TerraformOutput.',
};

function defaultPrefix(owner: Construct, stack: TerraformStack): string {
  const path = owner.node.scopes.slice(stack.node.scopes.length).map(({ node }) => node.id);
  return path
    .join('_')
    .replace(/[^A-Za-z0-9_-]/g, '_')
    .replace(/^(?=[^A-Za-z_])/, '_');
}

function prefixProblem(prefix: string): OutputProblem | undefined {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(prefix)
    ? undefined
    : {
        rule: 'OutputPrefixInvalid',
        property: 'addOutputs().prefix',
        value: prefix,
        reason: 'cannot begin the name of an output',
        remedy: 'Use letters, digits, "_" and "-", and begin with a letter or "_".',
      };
}

function clashes(owner: Construct, mine: ReadonlySet<IConstruct>, stack: TerraformStack): string[] {
  const outputs = stack.node.findAll().filter(TerraformOutput.isTerraformOutput) as TerraformOutput[];
  const names = new Set(outputs.filter((output) => mine.has(output)).map(({ friendlyUniqueId }) => friendlyUniqueId));
  return outputs
    .filter((output) => !mine.has(output) && names.has(output.friendlyUniqueId))
    .map(({ friendlyUniqueId, node }) => {
      const problem: OutputProblem = {
        rule: 'OutputNameTaken',
        property: `the output ${friendlyUniqueId}`,
        reason: `has the same name as ${node.path}, and Terraform would see one of them only`,
        remedy: 'Give addOutputs another prefix.',
      };
      return `${owner.node.path}: ${describeProblem(problem)}`;
    });
}
