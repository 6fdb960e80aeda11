import { functionPermissions } from '../../lib/function/permissions';
import { spareIn, verdict } from '../support/iam-simulator';
import { ATTACHED, FORBIDDEN, FUNCTIONS, TO_ATTACH } from './function-calls';

describe.each(FUNCTIONS)('%s', (_, resources, calls) => {
  const statements = functionPermissions(resources);

  test.each(calls)('may call $action on $resource', async (call) => {
    expect(await verdict(statements, call)).toBe('Allowed');
  });

  test('needs every statement and every action that is allowed', async () => {
    expect(await spareIn(statements, calls)).toEqual([]);
  });

  test.each(FORBIDDEN)('may not call $action on $resource', async (call) => {
    expect(await verdict(statements, call)).toMatch(/Denied$/);
  });
});

test('what runs in an attached function may not touch network interfaces, as only Lambda itself does', async () => {
  const statements = functionPermissions(ATTACHED);
  const allowing = statements.filter(({ Effect }) => Effect === 'Allow');

  for (const call of TO_ATTACH) {
    const fromWithin = { ...call, isOfLambda: false };
    expect(await verdict(statements, fromWithin)).toBe('ExplicitlyDenied');
    expect(await verdict(allowing, fromWithin)).toBe('Allowed');
  }
});
