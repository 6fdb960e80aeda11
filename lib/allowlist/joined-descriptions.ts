import { isUnresolved } from '../tokens/unresolved';
import { DESCRIPTION_LENGTH } from './description';
import { joinedDetails, type RuleDetails } from './rule-details';

/** What a rule says about its source. */
export interface Described {
  readonly description?: string;
  /** A text for it that is the same in every run: tokens are numbered as they come. */
  readonly descriptionKey?: string;
  /** What to say in its place if its tokens make it longer than EC2 accepts. */
  readonly ifTooLong?: string;
  /** Who owns it, and the like. */
  readonly details?: RuleDetails;
  /** The last day of everything that it admits, where that is enforced on the day; undefined where something does not end. */
  readonly lastDay?: string;
}

/** Merging loses nothing but the texts: what is merged is said together, as long as it fits. So are the details. */
export function joinedDescriptions(all: readonly Described[]): Described {
  const details = joinedDetails(all.map((each) => each.details));
  const lastDay = lastOf(all.map((each) => each.lastDay));
  // Said also where there is none: what takes this over may come from one that has a last day.
  return { ...joinedTexts(all), ...(details && { details }), lastDay };
}

/** The last of several days; undefined where one of them never comes. */
function lastOf(days: readonly (string | undefined)[]): string | undefined {
  return days.reduce((last, day) => (last === undefined || day === undefined ? undefined : day > last ? day : last));
}

function joinedTexts(all: readonly Described[]): Omit<Described, 'details' | 'lastDay'> {
  const distinct = new Map(all.map((each) => [keyOf(each), each]));
  const keys = [...distinct.keys()].sort();
  const texts = keys.map((key) => distinct.get(key)?.description ?? '');
  if (keys.length === 1) return onlyDescribed(all[0]);
  const description = texts.join('; ');
  const descriptionKey = keys.join('; ');
  const summary = `${all.length} entries, merged`;
  // How long the others become, only Terraform knows.
  const known = texts.filter((text) => !isUnresolved(text)).join('; ');
  if (known.length > DESCRIPTION_LENGTH) return { description: summary, descriptionKey };
  return { description, descriptionKey, ...(isUnresolved(description) && { ifTooLong: summary }) };
}

// A text that looks like an expression is not one.
function keyOf({ description = '', descriptionKey = description }: Described): string {
  return isUnresolved(description) ? `${descriptionKey} (known after apply)` : descriptionKey;
}

function onlyDescribed({ description, descriptionKey, ifTooLong }: Described): Described {
  return { description, descriptionKey, ...(ifTooLong !== undefined && { ifTooLong }) };
}
