import type { Rule } from '../rules/rule';
import { isUnresolved } from '../tokens/unresolved';

/** An integration, as far as it can be judged before it is made. */
export interface IntegrationInput {
  readonly id: unknown;
  /** Path of what has the id already below the endpoint. */
  readonly taken?: string;
  readonly allow?: readonly unknown[];
}

/** What EC2 accepts in descriptions, and reads well there. */
const ID = /^[A-Za-z][\w .-]{0,63}$/;

/** Validation rules for integrations. */
export const INTEGRATION_RULES: readonly Rule<IntegrationInput>[] = [
  {
    name: 'IntegrationIdInvalid',
    because:
      'The id tells integrations of an endpoint apart, in messages, descriptions of rules and the addresses of resources.',
    check: ({ id, taken }) => {
      const about = { property: 'addIntegration().id', remedy: "Write a literal text, such as 'Looker'." };
      if (typeof id !== 'string') return { ...about, reason: 'is not a string' };
      if (isUnresolved(id)) return { ...about, reason: 'is known after apply' };
      if (!ID.test(id)) {
        return {
          ...about,
          value: id,
          reason: 'is not a valid id for an integration',
          remedy: 'Use letters, digits, spaces, "_", "." and "-", beginning with a letter, 64 characters at most.',
        };
      }
      return taken === undefined
        ? undefined
        : { ...about, value: id, reason: `is taken by ${taken}`, remedy: 'Write another one.' };
    },
  },
  {
    name: 'IntegrationEmpty',
    because: 'An integration that nobody can use is a mistake.',
    check: ({ id, allow }) =>
      allow?.length === 0
        ? {
            property: `${integrationCall(id)}.allow`,
            value: [],
            reason: 'is empty',
            remedy: "List from where it connects, for example AllowedSource.cidr('203.0.113.7/32').",
          }
        : undefined,
  },
];

/** How messages name the properties of an integration. */
export function integrationCall(id: unknown): string {
  return typeof id === 'string' && !isUnresolved(id) ? `addIntegration('${id}')` : 'addIntegration()';
}
