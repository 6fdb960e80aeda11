import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { resolvedText } from './resolved-text';

/** Attributes that the provider for AWS marks as secret, and that lists are made of. */
const SECRET_ATTRIBUTES =
  /\b(data\.)?(aws_ssm_parameter\.[\w-]+\.value|aws_secretsmanager_secret_version\.[\w-]+\.secret_string)\b/;

/**
 * What makes an expression secret to Terraform, as far as it can be seen at synthesis: a sensitive variable of the
 * stack, or a well-known attribute. Nothing where the expression says itself that it may be shown.
 */
export function secretIn(scope: Construct, value: unknown): string | undefined {
  const text = resolvedText(scope, value);
  if (/\bnonsensitive\(/.test(text)) return undefined;
  const variable = sensitiveVariables(scope).find((name) => text.split(/[^\w.-]/).includes(name));
  return variable ?? SECRET_ATTRIBUTES.exec(text)?.[0];
}

function sensitiveVariables(scope: Construct): string[] {
  // Known by what they have: `instanceof` does not survive two copies of CDKTF.
  return TerraformStack.of(scope)
    .node.findAll()
    .filter((each) => Reflect.get(each, 'sensitive') === true && typeof Reflect.get(each, 'stringValue') === 'string')
    .map((each) => `var.${Reflect.get(each, 'friendlyUniqueId')}`);
}
