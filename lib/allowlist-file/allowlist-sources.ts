import { AllowedSource } from '../allowlist/allowed-source';
import { SOURCE_RULES } from '../allowlist/source-rules';
import type { AllowlistContent } from './allowlist-reader';

/**
 * What was read, as sources of an endpoint. Entries that were not asked for are judged here, each by itself, as no
 * endpoint will: a mistake in a file is found by everybody who reads it.
 */
export function sourcesOf({ entries, others, problems }: AllowlistContent): AllowedSource[] {
  const sources = entries.map((entry) => AllowedSource._fromEntry(entry));
  const unread = [...problems, ...SOURCE_RULES.check(others.map((entry) => AllowedSource._fromEntry(entry)))];
  return unread.length > 0 ? [AllowedSource._mistakes(unread), ...sources] : sources;
}
