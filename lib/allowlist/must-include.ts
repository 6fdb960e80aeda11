import { AddressSet } from '../network/address-set';
import { isCidr, parseCidr } from '../network/cidr';
import type { NamedFinding } from '../rules/rule-book';

type MustIncludeRule = 'MustIncludeLockedOut' | 'CidrInvalid' | 'CidrHasHostBits';

/**
 * Refuses an allowlist that locks out someone who must not be.
 *
 * @param mustInclude addresses or blocks that are known at synthesis.
 * @param admitted what the entries that are known at synthesis admit.
 * @param undecided whether there are sources whose addresses are not known at synthesis, such as prefix lists.
 */
export function checkMustInclude(
  mustInclude: readonly string[],
  admitted: AddressSet,
  undecided = false,
): NamedFinding<MustIncludeRule>[] {
  return mustInclude.flatMap((text, i): NamedFinding<MustIncludeRule>[] => {
    const property = `allowlist.mustInclude[${i}]`;
    const block = parseCidr(text);
    if (!isCidr(block)) return [{ property, value: text, ...block }];
    if (admitted.contains(block)) return [];
    return [
      {
        rule: 'MustIncludeLockedOut',
        property,
        value: text,
        reason: lockedOut(AddressSet.of([block]).subtract(admitted), admitted.overlaps(block)),
        remedy: `Add it to the allowlist, or remove it from mustInclude if it needs no access.${undecided ? ' Prefix lists, security groups and values known after apply do not count here.' : ''}`,
      },
    ];
  });
}

function lockedOut(missing: AddressSet, partly: boolean): string {
  if (!partly) return 'would have no access: no entry of the allowlist covers it';
  const blocks = missing.toCidrs().map(({ text }) => text);
  const shown = blocks.slice(0, 3).join(', ');
  return `would have only partial access: no entry of the allowlist covers ${shown}${blocks.length > 3 ? ' and more' : ''}`;
}
