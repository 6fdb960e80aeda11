// The only attributes that are read from a state. It knows passwords as well: whoever can write `exposure.json` must not be
// able to have those looked up in DNS, or shown.

/** The attributes that hold the name of a database or of a load balancer. */
export const HOST_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_lb: ['dns_name'],
  aws_alb: ['dns_name'],
  aws_elb: ['dns_name'],
  aws_eip: ['public_ip', 'public_dns'],
  aws_instance: ['private_ip', 'private_dns', 'public_ip', 'public_dns'],
  aws_network_interface: ['private_ip', 'private_dns_name'],
  aws_route53_record: ['fqdn', 'name'],
  aws_acm_certificate: ['domain_name'],
  aws_db_instance: ['address'],
  aws_db_proxy: ['endpoint'],
  aws_db_proxy_endpoint: ['endpoint'],
  aws_rds_cluster: ['endpoint', 'reader_endpoint'],
  aws_rds_cluster_endpoint: ['endpoint'],
  aws_rds_cluster_instance: ['endpoint'],
  aws_rds_global_cluster: ['endpoint'],
  aws_docdb_cluster: ['endpoint', 'reader_endpoint'],
  aws_docdb_cluster_instance: ['endpoint'],
  aws_neptune_cluster: ['endpoint', 'reader_endpoint'],
  aws_neptune_cluster_endpoint: ['endpoint'],
  aws_neptune_cluster_instance: ['address'],
  aws_elasticache_cluster: ['cluster_address'],
  aws_elasticache_replication_group: [
    'primary_endpoint_address',
    'reader_endpoint_address',
    'configuration_endpoint_address',
  ],
  aws_redshift_cluster: ['dns_name'],
  aws_opensearch_domain: ['endpoint'],
  aws_elasticsearch_domain: ['endpoint'],
};

/** Those that hold its port. */
export const PORT_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_lb_listener: ['port'],
  aws_db_instance: ['port'],
  aws_rds_cluster: ['port'],
  aws_rds_cluster_instance: ['port'],
  aws_docdb_cluster: ['port'],
  aws_docdb_cluster_instance: ['port'],
  aws_neptune_cluster: ['port'],
  aws_neptune_cluster_instance: ['port'],
  aws_elasticache_cluster: ['port'],
  aws_elasticache_replication_group: ['port'],
  aws_redshift_cluster: ['port'],
};

/** The attributes that hold an address or a block from which clients may come. */
export const BLOCK_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_eip: ['public_ip', 'private_ip'],
  aws_instance: ['private_ip', 'public_ip'],
  aws_nat_gateway: ['public_ip', 'private_ip'],
  aws_network_interface: ['private_ip'],
  aws_subnet: ['cidr_block', 'ipv6_cidr_block'],
  aws_vpc: ['cidr_block', 'ipv6_cidr_block'],
  aws_default_subnet: ['cidr_block', 'ipv6_cidr_block'],
  aws_default_vpc: ['cidr_block', 'ipv6_cidr_block'],
  aws_vpc_ipv4_cidr_block_association: ['cidr_block'],
  aws_vpc_ipv6_cidr_block_association: ['ipv6_cidr_block'],
};

/** The attributes that hold a list of such blocks. */
export const BLOCK_LIST_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_ip_ranges: ['cidr_blocks', 'ipv6_cidr_blocks'],
  aws_prefix_list: ['cidr_blocks'],
};

export const SECURITY_GROUP_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_security_group: ['id'],
  aws_default_security_group: ['id'],
};

export const PREFIX_LIST_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_ec2_managed_prefix_list: ['id'],
  aws_prefix_list: ['id'],
};

/** The attribute that an expression asks for, if that is all that it does, and the attribute is one of these. */
export function attributeOf(
  expression: string,
  allowed: Readonly<Record<string, readonly string[]>>,
): { readonly address: string; readonly attribute: string } | undefined {
  const found = /^\$\{((?:data\.)?([a-z][a-z0-9_]*)\.[\w-]+)\.([a-z][a-z0-9_]*)\}$/.exec(expression);
  if (!found) return undefined;
  const [, address, type, attribute] = found;
  const isAllowed = Object.hasOwn(allowed, type) && allowed[type].includes(attribute);
  return isAllowed ? { address, attribute } : undefined;
}
