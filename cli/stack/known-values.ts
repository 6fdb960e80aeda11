import { attributeOf } from './deployed-attributes';
import type { TerraformValues } from './terraform-values';

/**
 * What Terraform knows of an expression: the value of the attribute that it asks for, then of the output that repeats it.
 *
 * @param allowed the attributes that may be read, by type of resource.
 */
export function knownValues(
  values: TerraformValues | undefined,
  expression: string,
  allowed: Readonly<Record<string, readonly string[]>>,
  output?: string,
): readonly unknown[] {
  const asked = attributeOf(expression, allowed);
  return [
    asked && values?.resources.get(asked.address)?.[asked.attribute],
    output && values?.outputs.get(output),
  ].filter((value) => value !== undefined);
}
