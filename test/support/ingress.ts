import { type Block, resources, type TerraformJson } from './synthesis';

const TYPE = 'aws_vpc_security_group_ingress_rule';

/** The ingress rules of the groups that the load balancer has; not those of the database's own group. */
export function ingressRules(tf: TerraformJson): Block[] {
  const attached = resources(tf, 'aws_lb').flatMap((loadBalancer) => loadBalancer.security_groups as string[]);
  return resources(tf, TYPE).filter((rule) => attached.includes(String(rule.security_group_id)));
}

/** The rules whose source is of one kind, such as `cidr_ipv4` or `prefix_list_id`. */
export function rulesBy(tf: TerraformJson, source: string): Block[] {
  return ingressRules(tf).filter((rule) => rule[source] !== undefined);
}

/** Keys and values of `for_each` of rules whose source is of one kind, put together. */
export function entriesBy(tf: TerraformJson, source: string): { [key: string]: unknown } {
  return Object.assign({}, ...rulesBy(tf, source).map((rule) => rule.for_each));
}
