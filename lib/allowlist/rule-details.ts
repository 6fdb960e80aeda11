import { isUnresolved } from '../tokens/unresolved';
import type { AllowedSource } from './allowed-source';

/** What a rule tells of its entry besides the description; several of each where entries are merged. */
export interface RuleDetails {
  readonly owner?: Detail;
  readonly ticket?: Detail;
  readonly expires?: Detail;
}

/** One text, or several, in an order that does not depend on how tokens are numbered. */
export type Detail = readonly { readonly key: string; readonly text: string }[];

/** The details, in the order in which they are written. */
export const DETAILS = ['owner', 'ticket', 'expires'] as const;

/**
 * The tags of a rule that tell of its entry. The prefix keeps them apart from the tags by which accounts allow access,
 * attribute costs and enforce policies: a file of lower trust decides what these here say.
 */
export const RULE_TAGS: Readonly<Record<keyof RuleDetails, string>> = {
  owner: 'database-endpoint:owner',
  ticket: 'database-endpoint:ticket',
  expires: 'database-endpoint:expires',
};

/** Whether anything is told of a source. */
export function hasDetails({ _about }: AllowedSource): boolean {
  return DETAILS.some((name) => isSaid(_about[name]));
}

/**
 * What is told of a source; undefined where nothing is.
 *
 * @param keyOf a text for a value that is the same in every run: tokens are numbered as they come. Needed where details
 * are joined.
 */
export function detailsOf(source: AllowedSource, keyOf = (text: string) => text): RuleDetails | undefined {
  if (!hasDetails(source)) return undefined;
  const detail = (text: string | undefined) => (isSaid(text) ? [{ key: keyOf(text), text }] : undefined);
  const { owner, ticket, expires } = source._about;
  return { owner: detail(owner), ticket: detail(ticket), expires: detail(expires) };
}

/** What is told of several sources together. */
export function joinedDetails(all: readonly (RuleDetails | undefined)[]): RuleDetails | undefined {
  const some = all.filter((each) => each !== undefined);
  if (some.length < 2) return some[0];
  const joined = (name: keyof RuleDetails): Detail | undefined => {
    const byKey = new Map(some.flatMap((each) => each[name] ?? []).map((part) => [part.key, part]));
    const keys = [...byKey.keys()].sort();
    return keys.length === 0 ? undefined : keys.flatMap((key) => byKey.get(key) ?? []);
  };
  return { owner: joined('owner'), ticket: joined('ticket'), expires: joined('expires') };
}

function isSaid(text: string | undefined): text is string {
  return text !== undefined && (isUnresolved(text) || text.trim() !== '');
}
