import { ref, Token } from 'cdktf';
import { type DatabaseEndpointProps, EndpointAddresses, type SubnetElasticIp, type SubnetPrivateIp } from '../../lib';
import { validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { type Mistake, mistake } from '../support/mistake';

const A = { subnetId: 'subnet-0a', allocationId: 'eipalloc-0a' };
const B = { subnetId: 'subnet-0b', allocationId: 'eipalloc-0b' };
const IN_A = { subnetId: 'subnet-0a', address: '10.0.1.10' };
const IN_B = { subnetId: 'subnet-0b', address: '10.0.2.10' };

const existing = (addresses: SubnetElasticIp[], overrides: Partial<DatabaseEndpointProps> = {}) =>
  validProps({ addresses: EndpointAddresses.existing(addresses), ...overrides });
const privateIps = (addresses: SubnetPrivateIp[]) =>
  validProps({ internetFacing: false, addresses: EndpointAddresses.privateIps(addresses) });

/** What is refused about the addresses of a load balancer. */
export const ADDRESS_MISTAKES: readonly Mistake[] = [
  mistake(
    'PropertyTypeInvalid',
    'allocations stand in place of what each subnet has',
    existing(['eipalloc-0a'] as never),
    {
      property: 'addresses[0]',
      value: 'eipalloc-0a',
      reason: /not an object/,
      remedy: /^Write an object with the properties subnetId, allocationId\.$/,
    },
  ),
  ...[EndpointAddresses.elasticIps(), EndpointAddresses.existing([A, B])].map((addresses, i) =>
    mistake(
      'ElasticIpsInternal',
      `Elastic IP addresses, ${i === 0 ? 'allocated' : 'existing'}, are given to an internal load balancer`,
      validProps({ addresses, internetFacing: false }),
      {
        property: 'addresses',
        reason: /Elastic IP addresses, and the load balancer is internal/,
        remedy: /EndpointAddresses\.privateIps.*internetFacing/,
      },
    ),
  ),
  mistake(
    'PrivateIpsInternetFacing',
    'private addresses are given to an internet-facing load balancer',
    validProps({ addresses: EndpointAddresses.privateIps([IN_A, IN_B]) }),
    {
      property: 'addresses',
      reason: /private addresses, and the load balancer is internet-facing/,
      remedy: /elasticIps.*internetFacing: false/,
    },
  ),
  mistake(
    'AddressSubnetsUnknown',
    'the subnets are a token list',
    validProps({ addresses: EndpointAddresses.elasticIps(), subnetIds: Token.asList(ref('var.subnets')) }),
    { property: 'subnetIds', reason: /known after apply.*address of its own/, remedy: /one by one/ },
  ),
  mistake(
    'AddressSubnetForeign',
    'an address is for a subnet that the load balancer does not have',
    existing([A, B, { subnetId: 'subnet-0c', allocationId: 'eipalloc-0c' }]),
    {
      property: 'addresses[2].subnetId',
      value: 'subnet-0c',
      reason: /not a subnet of the load balancer/,
      remedy: /subnet-0a, subnet-0b/,
    },
  ),
  mistake('AddressMissing', 'a subnet has no address', existing([A]), {
    property: 'subnetIds[1]',
    value: 'subnet-0b',
    reason: /no address in addresses/,
    remedy: /one address for each subnet/,
  }),
  mistake(
    'AddressMissing',
    'no subnet has an address',
    privateIps([]),
    ...['subnet-0a', 'subnet-0b'].map((value, i) => ({
      property: `subnetIds[${i}]`,
      value,
      reason: /no address in addresses/,
      remedy: /one address for each subnet/,
    })),
  ),
  mistake(
    'AddressSubnetDuplicate',
    'a subnet has two addresses',
    privateIps([IN_A, IN_B, { ...IN_A, address: '10.0.1.11' }]),
    {
      property: 'addresses[2].subnetId',
      value: 'subnet-0a',
      reason: /has an address already, in addresses\[0\]/,
      remedy: /one address for each subnet/,
    },
  ),
  mistake(
    'AddressSubnetDuplicate',
    'a subnet that is a token has two addresses, by two tokens of one expression',
    existing(
      ['0a', '0b'].map((id) => ({ subnetId: expression('aws_subnet.a.id'), allocationId: `eipalloc-${id}` })),
      { subnetIds: [expression('aws_subnet.a.id')], allowSingleSubnet: true },
    ),
    {
      property: 'addresses[1].subnetId',
      reason: /has an address already, in addresses\[0\]/,
      remedy: /one address for each subnet/,
    },
  ),
  mistake(
    'SubnetDuplicate',
    'a subnet of a load balancer with addresses is there by two tokens of one expression',
    validProps({
      addresses: EndpointAddresses.elasticIps(),
      subnetIds: [expression('aws_subnet.a.id'), expression('aws_subnet.a.id')],
    }),
    { property: 'subnetIds[1]', reason: /repeats subnetIds\[0\]/, remedy: /once/ },
  ),
  ...['', 'eip-0a', 'eipalloc-', 'eipalloc-xyz', '203.0.113.7', 'eipalloc-0a '].map((allocationId) =>
    mistake('AllocationIdInvalid', `an allocation id is '${allocationId}'`, existing([A, { ...B, allocationId }]), {
      property: 'addresses[1].allocationId',
      value: allocationId,
      reason: /not the allocation id of an Elastic IP/,
      remedy: /eipalloc-0123456789abcdef0/,
    }),
  ),
  ...['', '10.0.2', '10.0.2.10/32', '10.0.2.0/24', 'fd00::7', '8.8.8.8', '203.0.113.7', 'db.example.com'].map(
    (address) =>
      mistake('PrivateIpInvalid', `a private address is '${address}'`, privateIps([IN_A, { ...IN_B, address }]), {
        property: 'addresses[1].address',
        value: address,
        reason: /not a private IPv4 address/,
        remedy: /like 10\.0\.1\.10/,
      }),
  ),
  mistake('AddressDuplicate', 'an allocation is there twice', existing([A, { ...A, subnetId: 'subnet-0b' }]), {
    property: 'addresses[1].allocationId',
    value: 'eipalloc-0a',
    reason: /repeats addresses\[0\]/,
    remedy: /another address/,
  }),
  mistake(
    'AddressDuplicate',
    'an allocation is there twice, by two tokens of one expression',
    existing([A, B].map((entry) => ({ ...entry, allocationId: expression('aws_eip.a.allocation_id') }))),
    { property: 'addresses[1].allocationId', reason: /repeats addresses\[0\]/, remedy: /another address/ },
  ),
  mistake(
    'AddressDuplicate',
    'a private address is there twice',
    privateIps([IN_A, { ...IN_B, address: IN_A.address }]),
    {
      property: 'addresses[1].address',
      value: '10.0.1.10',
      reason: /repeats addresses\[0\]/,
      remedy: /another address/,
    },
  ),
];

/** What is warned of about the addresses of a load balancer. */
export const ADDRESS_WARNED: readonly Mistake[] = [
  mistake(
    'ElasticIpQuota',
    'a load balancer has more Elastic IP addresses than an account begins with',
    validProps({
      addresses: EndpointAddresses.elasticIps(),
      subnetIds: ['0a', '0b', '0c', '0d', '0e', '0f'].map((id) => `subnet-${id}`),
    }),
    { property: 'addresses', reason: /makes 6 Elastic IP addresses.*quota of 5/, remedy: /L-0263D0A3.*acknowledge/ },
  ),
];
