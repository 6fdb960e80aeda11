import { AllowedSource } from '../allowlist/allowed-source';
import { REQUIREMENT_RULES } from '../allowlist/requirement-rules';
import { SOURCE_RULES } from '../allowlist/source-rules';
import type { AllowlistContent } from './allowlist-reader';

/**
 * What was read, as sources of an endpoint. Entries that were not requested are judged here, each by itself, as no
 * endpoint will: a mistake in a file is found by everybody who reads it.
 */
export function sourcesOf({ entries, others, problems }: AllowlistContent): AllowedSource[] {
  const sources = entries.map((entry) => AllowedSource._fromEntry(entry));
  const unwanted = others.map((entry) => AllowedSource._fromEntry(entry));
  const unread = [
    ...problems,
    ...SOURCE_RULES.check({ sources: unwanted }),
    ...REQUIREMENT_RULES.check({ sources: unwanted }),
  ];
  return unread.length > 0 ? [AllowedSource._mistakes(unread), ...sources] : sources;
}
