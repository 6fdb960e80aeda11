import type { Rule } from '../rules/rule';
import { isUnresolved } from '../tokens/unresolved';

/** Where an endpoint is to be added, as far as it can be judged before the endpoint is made. */
export interface AddingInput {
  readonly id: unknown;
  readonly scope: {
    readonly isConstruct: boolean;
    readonly isInStack: boolean;
    /** Path of what has the id already in the scope. */
    readonly taken?: string;
  };
  /** Path of the stack of the load balancer. */
  readonly stack: string;
}

/** Validation rules for the place of an endpoint that is added to a load balancer. */
export const ADDING_RULES: readonly Rule<AddingInput>[] = [
  {
    name: 'EndpointScopeInvalid',
    because: 'An endpoint is a construct in a stack, the one of its load balancer.',
    check: ({ scope: { isConstruct, isInStack }, stack }) =>
      isConstruct && isInStack
        ? undefined
        : {
            property: 'addEndpoint().scope',
            reason: isConstruct ? 'is the app, or something else outside of every stack' : 'is not a construct',
            remedy: `Write a construct in the stack ${stack}, or leave it out: the endpoint then belongs to the load balancer.`,
          },
  },
  {
    name: 'EndpointIdInvalid',
    because: 'The id of an endpoint tells it apart in its scope, and the addresses of its resources derive from it.',
    check: ({ id, scope: { taken } }) => {
      const about = { property: 'addEndpoint().id', remedy: "Write a literal text, such as 'Orders'." };
      if (typeof id !== 'string') return { ...about, reason: 'is not a string' };
      if (id === '') return { ...about, value: id, reason: 'is empty' };
      if (isUnresolved(id)) return { ...about, reason: 'is known after apply' };
      return taken === undefined
        ? undefined
        : {
            ...about,
            value: id,
            reason: `is taken by ${taken}`,
            remedy: 'Write another one, or pass a scope of its own as the third argument.',
          };
    },
  },
];
