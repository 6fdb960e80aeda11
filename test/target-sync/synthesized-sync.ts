import type { TerraformStack } from 'cdktf';
import {
  type DatabaseEndpointProps,
  type DatabaseRole,
  DatabaseTarget,
  type HostnameTargetOptions,
  type TargetSyncProps,
} from '../../lib';
import { followedBy, makeEndpoint, validProps } from '../support/endpoint';
import { addresses, type Block, onlyResource, synthesize, type TerraformJson } from '../support/synthesis';

export const FUNCTION = 'aws_lambda_function';
export const INVOCATION = 'aws_lambda_invocation';

/** A target by name behind a known security group. */
export function named(options: HostnameTargetOptions = {}, name = 'db.example.com'): DatabaseTarget {
  return DatabaseTarget.hostname(name, { securityGroupId: 'sg-0d', ...options });
}

/** An instance of RDS behind a known security group. */
export function rdsInstance(identifier: string): DatabaseTarget {
  return DatabaseTarget.rdsInstance({
    identifier,
    address: `${identifier}.abc123.eu-central-1.rds.amazonaws.com`,
    securityGroupId: 'sg-0d',
  });
}

export const PROXY = 'orders.proxy-abc123.eu-central-1.rds.amazonaws.com';

/** A proxy of RDS behind a known security group. */
export function proxy(role?: DatabaseRole): DatabaseTarget {
  return DatabaseTarget.rdsProxy({ endpoint: PROXY, role, securityGroupId: 'sg-0d' });
}

/** A stack with an endpoint that is followed by a function `prod/Sync` of its own. */
export function ownFunction(
  sync: Partial<TargetSyncProps>,
  options: HostnameTargetOptions = {},
  props: Partial<DatabaseEndpointProps> = {},
): TerraformJson {
  return stackOf({ Orders: { target: followedBy(named(options), sync), ...props } });
}

/** A stack with these endpoints, by their ids, in this order. */
export function stackOf(
  endpoints: Readonly<Record<string, Partial<DatabaseEndpointProps>>>,
  before: (stack: TerraformStack) => void = () => undefined,
): TerraformJson {
  return synthesize((stack) => {
    before(stack);
    for (const [id, props] of Object.entries(endpoints)) makeEndpoint(stack, id, validProps(props));
  });
}

/** A stack with one endpoint, whose target is a name. */
export function followed(
  options: HostnameTargetOptions = {},
  props: Partial<DatabaseEndpointProps> = {},
): TerraformJson {
  return stackOf({ Orders: { target: named(options), ...props } });
}

/** What stands inside `${jsonencode(...)}` or `${base64gzip(jsonencode(...))}`, with every reference as its text. */
export function encoded(expression: unknown): unknown {
  const [, inner = ''] = /^\$\{(?:base64gzip\()?jsonencode\(([{[].*[}\]])\)+\}$/s.exec(String(expression)) ?? [];
  return JSON.parse(quoted(inner));
}

/** Puts quotes around what is neither a text nor a number, nor holds any. */
function quoted(text: string): string {
  let result = '';
  for (let at = 0; at < text.length; ) {
    const [part] = /^("(?:[^"\\]|\\.)*"|[{}[\]:,]|-?\d+|true|false|null)/.exec(text.slice(at)) ?? [];
    const reference = part ?? referenceAt(text, at);
    result += part ?? JSON.stringify(reference);
    at += reference.length;
  }
  return result;
}

function referenceAt(text: string, from: number): string {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if ('[('.includes(text[at])) depth++;
    else if (depth === 0 && ',}]'.includes(text[at])) return text.slice(from, at);
    else if ('])'.includes(text[at])) depth--;
  }
  return text.slice(from);
}

/** The configuration that the function is given. */
export function configuration(tf: TerraformJson): unknown[] {
  const locals = Object.values((tf as { locals?: Record<string, unknown> }).locals ?? {});
  return encoded(locals.find((local) => String(local).includes('base64gzip'))) as unknown[];
}

/** The statements of the function's only policy. */
export function statements(tf: TerraformJson): Block[] {
  return (encoded(onlyResource(tf, 'aws_iam_role_policy').policy) as { Statement: Block[] }).Statement;
}

/** How another block refers to the first resource of a type. */
export function reference(tf: TerraformJson, type: string, attribute: string): string {
  return `\${${addresses(tf, type)[0]}.${attribute}}`;
}
