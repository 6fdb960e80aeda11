import { SecretRotation } from '../fixtures/functions/secret-rotation';

const ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:looker-Ab12Cd';
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:looker';
const SET_UP = { SecretId: ARN, RotationLambdaARN: FUNCTION, RotationRules: { AutomaticallyAfterDays: 30 } };

type Event = Readonly<Record<'Step' | 'SecretId' | 'ClientRequestToken', string>>;

/** A secret that rotates, whose function fails where it is told to. */
class Rotating {
  public readonly events: Event[] = [];
  public readonly asked: (readonly [action: string, parameters: object])[] = [];
  public failing = '';
  public readonly rotation = new SecretRotation({
    ask: async (action, parameters) => {
      this.asked.push([action, parameters]);
      const text = JSON.stringify({ ARN, Name: 'looker', SecretString: 'current' });
      return { status: 200, text };
    },
    invoke: async (_, __, event) => {
      this.events.push(event as Event);
      if (this.failing === (event as Event).Step) throw new Error(`${this.failing} failed`);
    },
  });

  public async call(action: string, parameters: Readonly<Record<string, unknown>>) {
    const reply = await this.rotation.answer(action, parameters);
    await this.rotation.settled();
    return reply;
  }

  public get described(): unknown {
    return JSON.parse(this.rotation.corrected('DescribeSecret', JSON.stringify({ ARN })));
  }
}

describe('the rotation of secrets that the emulator has in front of it', () => {
  test('invokes the four steps with one token, and says that the secret rotates', async () => {
    const secret = new Rotating();

    const reply = await secret.call('RotateSecret', SET_UP);

    const { VersionId } = JSON.parse(reply?.text ?? '{}');
    expect(secret.events).toEqual(
      ['createSecret', 'setSecret', 'testSecret', 'finishSecret'].map((Step) => {
        return { Step, SecretId: ARN, ClientRequestToken: VersionId };
      }),
    );
    expect(secret.described).toEqual({
      ARN,
      RotationEnabled: true,
      RotationLambdaARN: FUNCTION,
      RotationRules: { AutomaticallyAfterDays: 30 },
      VersionIdsToStages: {},
    });
  });

  test('keeps the version of a rotation that failed pending, and goes on with it when it is asked again', async () => {
    const secret = new Rotating();
    secret.failing = 'setSecret';
    const { VersionId } = JSON.parse((await secret.call('RotateSecret', SET_UP))?.text ?? '{}');
    expect(secret.rotation.failures).toEqual(['setSecret failed']);
    expect(secret.described).toMatchObject({ VersionIdsToStages: { [VersionId]: ['AWSPENDING'] } });
    secret.failing = '';

    const again = await secret.call('RotateSecret', { SecretId: ARN });

    expect(again).toMatchObject({ status: 400, text: expect.stringContaining('will be reattempted') });
    expect(new Set(secret.events.map(({ ClientRequestToken }) => ClientRequestToken))).toEqual(new Set([VersionId]));
    expect(secret.events.at(-1)).toMatchObject({ Step: 'finishSecret' });
    expect(secret.described).toMatchObject({ VersionIdsToStages: {} });
  });

  test('tries only testSecret, on a copy of the current version, where it is not to rotate at once', async () => {
    const secret = new Rotating();

    await secret.call('RotateSecret', { ...SET_UP, RotateImmediately: false });

    expect(secret.events.map(({ Step }) => Step)).toEqual(['testSecret']);
    const [{ ClientRequestToken: token }] = secret.events;
    expect(secret.asked.slice(-2)).toEqual([
      ['PutSecretValue', expect.objectContaining({ ClientRequestToken: token, SecretString: 'current' })],
      ['UpdateSecretVersionStage', expect.objectContaining({ RemoveFromVersionId: token })],
    ]);
    expect(secret.described).toMatchObject({ VersionIdsToStages: {} });
  });

  test('does not rotate a secret that has no function', async () => {
    const secret = new Rotating();

    expect(await secret.call('RotateSecret', { SecretId: ARN })).toMatchObject({ status: 400 });
    expect(secret.events).toEqual([]);
  });

  test('lets no token have another text than its first', async () => {
    const secret = new Rotating();
    const put = (SecretString: string) =>
      secret.call('PutSecretValue', { SecretId: ARN, ClientRequestToken: 'a', SecretString });

    expect([await put('one'), await put('one')]).toEqual([undefined, undefined]);
    expect(await put('two')).toMatchObject({ status: 400, text: expect.stringContaining('ResourceExistsException') });
  });
});
