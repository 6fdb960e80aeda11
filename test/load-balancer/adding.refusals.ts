import { Construct, type IConstruct } from 'constructs';
import { expression } from '../support/expression';
import { addFleet, endpointProps } from '../support/shared-load-balancer';
import type { SharedMistake, Wrong } from './shared-mistake';

/** An endpoint is added in a place that is refused, beside one that is there. */
function addedIn(
  rule: string,
  where: string,
  place: (root: IConstruct) => { readonly id?: unknown; readonly scope?: unknown },
  problem: Wrong,
): SharedMistake {
  return {
    ...{ rule, where, at: 'prod/Partners', problems: [problem] },
    make: (stack) => {
      const { id = 'Stock', scope } = place(stack.node.root);
      const loadBalancer = addFleet(stack, { Orders: endpointProps() });
      loadBalancer.addEndpoint(id as string, endpointProps({ port: 5433 }), scope as Construct);
    },
  };
}

const SCOPE = {
  property: 'addEndpoint().scope',
  remedy: /construct in the stack prod, or leave it out: .* belongs to the load balancer/,
};

/** What is refused of the place of an endpoint that is added to a load balancer. */
export const ADDING_MISTAKES: readonly SharedMistake[] = [
  addedIn('EndpointScopeInvalid', 'the scope is the app', (app) => ({ scope: app }), {
    ...SCOPE,
    reason: /is the app, or something else outside of every stack/,
  }),
  addedIn(
    'EndpointScopeInvalid',
    'the scope is a construct beside the stacks',
    (app) => ({ scope: new Construct(app, 'Team') }),
    { ...SCOPE, reason: /outside of every stack/ },
  ),
  ...(['Team', {}, 7, true, () => 1] as unknown[]).map((scope) =>
    addedIn('EndpointScopeInvalid', `the scope is a ${typeof scope} and no construct`, () => ({ scope }), {
      ...SCOPE,
      reason: /is not a construct/,
    }),
  ),
  addedIn('EndpointIdInvalid', 'the properties stand in place of the id', () => ({ id: endpointProps() }), {
    property: 'addEndpoint().id',
    reason: /is not a string/,
    remedy: /'Orders'/,
  }),
  addedIn('EndpointIdInvalid', 'the id is empty', () => ({ id: '' }), {
    property: 'addEndpoint().id',
    value: '',
    reason: /is empty/,
    remedy: /'Orders'/,
  }),
  addedIn('EndpointIdInvalid', 'the id is a token', () => ({ id: expression('var.id') }), {
    property: 'addEndpoint().id',
    reason: /known after apply/,
    remedy: /literal/,
  }),
  addedIn('EndpointIdInvalid', 'another endpoint has the id', () => ({ id: 'Orders' }), {
    property: 'addEndpoint().id',
    value: 'Orders',
    reason: /taken by prod\/Partners\/Orders/,
    remedy: /another one, or pass a scope of its own/,
  }),
  addedIn('EndpointIdInvalid', 'a part of the load balancer has the id', () => ({ id: 'SecurityGroup' }), {
    property: 'addEndpoint().id',
    value: 'SecurityGroup',
    reason: /taken by prod\/Partners\/SecurityGroup/,
    remedy: /another one/,
  }),
];
