import { checkStruct, missingIn, missingProperty, readOrRefuse, type TypeProblem } from '../rules/type-check';
import type { AddressAssignment, EndpointAddresses } from './endpoint-addresses';

const ENTRIES = { existing: 'SubnetElasticIp', privateIps: 'SubnetPrivateIp' };

/** What a type checker would refuse about the addresses of a load balancer. */
export function addressTypeProblems(addresses: EndpointAddresses | undefined): TypeProblem[] {
  const assignment = addresses?._assignment;
  if (assignment === undefined) return [];
  if (assignment.kind === 'elasticIps') return checkStruct(assignment.options, 'ElasticIpsOptions', 'addresses');
  return readOrRefuse('addresses', () => entryProblems(assignment));
}

function entryProblems({ kind, entries }: Exclude<AddressAssignment, { readonly kind: 'elasticIps' }>): TypeProblem[] {
  if (!Array.isArray(entries)) {
    return [
      {
        rule: 'PropertyTypeInvalid',
        property: 'addresses',
        reason: 'is not a list',
        remedy: `Pass a list to EndpointAddresses.${kind}, with one object for each subnet.`,
      },
    ];
  }
  const struct = ENTRIES[kind];
  return Array.from<object>(entries).flatMap((entry, i) => {
    const property = `addresses[${i}]`;
    const mistyped = checkStruct(entry ?? null, struct, property);
    return mistyped.length > 0
      ? mistyped
      : missingIn(entry, struct, (value) => value === undefined || value === null).map((name) =>
          missingProperty(`${property}.${name}`, `Give the entry its ${name}.`),
        );
  });
}
