import { AllowedSource, DatabaseEndpoint, EndpointError } from '../lib';
import { describeProblem, type Problem } from '../lib/endpoint-error';
import { endpoint, refusal, validProps } from './support/endpoint';

const PROBLEM: Problem = {
  rule: 'CidrHasHostBits',
  property: 'allow[3]',
  value: '10.1.2.3/8',
  reason: 'has host bits set',
  remedy: 'Write 10.0.0.0/8.',
};

describe('the sentence that a user reads', () => {
  test('names property, value, reason, remedy and rule', () => {
    expect(describeProblem(PROBLEM)).toBe(
      "allow[3] '10.1.2.3/8' has host bits set. Write 10.0.0.0/8. [CidrHasHostBits]",
    );
  });

  test('leaves the value out where there is none', () => {
    expect(describeProblem({ ...PROBLEM, value: undefined })).toBe(
      'allow[3] has host bits set. Write 10.0.0.0/8. [CidrHasHostBits]',
    );
  });

  test.each([
    ['a number', 7, '7'],
    ['a list', [], '[]'],
    ['false', false, 'false'],
    ['null', null, 'null'],
  ])('shows %s as it is written in code', (_, value, shown) => {
    expect(describeProblem({ ...PROBLEM, value })).toContain(`allow[3] ${shown} has`);
  });

  test('stays on one line whatever the value is', () => {
    expect(describeProblem({ ...PROBLEM, value: 'a\nb\r\nc' })).not.toMatch(/[\r\n]/);
  });

  test('shows the beginning of a long value', () => {
    const sentence = describeProblem({ ...PROBLEM, value: 'x'.repeat(1000) });

    expect(sentence).toContain(`'${'x'.repeat(100)}`);
    expect(sentence).toContain('... has host bits set');
    expect(sentence.length).toBeLessThan(250);
  });
});

describe('what a refused endpoint throws', () => {
  const error = refusal(validProps({ port: 0, allow: [AllowedSource.cidr('10.1.2.3/8')], subnetIds: ['subnet-0a'] }));

  test('can be matched on by its class', () => {
    expect(error).toBeInstanceOf(EndpointError);
    expect(error).toBeInstanceOf(Error);
  });

  test('can be matched on without its class, as where the package is installed twice', () => {
    const foreign = Object.assign(new Error('prod/Orders: ...'), { name: 'EndpointError' });

    expect(EndpointError.isEndpointError(error)).toBe(true);
    expect(EndpointError.isEndpointError(foreign)).toBe(true);
  });

  test.each([new Error('other'), new TypeError('other'), 'EndpointError', { name: 'EndpointError' }, undefined, null])(
    'is not mistaken for %p',
    (other) => {
      expect(EndpointError.isEndpointError(other)).toBe(false);
    },
  );

  test('names the construct, once in data and once in each line of the message', () => {
    expect(error?.constructPath).toBe('prod/Orders');
    for (const line of error?.message.split('\n') ?? []) expect(line).toMatch(/^prod\/Orders: .*\. \[\w+\]$/);
  });

  test('holds all mistakes together', () => {
    expect(error?.problems.map(({ property, rule }) => `${property} ${rule}`).sort()).toEqual([
      'allow[0] CidrHasHostBits',
      'port NumberOutOfRange',
      'subnetIds SubnetsTooFew',
    ]);
    expect(error?.message.split('\n')).toHaveLength(3);
  });

  test('reads as documented', () => {
    expect(error?.message.split('\n')).toContain(
      "prod/Orders: allow[0] '10.1.2.3/8' has host bits set. Write 10.1.2.3/32 for that address or 10.0.0.0/8 for that network. [CidrHasHostBits]",
    );
  });

  test('is called what it is in a stack trace', () => {
    expect(error?.name).toBe('EndpointError');
    expect(error?.stack).toContain('EndpointError: prod/Orders: ');
  });

  test('leaves no resource behind for those who go on', () => {
    const parent = endpoint(validProps());

    expect(() => new DatabaseEndpoint(parent, 'Second', validProps({ allow: [] }))).toThrow(EndpointError);
    expect(parent.node.findChild('Second').node.children).toEqual([]);
  });
});
