import { adminConnection } from '../../../lambda/database-user/admin';
import { Secrecy } from '../../../lambda/database-user/secrecy';
import { ADMIN_ARN, SECRET_ARN, USER } from './fixtures';
import { ModelSecrets } from './model-secrets';
import { World } from './world';

const converged = async (kind: 'dual-password' | 'two-logins' = 'two-logins') => {
  const world = new World(kind);
  await world.converge();
  return world;
};
const currentOf = (world: World) => JSON.parse(world.secrets.current() ?? '');

test('create reaches the server and makes nothing, update does nothing at all', async () => {
  const world = new World('two-logins');

  await world.create();
  expect(world.calls).toEqual(['secrets.get', 'server.connect']);
  expect(world.server.logins.size).toBe(0);

  await world.invoke({ task: 'exist', tf: { action: 'update' } });
  expect(world.calls).toHaveLength(2);
});

test('delete drops both logins, again and again, and leaves the secret to Terraform', async () => {
  const world = await converged();
  await world.rotate('token');
  const remove = () => world.invoke({ task: 'exist', tf: { action: 'delete' } });

  expect(await remove()).toEqual({ user: 'prod/Looker', changes: ['login looker dropped', 'login looker_2 dropped'] });
  expect(await remove()).toEqual({ user: 'prod/Looker', changes: [] });

  expect(world.server.logins.size).toBe(0);
  expect(world.secrets.deletedIn).toBeUndefined();
});

test('a second converge changes nothing and generates no password', async () => {
  const world = await converged();
  const { versions } = structuredClone({ versions: world.secrets.versions });

  expect(await world.converge()).toEqual({ user: 'prod/Looker', changes: [], publicPrivileges: [] });

  expect(world.secrets.versions).toEqual(versions);
  expect(world.passwords).toHaveLength(2);
});

test('a login that somebody dropped gets the password of the secret again', async () => {
  const world = await converged();
  const before = currentOf(world);
  world.server.logins.clear();

  expect(await world.converge()).toMatchObject({
    changes: ['login looker made', 'password set again as the secret says: it did not work'],
  });

  expect(currentOf(world)).toEqual(before);
  expect(world.server.lets(before)).toBe(true);
});

test('a login that has ended, or whose answer cannot be had, gets no other password', async () => {
  const ended = await converged();
  ended.server.logins.clear();
  ended.user = { ...USER, validUntil: '1970-01-01T00:00:00Z' };
  expect(await ended.converge()).toMatchObject({ changes: ['login looker made'] });

  const busy = await converged();
  const { password } = currentOf(busy);
  busy.server.login = async () => {
    throw new Error(`too many connections for looker with ${password}`);
  };
  expect(await busy.converge()).toMatchObject({
    changes: ['whether the current password works is not known: looker: too many connections for looker with ***'],
  });
});

test('another endpoint is written into a new version, with the same password', async () => {
  const world = await converged();
  const before = currentOf(world);
  world.user = { ...USER, endpoint: { ...USER.endpoint, hostname: 'new.example.com' } };

  expect(await world.converge()).toMatchObject({
    changes: ['new version of the secret: how clients reach the database has changed'],
  });

  expect(currentOf(world)).toMatchObject({ host: 'new.example.com', password: before.password });
  await world.rotate('token');
  expect(currentOf(world)).toMatchObject({ host: 'new.example.com', username: 'looker_2' });
});

test('a user who logs in by IAM has no secret', async () => {
  const world = new World('two-logins');
  world.user = { ...USER, auth: 'iam', secretArn: undefined };

  await world.converge();

  expect(world.secrets.versions.size).toBe(0);
  await expect(world.step('token', 'createSecret')).rejects.toThrow('of a secret that is not the declared one');
});

test('two logins take turns; the one before works on until the next rotation', async () => {
  const world = await converged();
  const [first] = [currentOf(world)];
  await world.rotate('one');
  const second = currentOf(world);
  expect([first.username, second.username]).toEqual(['looker', 'looker_2']);
  expect([first, second].map((login) => world.server.lets(login))).toEqual([true, true]);

  await world.rotate('two');

  expect(currentOf(world).username).toBe('looker');
  expect([first, second, currentOf(world)].map((login) => world.server.lets(login))).toEqual([false, true, true]);
});

