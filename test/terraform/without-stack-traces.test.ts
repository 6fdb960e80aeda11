import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { TerraformStack, Testing } from 'cdktf';
import { aws } from '../../lib/terraform/aws';
import { withoutStackTraces } from '../../lib/terraform/without-stack-traces';

const LIMIT = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit')!;
const limit = () => Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');

const MADE_BEFORE = new Error('made before');

const newStack = () => new TerraformStack(Testing.app(), 'prod');
const tracesOf = ({ healthCheck, stickiness, targetHealthState }: LbTargetGroup) =>
  [healthCheck, stickiness, targetHealthState].map(({ creationStack }) => creationStack);

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

test('no stack traces are kept for the nested blocks of the resources that the library makes', () => {
  expect(tracesOf(new aws.LbTargetGroup(newStack(), 'x', { port: 6379 }))).toEqual([[], [], []]);
});

test('what anybody makes afterwards has all of its stack traces', () => {
  const stack = newStack();
  new aws.LbTargetGroup(stack, 'Own', { port: 6379 });

  const traces = tracesOf(new LbTargetGroup(stack, 'Other', { port: 6379 }));

  for (const trace of traces) expect(trace.join('\n')).toContain(__filename);
  expect(new Error('x').stack).toContain(__filename);
  expect(limit()).toEqual(LIMIT);
});

test('an error of a resource that cannot be made has a stack, and later ones too', () => {
  const stack = newStack();
  new aws.LbTargetGroup(stack, 'Taken', { port: 6379 });

  const thrown = thrownBy(() => new aws.LbTargetGroup(stack, 'Taken', { port: 6379 }));

  expect(thrown).toMatchObject({ stack: expect.stringMatching(/^Error: There is already a Construct.*\n\s+at /) });
  expect(thrown).toMatchObject({ stack: expect.stringContaining(__filename) });
  expect(limit()).toEqual(LIMIT);
});

test.each<[string, () => unknown]>([
  ['an error with a stack of its own', () => MADE_BEFORE],
  ['something that is no error', () => ({ stack: 'none' })],
  ['an error that cannot be changed', () => Object.freeze(new Error('made meanwhile'))],
])('%s is thrown as it is', (_, make) => {
  const restore = withoutStackTraces();
  const thrown = make() as Error;
  const { stack } = thrown;
  restore(thrown);

  expect(thrown.stack).toBe(stack);
});

test('nobody can set the limit meanwhile, and one within another changes nothing', () => {
  const restore = withoutStackTraces();
  Error.stackTraceLimit = Number.MAX_SAFE_INTEGER;
  withoutStackTraces()();
  const meanwhile = new Error('x').stack;
  restore();

  expect(meanwhile).toBeUndefined();
  expect(limit()).toEqual(LIMIT);
});

test.each<[string, PropertyDescriptor]>([
  ['that somebody has set', { ...LIMIT, value: 3 }],
  ['that somebody has replaced', { configurable: true, enumerable: false, get: () => 7, set: () => undefined }],
])('a limit %s is there again', (_, changed) => {
  Object.defineProperty(Error, 'stackTraceLimit', changed);
  new aws.LbTargetGroup(newStack(), 'x', { port: 6379 });
  const after = limit();
  Object.defineProperty(Error, 'stackTraceLimit', LIMIT);

  expect(after).toEqual(changed);
});

test('a limit that somebody removed is not made up', () => {
  Reflect.deleteProperty(Error, 'stackTraceLimit');
  new aws.LbTargetGroup(newStack(), 'x', { port: 6379 });
  const after = Error.stackTraceLimit;
  Object.defineProperty(Error, 'stackTraceLimit', LIMIT);

  expect(after).toBeUndefined();
});

// The last one: what is fixed here stays so for the rest of the file.
test('a limit that somebody fixed stays as it is, and the traces are there', () => {
  Object.defineProperty(Error, 'stackTraceLimit', { ...LIMIT, configurable: false });

  const traces = tracesOf(new aws.LbTargetGroup(newStack(), 'x', { port: 6379 }));

  for (const trace of traces) expect(trace.join('\n')).toContain(__filename);
});
