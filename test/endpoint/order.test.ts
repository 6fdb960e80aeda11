import { Eip } from '@cdktf/provider-aws/lib/eip';
import { type TerraformStack, TerraformVariable } from 'cdktf';
import * as fc from 'fast-check';
import { AllowedSource, DatabaseEndpoint, type DatabaseEndpointProps, DatabaseTarget, EndpointTls } from '../../lib';
import { endpoints } from '../support/arbitrary-endpoints';
import { validProps } from '../support/endpoint';
import { runs } from '../support/property-runs';
import { synthesizeApp } from '../support/synthesis';

type Make = (stack: TerraformStack) => DatabaseEndpointProps;

/** The bytes that `cdktf synth` writes. */
function bytes(make: Make): string {
  return synthesizeApp({
    prod: (stack) => {
      new DatabaseEndpoint(stack, 'Orders', make(stack));
    },
  }).prod;
}

const shuffled = <T>(values: readonly T[]) => fc.shuffledSubarray([...values], { minLength: values.length });

test('the order of subnets, sources, targets and tags does not show in the bytes that are written', () => {
  const reordered = endpoints.chain(({ props }) =>
    fc
      .tuple(
        shuffled(props.subnetIds),
        shuffled(props.allow ?? []),
        shuffled(props.target._ids ?? []),
        shuffled(props.target._cidrBlocks ?? []),
        shuffled(Object.entries(props.tags ?? {})),
        shuffled(props.tls?._termination?.additionalCertificates ?? []),
        shuffled(Object.entries(props)),
      )
      .map(([subnetIds, allow, ids, cidrBlocks, tags, additionalCertificates, properties]) => ({
        original: props,
        reordered: {
          ...(Object.fromEntries(properties) as unknown as DatabaseEndpointProps),
          subnetIds,
          allow,
          tls: props.tls?._termination
            ? EndpointTls.terminate({ ...props.tls._termination, additionalCertificates })
            : props.tls,
          target: sameTarget(props.target, ids, cidrBlocks),
          tags: props.tags && Object.fromEntries(tags),
        },
      })),
  );

  fc.assert(
    fc.property(reordered, ({ original, reordered: other }) => {
      expect(bytes(() => other)).toBe(bytes(() => original));
    }),
    { numRuns: runs(30) },
  );
});

/** The same target with its parts in the given order. */
function sameTarget(target: DatabaseTarget, ids: string[], cidrBlocks: string[]): DatabaseTarget {
  const options = { ...target._options, cidrBlocks };
  if (target._name !== undefined) return DatabaseTarget.hostname(target._name.hostname, options);
  if (target._ids === undefined) return DatabaseTarget.selfRegistering({ ...options, targetType: target._type });
  return target._type === 'ip'
    ? DatabaseTarget.ipAddresses(ids, { ...target._options, outsideVpc: target._outsideVpc })
    : DatabaseTarget.instances(ids, options);
}

const variable = (stack: TerraformStack, name: string) => new TerraformVariable(stack, name, { type: 'any' });
const address = (stack: TerraformStack, name: string) => new Eip(stack, name, {}).publicIp;

// Each makes the same parts in the same order, and hands them to `order` before they are used.
test.each<[string, (stack: TerraformStack, order: <T>(values: T[]) => T[]) => Partial<DatabaseEndpointProps>]>([
  [
    'blocks inside one source',
    (_, order) => ({ allow: [AllowedSource.cidrs(order(['52.20.30.40/32', '35.10.0.0/16']))] }),
  ],
  [
    'blocks that are known after apply',
    (stack, order) => ({
      allow: order([address(stack, 'a'), address(stack, 'b')].map((ip) => AllowedSource.cidr(ip))),
    }),
  ],
  [
    'lists that are known after apply',
    (stack, order) => ({
      allow: order(
        ['a', 'b'].map((name) => AllowedSource.cidrs(variable(stack, name).listValue, { description: name })),
      ),
    }),
  ],
  [
    'prefix lists of tokens',
    (stack, order) => ({
      allow: order(['a', 'b'].map((name) => AllowedSource.prefixList(variable(stack, name).stringValue))),
    }),
  ],
  [
    'targets of tokens',
    (stack, order) => ({
      target: DatabaseTarget.ipAddresses(order([address(stack, 'a'), address(stack, 'b'), '10.0.1.5'])),
    }),
  ],
  [
    'subnets of tokens',
    (stack, order) => ({ subnetIds: order(['a', 'b'].map((name) => variable(stack, name).stringValue)) }),
  ],
])('the order of %s does not show either', (_, make) => {
  const forwards = bytes((stack) => validProps(make(stack, (values) => values)));
  const backwards = bytes((stack) => validProps(make(stack, (values) => [...values].reverse())));

  expect(backwards).toBe(forwards);
});

test('two runs write the same bytes', () => {
  expect(bytes(() => validProps())).toBe(bytes(() => validProps()));
});
