import { AWS_IDS } from '../network/aws-ids';
import { isCidr, parseCidr } from '../network/cidr';
import { PRIVATE_ADDRESSES } from '../network/special-ranges';
import type { Finding, Rule } from '../rules/rule';
import { isUnresolved, isUnresolvedList } from '../tokens/unresolved';
import type { EndpointAddresses } from './endpoint-addresses';
import { writtenAddresses } from './subnet-addresses';

/** A load balancer, and what it is to have fixed addresses. */
export interface AddressInput {
  readonly subnetIds: readonly string[];
  readonly internetFacing: boolean;
  readonly addresses?: EndpointAddresses;
  /** A value as a text that tokens of one expression have in common. */
  readonly textOf: (value: string) => string;
  /** Elastic IP addresses that other load balancers of the stack allocate in the same account and Region. */
  readonly otherElasticIps: number;
}

const ZONES = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html';
const API = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SubnetMapping.html';

/**
 * Elastic IP addresses in a Region, as every account begins.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-eips
 */
const ELASTIC_IPS = 5;

/** Validation rules for the addresses of load balancers. */
export const ADDRESS_RULES: readonly Rule<AddressInput>[] = [
  {
    name: 'ElasticIpsInternal',
    because: 'An internal load balancer has private addresses only.',
    see: API,
    check: ({ internetFacing, addresses }) =>
      addresses && addresses._assignment.kind !== 'privateIps' && !internetFacing
        ? {
            property: 'addresses',
            reason: 'are Elastic IP addresses, and the load balancer is internal',
            remedy: 'Use EndpointAddresses.privateIps, or leave internetFacing at true.',
          }
        : undefined,
  },
  {
    name: 'PrivateIpsInternetFacing',
    because: 'AWS takes private addresses for internal load balancers only.',
    see: API,
    check: ({ internetFacing, addresses }) =>
      addresses?._assignment.kind === 'privateIps' && internetFacing
        ? {
            property: 'addresses',
            reason: 'are private addresses, and the load balancer is internet-facing',
            remedy:
              'Use EndpointAddresses.elasticIps or EndpointAddresses.existing, or make the load balancer internal with internetFacing: false.',
          }
        : undefined,
  },
  {
    name: 'AddressSubnetsUnknown',
    because: 'Each subnet has an address of its own, so the subnets must be told apart when the stack is written.',
    check: ({ subnetIds, addresses }) =>
      addresses && isUnresolvedList(subnetIds)
        ? {
            property: 'subnetIds',
            reason: 'is a list that is known after apply, and each of its subnets has an address of its own',
            remedy: 'Write the subnets one by one; each id may be a token.',
          }
        : undefined,
  },
  {
    name: 'SubnetDuplicate',
    because: 'A load balancer takes one subnet for each Availability Zone.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/availability-zones.html',
    check: ({ subnetIds, addresses, textOf }) => {
      if (!addresses || isUnresolvedList(subnetIds)) return undefined;
      // The same token, or the same literal, is found without the texts.
      const texts = subnetIds.map(textOf);
      return subnetIds.flatMap((id, i): Finding[] => {
        const first = texts.indexOf(texts[i]);
        return first < i && subnetIds.indexOf(id) === i
          ? [
              {
                property: `subnetIds[${i}]`,
                value: id,
                reason: `repeats subnetIds[${first}]`,
                remedy: 'Name every subnet once.',
              },
            ]
          : [];
      });
    },
  },
  {
    name: 'AddressSubnetForeign',
    because: 'An address belongs to a subnet of the load balancer.',
    see: API,
    check: (input) => {
      const subnets = subnetTexts(input);
      if (subnets === undefined) return undefined;
      return entriesOf(input).flatMap(({ subnetId, text, i }) =>
        subnets.includes(text)
          ? []
          : {
              property: `addresses[${i}].subnetId`,
              value: subnetId,
              reason: 'is not a subnet of the load balancer',
              remedy: `Write one of its subnetIds (${subnets.join(', ')}), or add this one to them.`,
            },
      );
    },
  },
  {
    name: 'AddressSubnetDuplicate',
    because: 'A load balancer has one fixed address in each subnet.',
    see: `${ZONES}#availability-zones`,
    check: (input) => {
      const entries = entriesOf(input);
      return entries.flatMap(({ subnetId, text, i }) => {
        const first = entries.findIndex((other) => other.text === text);
        return first === i
          ? []
          : {
              property: `addresses[${i}].subnetId`,
              value: subnetId,
              reason: `has an address already, in addresses[${first}]`,
              remedy: 'Name one address for each subnet.',
            };
      });
    },
  },
  {
    name: 'AddressMissing',
    because: 'AWS takes fixed addresses for every subnet of a load balancer, or for none.',
    see: API,
    check: (input) => {
      const subnets = subnetTexts(input);
      if (subnets === undefined || input.addresses?._assignment.kind === 'elasticIps') return undefined;
      const given = new Set(entriesOf(input).map(({ text }) => text));
      return subnets.flatMap((text, i) =>
        given.has(text)
          ? []
          : {
              property: `subnetIds[${i}]`,
              value: input.subnetIds[i],
              reason: 'has no address in addresses',
              remedy: 'Name one address for each subnet.',
            },
      );
    },
  },
  {
    name: 'AllocationIdInvalid',
    because: 'Elastic IP addresses are identified by their allocation ids.',
    see: API,
    check: (input) =>
      ofKind(input, 'existing').flatMap(({ value, i }) =>
        isUnresolved(value) || AWS_IDS.elasticIp.test(value)
          ? []
          : {
              property: `addresses[${i}].allocationId`,
              value,
              reason: 'is not the allocation id of an Elastic IP address',
              remedy: 'Write an id like eipalloc-0123456789abcdef0.',
            },
      ),
  },
  {
    name: 'PrivateIpInvalid',
    because: 'Subnets hand out private IPv4 addresses.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
    check: (input) =>
      ofKind(input, 'privateIps').flatMap(({ value, i }) =>
        isUnresolved(value) || isPrivateIpv4(value)
          ? []
          : {
              property: `addresses[${i}].address`,
              value,
              reason: 'is not a private IPv4 address',
              remedy: 'Write a free address of the subnet, like 10.0.1.10.',
            },
      ),
  },
  {
    name: 'AddressDuplicate',
    because: 'An address is in one subnet only.',
    see: `${ZONES}#availability-zones`,
    check: (input) => {
      const property = input.addresses?._assignment.kind === 'existing' ? 'allocationId' : 'address';
      const texts = entriesOf(input).map(({ value }) => input.textOf(value));
      return entriesOf(input).flatMap(({ value, i }) => {
        const first = texts.indexOf(texts[i]);
        return first === i
          ? []
          : {
              property: `addresses[${i}].${property}`,
              value,
              reason: `repeats addresses[${first}]`,
              remedy: 'Name another address for each subnet.',
            };
      });
    },
  },
];

