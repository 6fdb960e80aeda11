import { type Block, resources, type TerraformJson } from '../support/synthesis';

/** One security group of the load balancer, and the keys of its rules by the kind of their source. */
export interface SynthesizedGroup {
  /** Terraform address of the group. */
  readonly address: string;
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
  readonly prefixLists: readonly string[];
  readonly awsPrefixLists: readonly string[];
  readonly securityGroups: readonly string[];
  /** Rules whose sources are known after apply. */
  readonly computed: readonly string[];
  readonly egress: readonly Block[];
}

/** The groups in the order in which they are attached to the load balancer, read from what Terraform is given. */
export function synthesizedGroups(tf: TerraformJson): SynthesizedGroup[] {
  const [loadBalancer] = resources(tf, 'aws_lb');
  const rules = resources(tf, 'aws_vpc_security_group_ingress_rule');
  return (loadBalancer.security_groups as string[]).map((reference) => {
    const there = rules.filter(({ security_group_id }) => security_group_id === reference);
    const keys = (attribute: string, value: RegExp) =>
      there.filter((rule) => value.test(String(rule[attribute] ?? ''))).flatMap(({ for_each }) => keysOf(for_each));
    return {
      address: reference.slice('${'.length, -'.id}'.length),
      ipv4: keys('cidr_ipv4', /^\$\{each\.key\}$/),
      ipv6: keys('cidr_ipv6', /^\$\{each\.key\}$/),
      prefixLists: keys('prefix_list_id', /^\$\{each\.value\.id\}$/),
      awsPrefixLists: keys('prefix_list_id', /^\$\{data\./),
      securityGroups: keys('referenced_security_group_id', /./),
      computed: keys('cidr_ipv4', /each\.value\.cidr/),
      egress: resources(tf, 'aws_vpc_security_group_egress_rule').filter(
        ({ security_group_id }) => security_group_id === reference,
      ),
    };
  });
}

/** In which group each rule is. A rule that is in two would be refused by nobody and is one too many. */
export function homesOf(groups: readonly SynthesizedGroup[]): Map<string, string> {
  const homes = new Map<string, string>();
  for (const { address, ipv4, ipv6, prefixLists, awsPrefixLists, securityGroups } of groups) {
    for (const key of [...ipv4, ...ipv6, ...prefixLists, ...awsPrefixLists, ...securityGroups]) {
      if (homes.has(key)) throw new Error(`${key} is in ${homes.get(key)} and in ${address}`);
      homes.set(key, address);
    }
  }
  return homes;
}

// A map that only Terraform can make is a text.
function keysOf(forEach: unknown): string[] {
  return typeof forEach === 'string' ? [forEach] : Object.keys(forEach as object);
}
