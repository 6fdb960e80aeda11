import { AWS_IDS } from '../network/aws-ids';
import { isUnresolved, itemsOf } from '../tokens/unresolved';
import type { Finding, Rule } from './rule';

/** The rule about ids of subnets, for those of one room. */
export function subnetIdRule<Input>(subnetIdsOf: (input: Input) => readonly string[] | undefined): Rule<Input> {
  return {
    name: 'SubnetIdInvalid',
    because: 'Subnets are identified by their ids.',
    check: (input) =>
      itemsOf(subnetIdsOf(input) ?? []).flatMap((id, i): Finding[] =>
        isUnresolved(id) || AWS_IDS.subnet.test(id)
          ? []
          : [
              {
                property: `subnetIds[${i}]`,
                value: id,
                reason: 'is not the id of a subnet',
                remedy: 'Write an id like subnet-0123456789abcdef0.',
              },
            ],
      ),
  };
}

/** The rule about the id of a VPC. */
export const VPC_ID_RULE: Rule<{ readonly vpcId: string }> = {
  name: 'VpcIdInvalid',
  because: 'A VPC is identified by its id.',
  check: ({ vpcId }) =>
    isUnresolved(vpcId) || AWS_IDS.vpc.test(vpcId)
      ? undefined
      : {
          property: 'vpcId',
          value: vpcId,
          reason: 'is not the id of a VPC',
          remedy: 'Write an id like vpc-0123456789abcdef0.',
        },
};
