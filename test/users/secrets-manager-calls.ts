import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readTask } from '../../lambda/database-user/event';
import { generatePassword } from '../../lambda/database-user/password';
import { run } from '../../lambda/database-user/run';
import { Secrecy } from '../../lambda/database-user/secrecy';
import { secretsOf } from '../../lambda/database-user/secrets';
import type { DeclaredUser } from '../../lib/users/contract';
import { ADMIN, ADMIN_ARN, SECRET_ARN, USER } from '../lambda/database-user/fixtures';
import { ModelSecrets } from '../lambda/database-user/model-secrets';
import { ModelServer } from '../lambda/database-user/model-server';
import { STEPS } from '../lambda/database-user/world';
import type { Call } from '../support/iam-simulator';

/** What the SDK is told to send. */
interface Sent {
  readonly constructor: { readonly name: string };
  readonly input: { readonly [name: string]: string } & { readonly VersionStages?: readonly 'FIRST'[] };
}

/**
 * The calls to Secrets Manager that the real program makes in the life of a user, as IAM names them: create, converge,
 * converge with a new address, two rotations, delete.
 */
export async function callsOf(changes: Partial<DeclaredUser>, rotates: boolean): Promise<Call[]> {
  const model = new ModelSecrets(async () => undefined).with(ADMIN_ARN, JSON.stringify(ADMIN));
  const server = new ModelServer('two-logins', async () => undefined, ADMIN);
  const made = new Map<string, Call>();
  const send = async ({ constructor: { name }, input }: Sent): Promise<object> => {
    const action = `secretsmanager:${name.replace(/Command$/, '')}`;
    made.set(`${action} ${input['SecretId']}`, { action, resource: input['SecretId'] ?? '' });
    return answerOf(model, name, input);
  };
  const secrets = secretsOf({ send } as unknown as SecretsManagerClient);
  let user: DeclaredUser = { ...USER, ...changes };
  let token = 0;
  const invoke = (payload: object) =>
    run(readTask(payload), {
      user,
      secrets,
      secrecy: new Secrecy(),
      connect: (connection) => server.connect(connection),
      login: (connection) => server.login(connection),
      generatePassword,
      newToken: () => `anew-${token++}`,
      now: () => 0,
    });

  await invoke({ task: 'exist', tf: { action: 'create' } });
  await invoke({ task: 'converge' });
  user = { ...user, endpoint: { ...user.endpoint, hostname: 'moved.example.com' } };
  await invoke({ task: 'converge' });
  for (const each of rotates ? ['rotation-1', 'rotation-2'] : []) {
    model.startRotation(each);
    for (const step of STEPS) await invoke({ SecretId: SECRET_ARN, ClientRequestToken: each, Step: step });
  }
  await invoke({ task: 'exist', tf: { action: 'delete' } });
  return [...made.values()];
}

async function answerOf(model: ModelSecrets, name: string, input: Sent['input']): Promise<object> {
  const arn = input['SecretId'] ?? '';
  switch (name) {
    case 'GetSecretValueCommand': {
      const { VersionStage: stage, VersionId: versionId = '' } = input;
      const found = await model.get(arn, stage === undefined ? { versionId } : { stage: stage as 'AWSCURRENT' });
      if (found === undefined) throw Object.assign(new Error('none'), { name: 'ResourceNotFoundException' });
      return { VersionId: found.versionId, SecretString: found.text };
    }
    case 'DescribeSecretCommand': {
      const { rotates, stages } = await model.describe();
      return { RotationEnabled: rotates, VersionIdsToStages: Object.fromEntries(stages) };
    }
    case 'PutSecretValueCommand': {
      const { ClientRequestToken: token = '', SecretString: text = '', VersionStages: stages = [] } = input;
      if (await model.put(arn, { token, text, stages })) return {};
      throw Object.assign(new Error('exists'), { name: 'ResourceExistsException' });
    }
    case 'UpdateSecretVersionStageCommand': {
      const { VersionStage: stage, MoveToVersionId: to = '', RemoveFromVersionId: from } = input;
      await model.moveStage(arn, { stage: stage as 'AWSCURRENT', to, from });
      return {};
    }
    default:
      throw new Error(`${name} is not part of the model`);
  }
}
