import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AllowedSource, DatabaseEndpoint, DatabaseEngine, DatabaseTarget } from 'cdktf-database-endpoint';
import { describeWithTools, synthesize, useLab } from '../harness';

const RUNTIME = 'nodejs22.x';

describeWithTools(['terraform', 'provider'], 'the runtime of the function that follows names', () => {
  const lab = useLab({ emulator: false });

  it('is the newest one of Node.js that the provider accepts', async () => {
    const stack = synthesize('prod', (scope) => {
      new DatabaseEndpoint(scope, 'Orders', {
        vpcId: 'vpc-0a',
        subnetIds: ['subnet-0a', 'subnet-0b'],
        engine: DatabaseEngine.POSTGRESQL,
        target: DatabaseTarget.hostname('orders.example.internal', { securityGroupId: 'sg-0d' }),
        allow: [AllowedSource.cidr('203.0.113.7/32')],
      });
    });
    const written = readFileSync(join(stack, 'cdk.tf.json'), 'utf8');
    expect(written).toContain(`"${RUNTIME}"`);

    expect(await lab().workspace(stack).validate()).toEqual([]);
    const unknown = JSON.parse(written.replaceAll(RUNTIME, 'nodejs99.x'));
    const [refusal = ''] = await lab().workspace(unknown).validate();

    const accepted = [...refusal.matchAll(/nodejs(\d+)\.x/g)].map(([, version]) => Number(version));
    expect(Math.max(...accepted.filter((version) => version !== 99))).toBe(22);
  });
});
