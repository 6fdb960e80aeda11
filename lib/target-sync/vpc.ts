import type { DataAwsVpc } from '@cdktf/provider-aws/lib/data-aws-vpc';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { expressionOf, expressionToken } from '../tokens/expression';

/** Looks up the VPC, whose blocks determine which addresses are inside it. */
export function lookUpVpc(scope: Construct, vpcId: string): DataAwsVpc {
  return new aws.DataAwsVpc(scope, 'Vpc', { id: vpcId });
}

/** All blocks of a VPC, as an expression. */
export function blocksOf(vpc: DataAwsVpc): string {
  return expressionToken((context) => {
    const address = expressionOf(vpc.fqn, context);
    return `concat(${address}.cidr_block_associations[*].cidr_block, compact([${address}.ipv6_cidr_block]))`;
  });
}
