import { createClient, type Secrets, secretsOf } from '../../../lambda/database-user/secrets';
import { describeWithTools } from '../harness';
import { Emulator } from '../harness/emulator';

describeWithTools(['emulator'], 'Secrets Manager, as the program of a database user uses it', () => {
  let emulator: Emulator;
  let secrets: Secrets;
  const TOKENS = ['11111111-0000-4000-8000-000000000000', '22222222-0000-4000-8000-000000000000'] as const;

  beforeAll(async () => {
    emulator = await Emulator.start();
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    secrets = secretsOf(createClient({ region: 'us-east-1', endpoint: emulator.url, credentials }));
  });
  afterAll(() => emulator.stop());

  const call = async (action: string, parameters: object) => {
    const { text } = await emulator.send('secretsmanager', '/', {
      method: 'POST',
      headers: { 'X-Amz-Target': `secretsmanager.${action}`, 'Content-Type': 'application/x-amz-json-1.1' },
      body: JSON.stringify(parameters),
    });
    return JSON.parse(text);
  };
  const create = async (name: string): Promise<string> => (await call('CreateSecret', { Name: name })).ARN;

  test('a secret without a version has no current one', async () => {
    const arn = await create('empty');

    expect(await secrets.get(arn, { stage: 'AWSCURRENT' })).toBeUndefined();
    expect(await secrets.get(arn, { versionId: TOKENS[0] })).toBeUndefined();
    expect(await secrets.describe(arn)).toMatchObject({ rotates: false });
  });

  test('a first version is read by its ID and stage, and a second one takes the current stage from it', async () => {
    const arn = await create('stages');

    expect(await secrets.put(arn, { token: TOKENS[0], text: 'one', stages: ['AWSCURRENT'] })).toBe(true);
    expect(await secrets.put(arn, { token: TOKENS[1], text: 'two', stages: ['AWSPENDING'] })).toBe(true);
    expect(await secrets.get(arn, { stage: 'AWSCURRENT' })).toEqual({ versionId: TOKENS[0], text: 'one' });
    expect(await secrets.get(arn, { versionId: TOKENS[1] })).toEqual({ versionId: TOKENS[1], text: 'two' });
    await secrets.moveStage(arn, { stage: 'AWSCURRENT', from: TOKENS[0], to: TOKENS[1] });

    expect(await secrets.get(arn, { stage: 'AWSCURRENT' })).toEqual({ versionId: TOKENS[1], text: 'two' });
    const { stages } = await secrets.describe(arn);
    expect(stages.get(TOKENS[0])).toEqual(['AWSPREVIOUS']);
    expect(stages.get(TOKENS[1])).toContain('AWSCURRENT');
  });

  test('a stage is not moved from a version that does not have it', async () => {
    const arn = await create('moved');
    await secrets.put(arn, { token: TOKENS[0], text: 'one', stages: ['AWSCURRENT'] });
    await secrets.put(arn, { token: TOKENS[1], text: 'two', stages: ['AWSPENDING'] });

    await expect(secrets.moveStage(arn, { stage: 'AWSCURRENT', from: TOKENS[1], to: TOKENS[1] })).rejects.toMatchObject(
      { name: expect.stringMatching(/^Invalid/) },
    );

    expect(await secrets.get(arn, { stage: 'AWSCURRENT' })).toEqual({ versionId: TOKENS[0], text: 'one' });
  });

  // The emulator lets the same token have another text, which AWS does not: test/lambda/database-user/secrets.test.ts
  test('the same token twice makes one version', async () => {
    const arn = await create('twice');

    await secrets.put(arn, { token: TOKENS[0], text: 'one', stages: ['AWSPENDING'] });
    await secrets.put(arn, { token: TOKENS[0], text: 'one', stages: ['AWSPENDING'] });

    expect((await secrets.describe(arn)).stages.get(TOKENS[0])).toContain('AWSPENDING');
    expect(await secrets.get(arn, { versionId: TOKENS[0] })).toEqual({ versionId: TOKENS[0], text: 'one' });
  });

  test('a deletion is scheduled, once or again, and of what is gone too', async () => {
    const arn = await create('deleted');

    await secrets.delete(arn, 7);
    await secrets.delete(arn, 7);
    await secrets.delete(`${arn.slice(0, -4)}none`, 7);

    expect(await call('DescribeSecret', { SecretId: arn })).toHaveProperty('DeletedDate');
  });
});
