import type { EndpointAddresses } from './endpoint-addresses';

/** A subnet of a load balancer that has fixed addresses. */
export interface SubnetAddress {
  readonly subnetId: string;
  /** The id as a text, which tokens of one expression have in common: the key of what is made for the subnet. */
  readonly key: string;
  /** Allocation id or private address, where it was written. */
  readonly value?: string;
}

/** The subnets in the order in which they were written, each with its address. No mistake was found in them. */
export function subnetAddresses(
  subnetIds: readonly string[],
  { _assignment: assignment }: EndpointAddresses,
  textOf: (id: string) => string,
): SubnetAddress[] {
  const values = new Map(writtenAddresses(assignment).map(({ subnetId, value }) => [textOf(subnetId), value]));
  return subnetIds.map((subnetId) => {
    const key = textOf(subnetId);
    return { subnetId, key, value: values.get(key) };
  });
}

/** What was written for subnets; nothing where the addresses are allocated. */
export function writtenAddresses(
  assignment: EndpointAddresses['_assignment'],
): { readonly subnetId: string; readonly value: string }[] {
  switch (assignment.kind) {
    case 'elasticIps':
      return [];
    case 'existing':
      return assignment.entries.map(({ subnetId, allocationId }) => ({ subnetId, value: allocationId }));
    case 'privateIps':
      return assignment.entries.map(({ subnetId, address }) => ({ subnetId, value: address }));
  }
}
