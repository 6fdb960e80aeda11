import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { resolvedText } from './resolved-text';

/** Attributes that the AWS provider marks as sensitive and from which lists are made. */
const SECRET_ATTRIBUTES =
  /\b(data\.)?(aws_ssm_parameter\.[\w-]+\.value|aws_secretsmanager_secret_version\.[\w-]+\.secret_string)\b/;

/**
 * What makes an expression sensitive, as far as synthesis can see: a sensitive variable in the stack, or a well-known
 * attribute. Nothing if the expression itself says that it may be shown.
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
