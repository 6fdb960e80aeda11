import { type Block, resources, type TerraformJson } from '../support/synthesis';

/** An ingress rule as Terraform would make it. */
export interface MadeRule {
  /** As Terraform writes it. */
  readonly address: string;
  readonly group: string;
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  /** The block, prefix list or security group that it admits. */
  readonly source: string;
  readonly description: string;
}

const RULE = 'aws_vpc_security_group_ingress_rule';

/** The ingress rules of all groups of the load balancer, read from what Terraform is given. */
export function madeRules(tf: TerraformJson): MadeRule[] {
  const attached = resources(tf, 'aws_lb').flatMap(({ security_groups }) => security_groups as string[]);
  return Object.entries(tf.resource?.[RULE] ?? {})
    .filter(([, { security_group_id }]) => attached.includes(String(security_group_id)))
    .flatMap(([id, resource]) =>
      Object.entries((resource.for_each ?? { only: 'only' }) as object).map(([key, value]) => ({
        address: `${RULE}.${id}["${key}"]`,
        ...madeRule(resource, key, value),
      })),
    );
}

function madeRule(resource: Block, key: string, value: unknown): Omit<MadeRule, 'address'> {
  const attribute = (name: string) => evaluate(resource[name], key, value);
  const sources = ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'].filter(
    (name) => resource[name] !== undefined,
  );
  if (sources.length !== 1) throw new Error(`a rule for ${key} has ${sources.length} sources`);
  return {
    group: String(resource.security_group_id),
    protocol: String(attribute('ip_protocol')),
    fromPort: Number(attribute('from_port')),
    toPort: Number(attribute('to_port')),
    source: String(attribute(sources[0])),
    description: String(attribute('description')),
  };
}

// The few expressions that the library writes into rules; any other one is for a test of its own.
function evaluate(written: unknown, key: string, value: unknown): unknown {
  if (typeof written !== 'string' || !written.startsWith('${')) return written;
  const field = /^\$\{each\.value\.(\w+)\}$/.exec(written)?.[1];
  if (field !== undefined) return (value as { [field: string]: unknown })[field];
  switch (written) {
    case '${each.key}':
      return key;
    case '${each.value}':
      return value;
    case '${split(" ", each.key)[1]}':
      return key.split(' ')[1];
    case '${tonumber(split(" ", each.key)[0])}':
      return Number(key.split(' ')[0]);
    default:
      throw new Error(`an expression that nothing here evaluates: ${written}`);
  }
}
