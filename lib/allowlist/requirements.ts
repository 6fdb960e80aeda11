import { bitsOf } from '../network/cidr';
import type { Mistake } from '../network/mistake';
import type { AllowlistRequirements } from './allowlist-requirements';
import type { Origin } from './origin';

/** A part of requirements, as it is written below `require`. */
export type RequirementPart =
  | 'owner'
  | 'ticket'
  | 'expires'
  | 'maxDays'
  | 'ticketIfWiderThan'
  | 'ticketIfWiderThan.ipv4'
  | 'ticketIfWiderThan.ipv6';

/** Requirements, and where each of them is written: in a file, at an endpoint, or at the load balancer that it shares. */
export interface StatedRequirements {
  readonly required: AllowlistRequirements;
  readonly originOf: (part: RequirementPart) => Origin;
}

/**
 * Requirements that code states.
 *
 * @param owner what states them, where it is not the endpoint itself.
 */
export function requirementsInCode(
  required: AllowlistRequirements | undefined,
  owner?: string,
): readonly StatedRequirements[] {
  if (required === undefined) return [];
  const of = owner === undefined ? '' : ` of ${owner}`;
  return [{ required, originOf: (part) => ({ property: `allowlist.require.${part}${of}` }) }];
}

/** Whether access must end: it does where it may only last so many days. */
export function mustExpire({ expires, maxDays }: AllowlistRequirements): boolean {
  return expires ?? maxDays !== undefined;
}

/** What is wrong with a part of requirements. */
export interface RequirementMistake extends Mistake<'RequirementInvalid'> {
  readonly part: RequirementPart;
  readonly value: unknown;
}

/** Checks the values of requirements. A token would count as true, or as a number that nobody wrote. */
export function requirementMistakes(required: AllowlistRequirements): RequirementMistake[] {
  const { maxDays, ticketIfWiderThan = {} } = required;
  const found: RequirementMistake[] = [];
  const note = (part: RequirementPart, value: unknown, reason: string, remedy: string) =>
    found.push({ rule: 'RequirementInvalid', part, value, reason, remedy });

  for (const part of ['owner', 'ticket', 'expires'] as const) {
    const value: unknown = required[part];
    if (value === undefined || typeof value === 'boolean') continue;
    note(part, undefined, 'is known after apply, but entries are checked at synthesis', 'Write true or false.');
  }
  if (maxDays !== undefined && !(Number.isSafeInteger(maxDays) && maxDays >= 1 && maxDays <= MOST_DAYS)) {
    note('maxDays', maxDays, 'is not a number of days', `Write a whole number from 1 to ${MOST_DAYS}.`);
  }
  for (const family of [4, 6] as const) {
    const value = family === 4 ? ticketIfWiderThan.ipv4 : ticketIfWiderThan.ipv6;
    const bits = bitsOf(family);
    if (value === undefined || (Number.isInteger(value) && value >= 0 && value <= bits)) continue;
    const remedy = `Write a whole number from 0 to ${bits}: blocks that are wider need a ticket.`;
    note(`ticketIfWiderThan.ipv${family}`, value, 'is not a prefix length', remedy);
  }
  return found;
}

/** A century: more is a date, or another unit. */
const MOST_DAYS = 36_500;
