import { AddressSet } from '../../../lib/network/address-set';
import { isCidr, parseCidr } from '../../../lib/network/cidr';
import {
  BLOCK_ATTRIBUTES,
  BLOCK_LIST_ATTRIBUTES,
  PREFIX_LIST_ATTRIBUTES,
  SECURITY_GROUP_ATTRIBUTES,
} from '../../stack/deployed-attributes';
import { knownValues } from '../../stack/known-values';
import type { TerraformValues } from '../../stack/terraform-values';
import { type Entry, isExpression } from '../exposed-endpoint';

/** An entry with what it admits, after apply where Terraform's values are there. */
export function valued(entry: Entry, values: TerraformValues | undefined): Entry {
  if (entry.kind === 'cidr' || entry.kind === 'anywhere') return block(entry, values);
  if (!isExpression(entry.value)) return entry;
  if (entry.kind === 'cidrs') return list(entry, values);
  const ids = IDS[entry.kind];
  const id = ids && knownValues(values, entry.value, ids.attributes).find((each) => ids.pattern.test(String(each)));
  return id === undefined ? entry : { ...entry, value: String(id), written: entry.value };
}

const IDS: Readonly<
  Record<string, { readonly attributes: typeof SECURITY_GROUP_ATTRIBUTES; readonly pattern: RegExp } | undefined>
> = {
  securityGroup: { attributes: SECURITY_GROUP_ATTRIBUTES, pattern: /^sg-[0-9a-f]{8,17}$/ },
  prefixList: { attributes: PREFIX_LIST_ATTRIBUTES, pattern: /^pl-[0-9a-f]{8,17}$/ },
};

function block(entry: Entry, values: TerraformValues | undefined): Entry {
  const known = parseCidr(entry.value);
  if (isCidr(known)) return { ...entry, addresses: AddressSet.of([known]) };
  // An address is often written with its prefix length after the expression.
  const [, expression, prefix = ''] = /^(\$\{[^{}]*\})(\/\d{1,3})?$/.exec(entry.value) ?? [];
  if (expression === undefined) return entry;
  for (const value of knownValues(values, expression, BLOCK_ATTRIBUTES)) {
    const found = parseCidr(`${value}${prefix}`);
    if (isCidr(found)) {
      return { ...entry, value: found.text, written: entry.value, addresses: AddressSet.of([found]) };
    }
  }
  return entry;
}

function list(entry: Entry, values: TerraformValues | undefined): Entry {
  for (const value of knownValues(values, entry.value, BLOCK_LIST_ATTRIBUTES)) {
    const blocks = Array.isArray(value) ? value.map((each) => parseCidr(String(each))) : [];
    if (blocks.length > 0 && blocks.every(isCidr)) return { ...entry, addresses: AddressSet.of(blocks) };
  }
  return entry;
}
