import { isUnresolved } from '../tokens/unresolved';
import type { Finding, Rule } from './rule';

/** The rule about tags, for the tags of one room. */
export function tagRule<Input>(tagsOf: (input: Input) => { readonly [key: string]: string } | undefined): Rule<Input> {
  return {
    name: 'TagInvalid',
    because:
      'Elastic Load Balancing accepts 50 tags with keys of up to 128 and values of up to 256 characters, from a limited character set.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Tag.html',
    check: (input) => tagFindings(tagsOf(input) ?? {}),
  };
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
  const count = new Set(['Name', ...Object.keys(tags)]).size;
  return count > 50
    ? [
        ...findings,
        { property: 'tags', reason: `makes ${count} tags with Name, and AWS takes 50`, remedy: 'Leave some out.' },
      ]
    : findings;
}
