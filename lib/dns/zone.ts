import { createHash } from 'node:crypto';
import type { DataAwsRoute53Zone } from '@cdktf/provider-aws/lib/data-aws-route53-zone';
import { type TerraformProvider, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import type { Precondition } from '../terraform/precondition';
import { providerOf, providerSuffix, unlessDefault } from '../terraform/provider';
import { Deferred } from '../tokens/deferred';
import { expressionOf } from '../tokens/expression';
import { expressionText } from '../tokens/resolved-text';
import { isUnresolved } from '../tokens/unresolved';

/** A hosted zone, as it is written. */
export interface ZoneProps {
  readonly id?: string;
  readonly name?: string;
  readonly isPrivate?: boolean;
  /** Of the account that the zone belongs to. @default the provider of the scope */
  readonly provider?: TerraformProvider;
}

/** A hosted zone in which records can be made. */
export interface Zone {
  readonly id: string;
  /** May be a token. */
  readonly name: string;
  /** For its records. */
  readonly provider?: TerraformProvider;
}

/** Finds a zone: Terraform looks up what was not given. Undefined if no zone was given at all. */
export function findZone(scope: Construct, { id, name, isPrivate = false, provider }: ZoneProps): Zone | undefined {
  const owner = provider ?? providerOf(scope);
  if (id !== undefined && name !== undefined) return { id, name, provider };
  if (id !== undefined) return { id, name: lookUp(scope, 'zoneId', id, isPrivate, owner).name, provider };
  if (name !== undefined) return { id: lookUp(scope, 'name', name, isPrivate, owner).zoneId, name, provider };
  return undefined;
}

/**
 * Makes Terraform refuse names outside a zone, if synthesis cannot know: the provider would append the zone's name to
 * them.
 */
export function withinZone(zone: Zone, names: readonly string[], refusal: string): Precondition[] {
  if (![zone.name, ...names].some(isUnresolved)) return [];
  return [
    {
      condition: new Deferred((context) => {
        const outer = `lower(trimsuffix(${expressionOf(zone.name, context)}, "."))`;
        const inner = names.map((name) => `lower(${expressionOf(name, context)})`).sort();
        return `\${alltrue([for name in [${inner.join(', ')}] : name == ${outer} || endswith(name, ".\${${outer}}")])}`;
      }),
      errorMessage: refusal,
    },
  ];
}

/** One lookup for a whole stack and provider: Route 53 allows five requests a second per account. */
function lookUp(
  scope: Construct,
  by: 'zoneId' | 'name',
  value: string,
  privateZone: boolean,
  provider: TerraformProvider | undefined,
): DataAwsRoute53Zone {
  const stack = TerraformStack.of(scope);
  const key = [privateZone, by, expressionText(scope, value)].join(' ');
  const id = `DatabaseEndpointZone-${createHash('sha256').update(key).digest('hex').slice(0, 8)}${providerSuffix(provider)}`;
  const known = stack.node.tryFindChild(id) as DataAwsRoute53Zone | undefined;
  return (
    known ??
    new aws.DataAwsRoute53Zone(stack, id, {
      [by]: value,
      privateZone: privateZone || undefined,
      provider: unlessDefault(provider),
    })
  );
}
