import { isUnresolved } from '../tokens/unresolved';
import type { Finding, Rule } from './rule';

/** The rule about tags, for the tags of one room. */
export function tagRule<Input>(tagsOf: (input: Input) => { readonly [key: string]: string } | undefined): Rule<Input> {
  return { ...TAG_FACT, check: (input) => tagFindings(tagsOf(input) ?? {}) };
}

/** What the rule rests on. */
export const TAG_FACT = {
  name: 'TagInvalid',
  because:
    'AWS accepts 50 tags for a resource, of which `default_tags` of the provider, which synthesis does not know, take some too. Elastic Load Balancing accepts keys of up to 128 and values of up to 256 characters, from a limited character set.',
  see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Tag.html',
} as const;

/** Tags that AWS accepts for a resource, besides its own. */
export const MOST_TAGS = 50;

/** The keys of all tags of a resource. */
export function tagKeys(tags: { readonly [key: string]: string }): string[] {
  return [...new Set(['Name', ...Object.keys(tags)])];
}

function tagFindings(tags: { readonly [key: string]: string }): Finding[] {
  const form = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
  const findings = Object.entries(tags).flatMap(([key, value]): Finding[] => {
    const property = `tags[${JSON.stringify(key)}]`;
    const remedy = 'Use letters, digits, spaces and _.:/=+-@: a key of 1 to 128 characters, a value of up to 256.';
    if (isUnresolved(key)) {
      return [{ property: 'tags', reason: 'has a key that is a token', remedy: 'Write tag keys as literals.' }];
    }
    if (key.length < 1 || key.length > 128 || !form.test(key)) {
      return [{ property, reason: 'has a key that AWS refuses', remedy }];
    }
    if (/^aws:/i.test(key)) {
      return [{ property, reason: 'has a key that AWS reserves', remedy: 'Write a key without the prefix aws:.' }];
    }
    return isUnresolved(value) || (value.length <= 256 && form.test(value))
      ? []
      : [{ property, value, reason: 'has a value that AWS refuses', remedy }];
  });
  const count = tagKeys(tags).length;
  return count > MOST_TAGS
    ? [
        ...findings,
        {
          property: 'tags',
          reason: `makes ${count} tags with Name, and AWS takes ${MOST_TAGS}`,
          remedy: 'Leave some out.',
        },
      ]
    : findings;
}
