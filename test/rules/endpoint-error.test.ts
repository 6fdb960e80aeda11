import { AllowedSource, DatabaseEndpoint, EndpointError } from '../../lib';
import { describeProblem, type Problem } from '../../lib/rules/endpoint-error';
import { endpoint, refusal, validProps } from '../support/endpoint';

const PROBLEM: Problem = {
  rule: 'CidrHasHostBits',
  property: 'allow[3]',
  value: '10.1.2.3/8',
  reason: 'has host bits set',
  remedy: 'Write 10.0.0.0/8.',
};

function circle(): object {
  const around: { self?: object } = {};
  around.self = around;
  return around;
}

describe('the sentence that a user reads', () => {
  test('names property, value, reason, remedy and rule', () => {
    expect(describeProblem(PROBLEM)).toBe(
      "allow[3] '10.1.2.3/8' has host bits set. Write 10.0.0.0/8. [CidrHasHostBits]",
    );
  });

  test('begins with the location of what was read from a file', () => {
    const location = { file: 'allowlist.yaml', line: 3, column: 15 };

    expect(describeProblem({ ...PROBLEM, location, property: 'entries[0].cidr' })).toBe(
      "allowlist.yaml:3:15: entries[0].cidr '10.1.2.3/8' has host bits set. Write 10.0.0.0/8. [CidrHasHostBits]",
    );
    expect(describeProblem({ ...PROBLEM, location, property: '', value: undefined })).toBe(
      'allowlist.yaml:3:15: has host bits set. Write 10.0.0.0/8. [CidrHasHostBits]',
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

  const HOSTILE = 'a\u001b[2J\u009b\u202e\u200b##[error]';
  const HARMLESS = 'a\\u001b[2J\\u009b\\u202e\\u200b\\u0023#[error]';

  test.each([
    ['property', { property: HOSTILE }, `${HARMLESS} '10.1.2.3/8' has`],
    ['file', { location: { file: HOSTILE, line: 3, column: 1 } }, `${HARMLESS}:3:1: allow[3] '10.1.2.3/8' has`],
    ['value', { value: HOSTILE }, `allow[3] "${HARMLESS}" has`],
    ['value within a list', { value: [HOSTILE] }, `allow[3] ["${HARMLESS}"] has`],
    ['reason', { reason: `is ${HOSTILE}` }, `is ${HARMLESS}. Write`],
    ['remedy', { remedy: `Write ${HOSTILE}.` }, `Write ${HARMLESS}. [`],
  ])('does nothing to a terminal or a CI system by its %s', (_, different, shown) => {
    expect(describeProblem({ ...PROBLEM, ...different })).toContain(shown);
  });

  test.each([
    ['file', '::error::allow.yaml:3:1'],
    ['file behind a line break', 'allow.yaml\n::error::x'],
  ])('is no command to GitHub Actions by the name of a %s', (_, property) => {
    expect(describeProblem({ ...PROBLEM, property })).not.toMatch(/^\s*::/m);
    expect(new EndpointError('prod/Orders', [{ ...PROBLEM, property }]).message).not.toMatch(/^\s*::/m);
  });

  test('is one line in an error, whatever the construct is called', () => {
    const { message } = new EndpointError('::warning::prod\nOrders', [PROBLEM, PROBLEM]);

    expect(message.split('\n')).toHaveLength(2);
    expect(message).not.toMatch(/^::/m);
  });

  test.each([
    ['a function', () => undefined],
    ['a symbol', Symbol('x')],
    ['a number without end', 10n],
    ['a circle', circle()],
  ])('exists for %s', (_, value) => {
    expect(describeProblem({ ...PROBLEM, value })).toMatch(/^allow\[3\] .+ has host bits set/);
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
