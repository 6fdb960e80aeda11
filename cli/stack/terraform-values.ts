import { UsageError } from '../usage-error';
import { isObject, type JsonObject, listOf, objectOf, readJson } from './json-file';

/**
 * What Terraform knows of one stack: outputs by name, attributes of resources by address. What it marks as sensitive is
 * left out.
 */
export interface TerraformValues {
  readonly outputs: ReadonlyMap<string, unknown>;
  readonly resources: ReadonlyMap<string, JsonObject>;
}

/**
 * Reads what Terraform and CDKTF write: a state file, `terraform show -json`, `terraform output -json`, and the file of
 * `cdktf deploy --outputs-file`.
 *
 * @param options `FILE`, or `STACK=FILE`.
 * @param stacks that there are.
 */
export function readTerraformValues(
  options: readonly string[],
  stacks: readonly string[],
): ReadonlyMap<string, TerraformValues> {
  const values = new Map<string, TerraformValues>();
  const add = (stack: string, more: TerraformValues) => {
    const known = values.get(stack);
    values.set(stack, {
      outputs: new Map([...(known?.outputs ?? []), ...more.outputs]),
      resources: new Map([...(known?.resources ?? []), ...more.resources]),
    });
  };
  for (const option of options) {
    const { stack, file } = split(option, stacks);
    const content = objectOf(readJson(file));
    const byStack = Object.entries(content).filter(([name, each]) => stacks.includes(name) && isPlainOutputs(each));
    if (byStack.length > 0 && byStack.length === Object.keys(content).length) {
      for (const [name, each] of byStack)
        add(name, { outputs: new Map(Object.entries(objectOf(each))), resources: new Map() });
    } else if (stack !== undefined) {
      add(stack, valuesOf(content, file));
    } else {
      throw new UsageError(
        `--state ${option}: unclear which stack it belongs to. Write --state STACK=FILE with one of ${stacks.join(', ')}.`,
      );
    }
  }
  return values;
}

function split(option: string, stacks: readonly string[]): { readonly stack?: string; readonly file: string } {
  const stack = stacks.find((name) => option.startsWith(`${name}=`));
  if (stack !== undefined) return { stack, file: option.slice(stack.length + 1) };
  return { stack: stacks.length === 1 ? stacks[0] : undefined, file: option };
}

/** CDKTF writes values as they are, Terraform puts each into an object. */
function isPlainOutputs(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((each) => !isObject(each) || !('value' in each));
}

function valuesOf(content: JsonObject, file: string): TerraformValues {
  if ('values' in content) {
    const { outputs, root_module } = objectOf(content['values']);
    return { outputs: outputsOf(objectOf(outputs)), resources: new Map(shownResources(objectOf(root_module))) };
  }
  if (Array.isArray(content['resources'])) {
    return {
      outputs: outputsOf(objectOf(content['outputs'])),
      resources: new Map(content['resources'].flatMap(stateResource)),
    };
  }
  if (Object.values(content).every((each) => isObject(each) && 'value' in each)) {
    return { outputs: outputsOf(content), resources: new Map() };
  }
  throw new UsageError(
    `${file} contains neither state nor outputs. Pass the output of \`terraform show -json\`, \`terraform output -json\` or \`terraform state pull\`.`,
  );
}

function outputsOf(outputs: JsonObject): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(outputs)
      .map(([name, output]) => [name, objectOf(output)] as const)
      .filter(([, { sensitive }]) => sensitive !== true)
      .map(([name, { value }]) => [name, value]),
  );
}

/** `terraform show -json` */
function shownResources({ resources, child_modules }: JsonObject): readonly (readonly [string, JsonObject])[] {
  return [
    ...listOf(resources).map((each) => {
      const { address, values, sensitive_values } = objectOf(each);
      const secrets = objectOf(sensitive_values);
      return [
        String(address),
        without(objectOf(values), (name) => name in secrets && secrets[name] !== false),
      ] as const;
    }),
    ...listOf(child_modules).flatMap((each) => shownResources(objectOf(each))),
  ];
}

/** The state file, version 4. */
function stateResource(resource: unknown): readonly (readonly [string, JsonObject])[] {
  const { mode, type, name, instances } = objectOf(resource);
  const [instance] = listOf(instances);
  const address = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
  if (instance === undefined) return [];
  const { attributes, sensitive_attributes } = objectOf(instance);
  const secrets = new Set(listOf(sensitive_attributes).flatMap((path) => namesIn(path)));
  return [[address, without(objectOf(attributes), (name) => secrets.has(name))]];
}

/** A path of the state into an attribute begins with its name: `[{ "type": "get_attr", "value": "password" }]`. */
function namesIn(path: unknown): readonly string[] {
  const [first] = Array.isArray(path) ? path : [path];
  const { value } = objectOf(first);
  return typeof value === 'string' ? [value] : [];
}

function without(attributes: JsonObject, isSecret: (name: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !isSecret(name)));
}
