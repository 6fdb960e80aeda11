import type { TargetSyncProps } from '../../lib';
import { addresses, onlyResource, resources, type TerraformJson } from '../support/synthesis';
import { encoded, FUNCTION, followed, INVOCATION, ownFunction, reference } from './synthesized-sync';

describe('the first registration', () => {
  test('happens during the apply, and the listener waits for it', () => {
    const tf = followed();
    const [invocation] = addresses(tf, INVOCATION);

    expect(invocation).toMatch(/^aws_lambda_invocation\.Orders_FirstTargets_/);
    expect(onlyResource(tf, INVOCATION)).toMatchObject({
      function_name: reference(tf, FUNCTION, 'function_name'),
      lifecycle_scope: 'CREATE_ONLY',
    });
    expect(onlyResource(tf, 'aws_lb_listener').depends_on).toEqual([invocation]);
    expect(resources(tf, 'aws_lb_target_group_attachment')).toEqual([]);
  });

  test('is repeated when group, port, name, role, family, blocks, servers, code or network change', () => {
    const tf = followed({ dnsServers: ['8.8.8.8'], cidrBlocks: ['10.0.1.0/24'] });

    expect(encoded(onlyResource(tf, INVOCATION).input)).toEqual({
      source: 'terraform',
      endpoints: ['prod/Orders'],
      because: {
        targetGroupArn: `${addresses(tf, 'aws_lb_target_group')[0]}.arn`,
        port: 5432,
        hostname: 'db.example.com',
        role: 'writer',
        family: 4,
        cidrBlocks: ['10.0.1.0/24'],
        dnsServers: ['8.8.8.8'],
        code: onlyResource(tf, FUNCTION).source_code_hash,
        subnetIds: [],
      },
    });
  });

  test.each<[string, Partial<TargetSyncProps>]>([
    ['how long a run takes', { runSeconds: 25 }],
    ['how long logs are kept', { logRetentionDays: 30 }],
  ])('is not repeated because of %s', (_, sync) => {
    const input = (tf: TerraformJson) => onlyResource(tf, INVOCATION).input;

    expect(input(ownFunction(sync))).toBe(input(followed()));
  });
});
