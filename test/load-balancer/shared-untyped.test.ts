import { Lazy, TerraformStack, Testing, Token } from 'cdktf';
import { DatabaseEndpointConsumer, EndpointError, EndpointLoadBalancer } from '../../lib';
import { STRUCTS } from '../../lib/rules/property-types.generated';
import { expression, expressionNumber } from '../support/expression';
import { consumer, shareLoadBalancer } from '../support/private-link';
import { endpointProps, existingProps, loadBalancerProps } from '../support/shared-load-balancer';

/** What callers without a compiler may write in place of anything. */
const VALUES: readonly unknown[] = [
  ...[null, undefined, 7, Number.NaN, '', 'x', true, 10n, Symbol('x'), () => 1],
  ...[[], {}, [7], ['x'], [null], { x: 1 }, { rulesPerSecurityGroup: '60' }, Object.create(null)],
  ...[
    expression('var.x'),
    expressionNumber('var.x'),
    Token.asList(expression('var.x')),
    Lazy.anyValue({ produce: () => 1 }),
  ],
  new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error('nobody may look at it');
      },
    },
  ),
];

type Attempt = (stack: TerraformStack, value: unknown, property: string) => void;

const ATTEMPTS: readonly (readonly [struct: string, attempt: Attempt, whole: Attempt])[] = [
  [
    'SharedLoadBalancerProps',
    (stack, value, property) =>
      void new EndpointLoadBalancer(stack, 'Partners', loadBalancerProps({ [property]: value })).addEndpoint(
        'Orders',
        endpointProps(),
      ),
    (stack, value) => void new EndpointLoadBalancer(stack, 'Partners', value as never),
  ],
  [
    'EndpointLoadBalancerAttributes',
    (stack, value, property) =>
      void EndpointLoadBalancer.fromAttributes(stack, 'Partners', existingProps({ [property]: value })).addEndpoint(
        'Orders',
        endpointProps(),
      ),
    (stack, value) => void EndpointLoadBalancer.fromAttributes(stack, 'Partners', value as never),
  ],
  [
    'EndpointProps',
    (stack, value, property) =>
      void new EndpointLoadBalancer(stack, 'Partners', loadBalancerProps()).addEndpoint(
        'Orders',
        endpointProps({ [property]: value }),
      ),
    (stack, value) =>
      void new EndpointLoadBalancer(stack, 'Partners', loadBalancerProps()).addEndpoint('Orders', value as never),
  ],
  [
    'PrivateLinkProps',
    (stack, value, property) => void shareLoadBalancer(stack, { share: { [property]: value } }),
    (stack, value) =>
      void new EndpointLoadBalancer(stack, 'Partners', loadBalancerProps()).shareOverPrivateLink(value as never),
  ],
  [
    'DatabaseEndpointConsumerProps',
    (stack, value, property) => void consumer(stack, { [property]: value }),
    (stack, value) => void new DatabaseEndpointConsumer(stack, 'Orders', value as never),
  ],
];

/** How something fails that is not refused; undefined where it is accepted or refused. */
function crash(make: (stack: TerraformStack) => void): string | undefined {
  const stack = new TerraformStack(Testing.app(), 'prod');
  try {
    make(stack);
    Testing.synth(stack);
    return undefined;
  } catch (error) {
    return EndpointError.isEndpointError(error) ? undefined : String(error);
  }
}

describe.each(ATTEMPTS)('%s without a compiler', (struct, attempt, whole) => {
  test.each(Object.keys(STRUCTS[struct]))('%s is taken or refused, whatever is written', (property) => {
    const crashes = VALUES.flatMap(
      (value, i) => crash((stack) => attempt(stack, value, property))?.concat(` (${i})`) ?? [],
    );

    expect(crashes).toEqual([]);
  });

  test('are taken or refused as a whole, whatever they are', () => {
    const crashes = VALUES.flatMap(
      (value, i) => crash((stack) => whole(stack, value, struct))?.concat(` (${i})`) ?? [],
    );

    expect(crashes).toEqual([]);
  });
});
