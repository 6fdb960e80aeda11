import { isDeepStrictEqual } from 'node:util';

/** A change as `terraform show -json` and `terraform test -json` write it. */
export interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly type: string;
  readonly action_reason?: string;
  readonly change: Change;
}

interface Change {
  readonly actions: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  readonly after_unknown?: unknown;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
}

export interface PlanJson {
  readonly resource_changes?: readonly ResourceChange[];
  readonly resource_drift?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, Change>>;
}

/** Attributes of resources, by full address. */
export type ResourceValues = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Resources as `terraform show -json` lists them. */
export type ResourceList = readonly { readonly address: string; readonly values: Record<string, unknown> }[];

export function valuesByAddress(resources: ResourceList = []): ResourceValues {
  return Object.fromEntries(resources.map(({ address, values }) => [address, values]));
}

/** Of a plan `planned_values`, of a state `values`. */
export interface ShownJson extends PlanJson {
  readonly planned_values?: { readonly root_module?: { readonly resources?: ResourceList } };
  readonly values?: ShownJson['planned_values'];
}

/**
 * What a plan would do, one sorted line for each thing that it touches:
 *
 *     create aws_vpc_security_group_ingress_rule.Orders_Allow["203.0.113.7/32"]
 *     replace(create-before-destroy) aws_lb_target_group.Orders_Targets: port
 *     update aws_lb.Orders_LoadBalancer: tags.Name
 *
 * An update names the attributes that change, a replacement those that force it. Addresses come without the hash that
 * CDKTF appends, for the reader's sake; a changed hash still shows, as one delete and one create.
 */
export function actionsOf({ resource_changes = [], output_changes = {} }: PlanJson): string[] {
  const outputs = Object.entries(output_changes).map(([name, change]) => ({ address: `output.${name}`, change }));
  return [...resource_changes.flatMap(moveOf), ...[...resource_changes, ...outputs].flatMap(actionOf)].sort();
}

/** What was changed outside of Terraform since the last apply, in the same words. */
export function driftOf({ resource_drift = [] }: PlanJson): string[] {
  return resource_drift.flatMap(actionOf).sort();
}

function moveOf({ previous_address: previous, address }: ResourceChange): string[] {
  return previous && previous !== address ? [`move ${readable(previous)} -> ${readable(address)}`] : [];
}

function actionOf(resource: { address: string; action_reason?: string; change: Change }): string[] {
  const { change, action_reason: reason } = resource;
  const address = readable(resource.address);
  switch (change.actions.join()) {
    case 'no-op':
      return [];
    case 'update':
      return [`update ${address}${changedAttributes(change)}`];
    case 'create,delete':
      return [`replace(create-before-destroy) ${address}: ${forcedBy(change, reason)}`];
    case 'delete,create':
      return [`replace(destroy-before-create) ${address}: ${forcedBy(change, reason)}`];
    default:
      return [`${change.actions.join()} ${address}`];
  }
}

function readable(address: string): string {
  return address.replace(/_[0-9A-F]{8}(?=\[|$)/, '');
}

function forcedBy({ replace_paths: paths = [] }: Change, reason = 'unknown'): string {
  if (paths.length === 0) return reason.replace(/^replace_(because|by)_/, '');
  return paths
    .map((path) => path.join('.'))
    .sort()
    .join(', ');
}

function changedAttributes({ before, after, after_unknown: unknown }: Change): string {
  const paths = changedPaths(before, after, unknown).filter(Boolean);
  // The provider repeats every tag in `tags_all`; it says something new only where the provider's default tags change.
  const own = paths.filter((path) => !path.startsWith('tags_all'));
  const shown = own.some((path) => path.startsWith('tags')) ? own : paths;
  return shown.length > 0 ? `: ${shown.join(', ')}` : '';
}

function changedPaths(before: unknown, after: unknown, unknown: unknown, path = ''): string[] {
  if (unknown === true) return [path];
  if (isRecord(before) && isRecord(after)) {
    const unknowns = isRecord(unknown) ? unknown : {};
    const keys = new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknowns)]);
    return [...keys].sort().flatMap((key) => {
      const deeper = Array.isArray(after) ? `${path}[${key}]` : [path, key].filter(Boolean).join('.');
      return changedPaths(before[key], after[key], unknowns[key], deeper);
    });
  }
  return isDeepStrictEqual(before ?? null, after ?? null) ? [] : [path];
}

/** Objects, and lists too: JavaScript reads both by key. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