/** Warnings about the addresses of load balancers. */
export const ADDRESS_WARNINGS: readonly Rule<AddressInput>[] = [
  {
    name: 'ElasticIpQuota',
    because: 'An account has 5 Elastic IP addresses in each Region, until AWS raises that quota (L-0263D0A3).',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-eips',
    check: ({ addresses, subnetIds, otherElasticIps }) => {
      const total = otherElasticIps + subnetIds.length;
      return addresses?._assignment.kind === 'elasticIps' && total > ELASTIC_IPS
        ? {
            property: 'addresses',
            reason: `makes ${total} Elastic IP addresses in this stack and Region, and an account begins with a quota of ${ELASTIC_IPS}`,
            remedy:
              'Request an increase of the quota L-0263D0A3, or put endpoints on one EndpointLoadBalancer; then acknowledge ElasticIpQuota.',
          }
        : undefined;
    },
  },
];

/** What only Terraform can refuse about addresses, for the documentation. */
export const ADDRESS_CONDITIONS = [
  {
    name: 'AddressKindChanged',
    because: 'AWS takes addresses when a load balancer is made: another kind needs another load balancer.',
    see: `${ZONES}#availability-zones`,
  },
  {
    name: 'AddressExchanged',
    because: 'The address of a subnet cannot be exchanged, nor given to a load balancer that was made without.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSubnets.html',
  },
];

interface Entry {
  readonly subnetId: string;
  readonly text: string;
  readonly value: string;
  readonly i: number;
}

function entriesOf({ addresses, textOf }: AddressInput): Entry[] {
  const written = addresses ? writtenAddresses(addresses._assignment) : [];
  return written.map(({ subnetId, value }, i) => ({ subnetId, text: textOf(subnetId), value, i }));
}

function ofKind(input: AddressInput, kind: 'existing' | 'privateIps'): Entry[] {
  return input.addresses?._assignment.kind === kind ? entriesOf(input) : [];
}

/** Nothing where there are no addresses, or the subnets cannot be told apart. */
function subnetTexts({ subnetIds, addresses, textOf }: AddressInput): string[] | undefined {
  return addresses && !isUnresolvedList(subnetIds) ? subnetIds.map(textOf) : undefined;
}

function isPrivateIpv4(text: string): boolean {
  const block = parseCidr(text);
  return !text.includes('/') && isCidr(block) && block.family === 4 && PRIVATE_ADDRESSES.contains(block);
}
