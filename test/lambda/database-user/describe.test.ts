import type { UserDescription } from '../../../lib/users/description';
import { describedAs, WANTED } from './description-fixtures';
import { ADMIN, SECRET_ARN, USER } from './fixtures';
import { World } from './world';

const converged = async () => {
  const world = new World('two-logins');
  await world.converge();
  world.server.described = describedAs(USER);
  return world;
};
const describeIn = async (world: World) => (await world.describe()) as UserDescription;

test('a user that is as it is declared is described without a difference, and nothing is changed', async () => {
  const world = await converged();
  const before = structuredClone({ versions: world.secrets.versions, logins: world.server.logins });
  world.calls.length = 0;

  expect(await describeIn(world)).toEqual({
    user: 'prod/Looker',
    facts: describedAs(USER).facts,
    differences: [],
    remarks: [],
  });

  expect({ versions: world.secrets.versions, logins: world.server.logins }).toEqual(before);
  expect(world.calls).toEqual(['secrets.get', 'server.connect', 'server.describe', 'secrets.get', 'server.login']);
  expect(world.server.sessions).toBe(0);
});

test('a user that was never made has no login and no password', async () => {
  const world = new World('two-logins');

  const answer = await describeIn(world);

  expect(answer.facts).toBeUndefined();
  expect(answer.differences.map(({ kind }) => kind)).toEqual(['login-missing', 'secret']);
});

test('a password that somebody changed is found, and one that cannot be tried is a remark', async () => {
  const world = await converged();
  world.server.logins.set('looker', { passwords: ['changed'] });
  expect(await describeIn(world)).toMatchObject({
    differences: [
      { kind: 'cannot-log-in', says: "The server denies 'looker' with the password that the secret says." },
    ],
  });

  const { password } = JSON.parse(world.secrets.current() ?? '');
  world.server.login = async () => {
    throw new Error(`too many connections for looker with ${password}`);
  };
  expect(await describeIn(world)).toMatchObject({
    differences: [],
    remarks: [
      { kind: 'login-not-tried', says: expect.stringMatching(/not known: looker: too many .* with \*\*\*\.$/) },
    ],
  });
});

test('a secret that says another endpoint is found', async () => {
  const world = await converged();
  world.user = { ...USER, endpoint: { ...USER.endpoint, hostname: 'new.example.com' } };

  expect(await describeIn(world)).toMatchObject({ differences: [{ kind: 'secret' }] });
});

test('a login that has ended is not tried, which is a remark', async () => {
  const validUntil = '1970-01-02T00:00:00Z';
  const world = await converged();
  world.user = { ...USER, validUntil };
  world.server.described = describedAs(world.user);
  expect(await describeIn(world)).toMatchObject({ differences: [], remarks: [] });

  world.now = Date.parse(validUntil);
  world.server.logins.clear();

  expect(await describeIn(world)).toMatchObject({
    differences: [],
    remarks: [{ kind: 'ended', says: 'It ended 1970-01-02T00:00:00Z, as declared.' }],
  });
  world.secrets.versions.clear();
  expect(await describeIn(world)).toMatchObject({ differences: [{ kind: 'secret' }], remarks: [{ kind: 'ended' }] });
});

test('a user who logs in by IAM has no secret to look into', async () => {
  const world = new World('two-logins');
  world.user = { ...USER, auth: 'iam', secretArn: undefined };
  world.server.described = describedAs(world.user);

  expect(await describeIn(world)).toMatchObject({ differences: [], remarks: [] });
  expect(world.calls.filter((call) => call === 'secrets.get')).toHaveLength(1);
});

test('an answer that would be too long for a function says how much was left out', async () => {
  const world = await converged();
  const grants = Array.from({ length: 10_005 }, (_, i) => ({ ...WANTED[1], on: `TABLE "t${i}"` }));
  world.server.described = describedAs(USER, WANTED, { grants: [...WANTED, ...grants] });

  const answer = await describeIn(world);

  expect(answer.leftOut).toEqual({ grants: 8, differences: 8005, remarks: 0 });
  expect([answer.facts?.grants.length, answer.differences.length]).toEqual([10_000, 2000]);
  expect(JSON.stringify(answer).length).toBeLessThan(3_000_000);
});

test('what a server says with a password in it is said without, and failures too', async () => {
  const world = await converged();
  const { password } = JSON.parse(world.secrets.current() ?? '');
  world.server.described = describedAs(USER, WANTED, {
    owns: [`view ${password}`],
    grants: [...WANTED, { ...WANTED[1], on: ADMIN.password, privileges: [password] }],
  });

  const text = JSON.stringify(await describeIn(world));
  expect(text).toContain('It owns view ***.');
  expect(text).not.toContain(password);
  expect(text).not.toContain(JSON.stringify(ADMIN.password).slice(1, -1));

  world.crashAfter = 1;
  await expect(world.describe()).rejects.toThrow(/^prod\/Looker: stopped: .*\*\*\*/);
});

test('a version of the secret that somebody wrote by hand is found, and its text is not said', async () => {
  const world = await converged();
  const get = world.secrets.get.bind(world.secrets);
  world.secrets.get = async (arn, choice) =>
    arn === SECRET_ARN ? { versionId: 'by-hand', text: 'hunter2hunter2' } : get(arn, choice);
  world.server.described = describedAs(USER, WANTED, { owns: ['view hunter2hunter2'] });

  expect((await describeIn(world)).differences.map(({ says }) => says)).toEqual([
    'The current version of the secret does not say user name and password.',
    'It owns view ***.',
  ]);
});