test('with dual passwords the login stays; the password before works on until the next rotation', async () => {
  const world = await converged('dual-password');
  const first = currentOf(world);
  await world.rotate('one');
  const second = currentOf(world);
  expect([first, second].map((login) => world.server.lets(login))).toEqual([true, true]);

  await world.rotate('two');

  expect([...world.server.logins.keys()]).toEqual(['looker']);
  expect([first, second, currentOf(world)].map((login) => world.server.lets(login))).toEqual([false, true, true]);
});

test('what is not a rotation of this secret is refused, and nothing is touched', async () => {
  const world = await converged();
  world.secrets.startRotation('token');
  const other = { SecretId: ADMIN_ARN, ClientRequestToken: 'token', Step: 'setSecret' };
  await expect(world.invoke(other)).rejects.toThrow(
    'prod/Looker: the rotation is of a secret that is not the declared',
  );
  await expect(world.step('unknown', 'setSecret')).rejects.toThrow('unknown of the secret is not the pending one');
  for (const step of ['setSecret', 'finishSecret'] as const) {
    await expect(world.step('token', step)).rejects.toThrow('createSecret comes first');
  }
  world.secrets.rotates = false;
  await expect(world.step('token', 'createSecret')).rejects.toThrow('the secret is not set to rotate');

  expect(world.server.logins.size).toBe(1);
});

test('when a rotation is set up, its test tells whether the current password works, and changes nothing', async () => {
  const world = await converged();
  const before = world.state;
  world.secrets.startRotation('token');

  await world.step('token', 'testSecret');

  expect(world.state).toEqual(before);
  world.server.logins.clear();
  await expect(world.step('token', 'testSecret')).rejects.toThrow('the server denies the current password');
});

test('a rotation before the first apply is refused', async () => {
  const world = new World('two-logins');
  world.secrets.startRotation('token');

  await expect(world.step('token', 'createSecret')).rejects.toThrow('apply makes the first one');
});

test('a pending password that the server denies is not handed out, whichever steps were left out', async () => {
  const world = await converged();
  const before = world.secrets.current();
  world.secrets.startRotation('token');
  await world.step('token', 'createSecret');

  await expect(world.step('token', 'testSecret')).rejects.toThrow('the server denies the pending password');
  await expect(world.step('token', 'finishSecret')).rejects.toThrow('the server denies the pending password');

  expect(world.secrets.current()).toBe(before);
});

test('the only password of the login in use is not changed', async () => {
  const world = await converged();
  world.secrets.startRotation('token');
  await world.secrets.put(SECRET_ARN, {
    token: 'token',
    text: JSON.stringify({ ...currentOf(world), password: 'written by somebody' }),
    stages: ['AWSPENDING'],
  });

  await expect(world.step('token', 'setSecret')).rejects.toThrow('its only password must not be changed');
});

test.each([
  'hunter2hunter2',
  '{"username":"a","password":7}',
  '{"password":"hunter2hunter2"}',
  '{"username":"","password":"a"}',
  '[]',
])("an admin's secret of another form is refused by its ARN, never by its content: %s", async (text) => {
  const secrets = new ModelSecrets(async () => undefined).with(ADMIN_ARN, text);

  const error = await adminConnection(USER, secrets, new Secrecy()).catch((caught) => caught);

  expect(error.message).toBe(`the admin's secret ${ADMIN_ARN} is not JSON with the texts username and password`);
});

test('secrets are hidden whole, encoded and in pieces, and words around them stay', () => {
  const secrecy = new Secrecy();
  secrecy.keep('correct "horse" battery');
  const said = secrecy.errorOf(
    Object.assign(new Error("near 'horse\" battery' and correct%20%22horse at line 1"), { code: 'ER', sql: 'x' }),
    'prod/Looker',
  );

  expect(said.message).toBe("prod/Looker: near '***' and *** at line 1 [ER]");
  expect(Object.keys(said)).toEqual([]);
  expect(secrecy.errorOf('a text', 'prod/Looker').message).toBe('prod/Looker: something that is no error was thrown');
});

test('a repeated step goes on with the password that it made before', async () => {
  const world = await converged();
  world.secrets.startRotation('token');

  await world.step('token', 'createSecret');
  await world.step('token', 'createSecret');

  // The admin's, the first one and the pending one.
  expect(world.passwords).toHaveLength(3);
});
