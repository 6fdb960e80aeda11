import type { TargetSyncProps } from '../../lib';
import { addresses, onlyResource, resources, type TerraformJson } from '../support/synthesis';
import { configuration, encoded, FUNCTION, followed, INVOCATION, ownFunction, reference } from './synthesized-sync';

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

describe('the end of open connections', () => {
  const tf = followed({}, { sessions: { epoch: 2 } });
  const id = (name: string) => {
    const found = Object.keys(tf.resource?.['aws_lb_target_group'] ?? {}).find((key) => key.includes(`_${name}_`));
    return `aws_lb_target_group.${found}.arn`;
  };
  const invocation = (name: string) => {
    const found = Object.entries(tf.resource?.[INVOCATION] ?? {}).find(([key]) => key.includes(name));
    return found?.[1] ?? {};
  };

  test('is in the configuration of the function: two groups that it fills, and one that it empties', () => {
    expect(configuration(tf)).toMatchObject([
      { targetGroupArn: id('TargetGroup2'), standbyArn: id('TargetGroup3'), retiredArn: id('TargetGroup'), quota: 250 },
    ]);
  });

  test('begins with the two groups, before the listener moves', () => {
    expect(encoded(invocation('FirstTargets').input)).toMatchObject({
      endpoints: ['prod/Orders'],
      because: { targetGroupArn: id('TargetGroup2'), standbyArn: id('TargetGroup3') },
    });
    const [key] = Object.keys(tf.resource?.[INVOCATION] ?? {}).filter((each) => each.includes('FirstTargets'));
    expect(onlyResource(tf, 'aws_lb_listener').depends_on).toContain(`${INVOCATION}.${key}`);
  });

  test('comes after the listener, and once for each group that is to be emptied', () => {
    expect(invocation('EndedConnections')).toMatchObject({
      function_name: reference(tf, FUNCTION, 'function_name'),
      lifecycle_scope: 'CREATE_ONLY',
      depends_on: addresses(tf, 'aws_lb_listener'),
    });
    expect(encoded(invocation('EndedConnections').input)).toEqual({
      source: 'terraform',
      ends: ['prod/Orders'],
      because: { targetGroupArn: id('TargetGroup') },
    });
  });

  test('lets the role change all three groups, and see the listeners', () => {
    const policy = JSON.stringify(onlyResource(tf, 'aws_iam_role_policy'));

    for (const name of ['TargetGroup', 'TargetGroup2', 'TargetGroup3']) expect(policy).toContain(id(name));
    expect(policy).toContain('elasticloadbalancing:DescribeListeners');
  });
});
