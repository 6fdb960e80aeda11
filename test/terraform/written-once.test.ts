import { Lb, type LbConfig } from '@cdktf/provider-aws/lib/lb';
import {
  Aspects,
  Fn,
  Lazy,
  TerraformCount,
  TerraformIterator,
  type TerraformResource,
  type TerraformStack,
  Token,
} from 'cdktf';
import type { IConstruct } from 'constructs';
import { presolved } from '../../lib/terraform/presolved';
import { ForEach } from '../../lib/tokens/deferred';
import { addressOf, attributeOf, expressionOf, expressionToken } from '../../lib/tokens/expression';
import { synthesizeApp } from '../support/synthesis';

/** A load balancer that counts how often it is written out. */
class Counted extends Lb {
  public static written = 0;

  public override toTerraform() {
    Counted.written++;
    return super.toTerraform();
  }
}

const PresolvedLb = presolved(Counted);

type Change = (lb: Lb, other: Lb, stack: TerraformStack) => void;

/** Two stacks, of which one has a load balancer that may refer to the other's. */
function stacksWith(LoadBalancer: typeof Lb, config: (other: Lb) => LbConfig, change: Change = () => {}) {
  let other: Lb;
  Counted.written = 0;
  return synthesizeApp({
    network: (stack) => {
      other = new Lb(stack, 'Other', {});
    },
    prod: (stack) => {
      change(new LoadBalancer(stack, 'LoadBalancer', config(other)), other, stack);
    },
  });
}

const REFERENCES: readonly [place: string, config: (other: Lb) => LbConfig, change?: Change][] = [
  ['an attribute', ({ name }) => ({ name })],
  ['part of a text', ({ name }) => ({ name: `${name}-1` })],
  ['a number', ({ idleTimeout }) => ({ idleTimeout })],
  ['a boolean', ({ internal }) => ({ internal })],
  ['a list', ({ subnets }) => ({ subnets })],
  ['an item of a list', ({ id }) => ({ subnets: ['subnet-0a', id] })],
  ['a block', ({ id }) => ({ accessLogs: { bucket: id } })],
  ['one of several blocks', ({ id }) => ({ subnetMapping: [{ subnetId: 'subnet-0a' }, { subnetId: id }] })],
  ['a tag', ({ id }) => ({ tags: { plain: 'plain', id } })],
  ['the name of a tag', ({ name }) => ({ tags: { [name]: 'plain' } })],
  ['a function of Terraform', ({ name }) => ({ name: Fn.upper(name) })],
  ['a lazy value', ({ name }) => ({ name: Lazy.stringValue({ produce: () => name }) })],
  ['an expression of the library', ({ name }) => ({ name: expressionToken((context) => expressionOf(name, context)) })],
  ['a text of such an expression', ({ name }) => ({ name: expressionToken(`lower("${name}")`) })],
  ['a condition', ({ id }) => ({ lifecycle: { precondition: [{ condition: `${id} != ""`, errorMessage: 'none' }] } })],
  ['a provisioner', ({ id }) => ({ provisioners: [{ type: 'local-exec', command: `echo ${id}` }] })],
  ['the connection', ({ id }) => ({ connection: { type: 'ssh', host: id } })],
  ['the count', ({ idleTimeout }) => ({ count: TerraformCount.of(idleTimeout) })],
  ['an iterator', ({ subnets }) => ({ forEach: TerraformIterator.fromList(subnets) })],
  ['a map that is iterated over', ({ name }) => ({ forEach: ForEach.entries({ one: name }) })],
  ['such a map that is written later', ({ name }) => ({ forEach: ForEach.deferred(() => ({ one: name })) })],
  ['what such a map is made of', ({ name }) => ({ forEach: ForEach.deferred(() => ({ one: name }), [name]) })],
  [
    'a dynamic block',
    ({ subnets }) => ({
      subnetMapping: TerraformIterator.fromList(subnets).dynamic({ subnetId: Token.asString('${each.value}') }),
    }),
  ],
  ['an override', () => ({}), (lb, { name }) => lb.addOverride('name', name)],
  ['the id that it is imported by', () => ({}), (lb, { arn }) => lb.importFrom(arn)],
  [
    'a block that is set later',
    () => ({}),
    (lb, { id }) => {
      lb.putAccessLogs({ bucket: id });
    },
  ],
];

test.each(REFERENCES.map(([place, config, change = () => {}]) => [place, config, change] as const))(
  'a reference to another stack is found in %s',
  (_, config, change) => {
    const [written, plain] = [PresolvedLb, Lb].map((Class) => stacksWith(Class, config, change));

    expect(written).toEqual(plain);
    expect(written.network).toContain('cross-stack-output');
  },
);

/** Values that lead nowhere else, and those of the library that lead to the same stack. */
const OWN: readonly [title: string, config: (own: Lb) => LbConfig][] = [
  ['literals', () => ({ name: 'orders', subnets: ['subnet-0a'], tags: { Name: 'prod/Orders' }, idleTimeout: 60 })],
  ['attributes of its own stack', (own) => ({ name: attributeOf(own, 'name'), subnets: [attributeOf(own, 'id')] })],
  ['addresses of its own stack', (own) => ({ lifecycle: { replaceTriggeredBy: [addressOf(own)] } })],
  ['expressions', () => ({ name: expressionToken('each.key'), forEach: ForEach.entries({ one: 'one' }) })],
  ['a map of literals that is written later', () => ({ forEach: ForEach.deferred(() => ({ one: 'one' }), ['one']) })],
];

test.each(OWN)('a resource is written out once, to the letter as any other, where it holds only %s', (_, config) => {
  const withOwn = (LoadBalancer: typeof Lb) => {
    Counted.written = 0;
    return synthesizeApp({
      prod: (stack) => {
        new LoadBalancer(stack, 'LoadBalancer', config(new Lb(stack, 'Own', {})));
      },
    });
  };
  const written = withOwn(PresolvedLb);

  expect(Counted.written).toBe(1);
  expect(written).toEqual(withOwn(Lb));
});

test('a resource keeps the address that it has when the stack is prepared, also where an aspect names another one', () => {
  const renamed = (LoadBalancer: typeof Lb) =>
    stacksWith(
      LoadBalancer,
      () => ({}),
      (lb, _, stack) => {
        Aspects.of(stack).add({
          visit: (node: IConstruct) => {
            if (node === lb) lb.overrideLogicalId('renamed');
          },
        });
      },
    );

  expect(renamed(PresolvedLb)).toEqual(renamed(Lb));
});

test('what an aspect sets after the stack is prepared is written', () => {
  const { prod } = stacksWith(
    PresolvedLb,
    () => ({ name: 'before' }),
    (lb, _, stack) => {
      Aspects.of(stack).add({
        visit: (node: IConstruct) => {
          if (node === lb) lb.name = 'after';
        },
      });
    },
  );

  expect(JSON.parse(prod).resource.aws_lb.LoadBalancer.name).toBe('after');
});

test('what a resource writes can be read as if it had been written at once', () => {
  const read = (LoadBalancer: typeof Lb) => {
    let written: ReturnType<TerraformResource['toTerraform']>;
    synthesizeApp({
      prod: (stack) => {
        written = new LoadBalancer(stack, 'LoadBalancer', { name: 'orders', internal: true }).toTerraform();
      },
    });
    return { keys: Object.keys(written), json: JSON.stringify(written), copy: { ...written } };
  };

  expect(read(PresolvedLb)).toEqual(read(Lb));
});
