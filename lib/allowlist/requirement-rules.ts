import { isCidr, parseCidr } from '../network/cidr';
import { chapter, type NamedFinding } from '../rules/rule-book';
import { isUnresolved, isUnresolvedList } from '../tokens/unresolved';
import type { AllowedSource, SourceKind } from './allowed-source';
import { originOf, valuesOf } from './allowlist';
import type { AllowlistPrefixLengths } from './allowlist-requirements';
import { dayAfter, daysLeft, isExpiry } from './expiry';
import { originText } from './origin';
import { mustExpire, type RequirementPart, requirementMistakes, type StatedRequirements } from './requirements';

const FACTS = {
  OwnerRequired: { because: 'Access that nobody owns is access that nobody takes away.' },
  TicketRequired: { because: 'Whoever reviews an access later must find who approved it, and why.' },
  ExpiryRequired: { because: 'Access without an end outlives its reason.' },
  ExpiryTooLate: { because: 'A date in the far future is no end: access is to be confirmed from time to time.' },
  RequirementInvalid: { because: 'A requirement that cannot be checked would let every entry pass.' },
};

/** The fact for rooms that take requirements without sources. */
export const REQUIREMENT_INVALID = { name: 'RequirementInvalid', ...FACTS.RequirementInvalid };

type RequirementRule = keyof typeof FACTS;

/** Sources, and what must be said about each of them besides what their files require. */
interface SourcesToAsk {
  readonly sources: readonly AllowedSource[];
  readonly requirements?: readonly StatedRequirements[];
  /** The day as of which expiry is evaluated; without it, no date is too far away. */
  readonly now?: Date;
}

/** The rules about what must be said about entries, by the endpoint that admits them and by the file that holds them. */
export const REQUIREMENT_RULES = chapter(FACTS, ({ sources, requirements = [], now }: SourcesToAsk) => {
  const all = new Set([...requirements, ...sources.flatMap(({ _about }) => _about.requirements ?? [])]);
  if (all.size === 0) return [];
  const usable = new Set([...all].filter(({ required }) => requirementMistakes(required).length === 0));
  return [
    ...[...all].flatMap(invalidParts),
    ...sources.flatMap((source, i) => {
      const stated = [...requirements, ...(source._about.requirements ?? [])].filter((each) => usable.has(each));
      return source._kind === 'mistakes' ? [] : unmet(source, i, stated, now);
    }),
  ];
});

function invalidParts({ required, originOf: placeOf }: StatedRequirements): NamedFinding<RequirementRule>[] {
  return requirementMistakes(required).map(({ part, ...mistake }) => ({ ...placeOf(part), ...mistake }));
}

function unmet(
  source: AllowedSource,
  index: number,
  stated: readonly StatedRequirements[],
  now: Date | undefined,
): NamedFinding<RequirementRule>[] {
  const { owner, ticket, expires } = source._about;
  const asking = (asks: (each: StatedRequirements) => boolean) => stated.find(asks);
  const lacks = (
    rule: RequirementRule,
    what: string,
    by: StatedRequirements,
    part: RequirementPart,
    remedy: string,
  ) => ({
    rule,
    ...originOf(source, index),
    value: source._values.length === 1 ? source._values[0] : undefined,
    reason: `has no ${what}, which ${originText(by.originOf(part))} requires`,
    remedy,
  });
  const found: NamedFinding<RequirementRule>[] = [];

  const askingOwner = isSaid(owner) ? undefined : asking(({ required }) => required.owner === true);
  if (askingOwner) found.push(lacks('OwnerRequired', 'owner', askingOwner, 'owner', 'Say who owns this access.'));

  if (!isSaid(ticket)) {
    const askingTicket = asking(({ required }) => required.ticket === true);
    if (askingTicket) found.push(lacks('TicketRequired', 'ticket', askingTicket, 'ticket', TICKET));
    else found.push(...tooWideWithoutTicket(source, index, stated));
  }

  if (!isSaid(expires)) {
    const askingEnd = asking(({ required }) => mustExpire(required));
    if (askingEnd) {
      const part = askingEnd.required.expires === undefined ? 'maxDays' : 'expires';
      const remedy = 'Write the last day of access as YYYY-MM-DD.';
      found.push(lacks('ExpiryRequired', 'expiry', askingEnd, part, remedy));
    }
  } else if (now && isExpiry(expires)) {
    const days = daysLeft(expires, now);
    const [narrowest] = stated
      .filter(({ required: { maxDays } }) => maxDays !== undefined && days > maxDays)
      .sort((a, b) => (a.required.maxDays ?? 0) - (b.required.maxDays ?? 0));
    if (narrowest) {
      const { maxDays = 0 } = narrowest.required;
      found.push({
        rule: 'ExpiryTooLate',
        ...originOf(source, index, 'expires'),
        value: expires,
        reason: `is in ${days} days, and ${originText(narrowest.originOf('maxDays'))} allows ${maxDays}`,
        remedy: `Write ${dayAfter(maxDays, now)} or an earlier day, and renew the access when it ends.`,
      });
    }
  }
  return found;
}

const TICKET = 'Say where this access was requested and approved.';

/** Whether something is said. A token is: what it says, nobody checks. */
function isSaid(text: string | undefined): text is string {
  return text !== undefined && (isUnresolved(text) || text.trim() !== '');
}

function tooWideWithoutTicket(
  source: AllowedSource,
  index: number,
  stated: readonly StatedRequirements[],
): NamedFinding<RequirementRule>[] {
  for (const { required, originOf: placeOf } of stated) {
    const limits = required.ticketIfWiderThan;
    if (limits === undefined || (limits.ipv4 === undefined && limits.ipv6 === undefined)) continue;
    const by = originText(placeOf('ticketIfWiderThan'));
    const finding = (about: string, value?: string) => ({
      rule: 'TicketRequired' as const,
      value,
      reason: `${about} and has no ticket, which ${by} requires`,
      remedy: TICKET,
    });
    if (source._kind === 'prefixList' || source._kind === 'awsPrefixList') {
      const [value] = source._values;
      return [{ ...originOf(source, index), ...finding(`may contain blocks wider than ${limitText(limits)}`, value) }];
    }
    if (!BLOCKS.includes(source._kind)) continue;
    if (isUnresolvedList(source._values))
      return [{ ...originOf(source, index), ...finding(`${UNKNOWN} ${limitText(limits)},`) }];
    for (const { text, property, location } of valuesOf(source, index)) {
      const width = widthOf(text, limits);
      if (width) return [{ property, location, ...finding(width, isUnresolved(text) ? undefined : text) }];
    }
  }
  return [];
}

/** The kinds of sources whose values are blocks. */
const BLOCKS: readonly SourceKind[] = ['cidr', 'cidrs', 'anywhere'];

const UNKNOWN = 'is known after apply, may be wider than';

function widthOf(text: string, limits: AllowlistPrefixLengths): string | undefined {
  if (isUnresolved(text)) return `${UNKNOWN} ${limitText(limits)},`;
  const block = parseCidr(text);
  if (!isCidr(block)) return undefined;
  const limit = block.family === 4 ? limits.ipv4 : limits.ipv6;
  return limit !== undefined && block.prefix < limit ? `is wider than a /${limit}` : undefined;
}

function limitText({ ipv4, ipv6 }: AllowlistPrefixLengths): string {
  const each = [
    ...(ipv4 === undefined ? [] : [`a /${ipv4} of IPv4`]),
    ...(ipv6 === undefined ? [] : [`a /${ipv6} of IPv6`]),
  ];
  return each.join(' or ');
}
