import * as fc from 'fast-check';
import { DatabaseTarget, EndpointLoadBalancer } from '../../lib';
import { partsAt } from '../../lib/targets/group-parts';
import { makeEndpoint, synthesizeEndpoint, validProps } from '../support/endpoint';
import { runs } from '../support/property-runs';
import { addresses, type Block, onlyResource, resources, synthesize, type TerraformJson } from '../support/synthesis';

const GROUP = 'aws_lb_target_group';
const ATTACHMENT = 'aws_lb_target_group_attachment';

const target = DatabaseTarget.ipAddresses(['10.0.1.5', '10.0.2.5']);
const at = (epoch: number) => synthesizeEndpoint(validProps({ target, sessions: { epoch } }));

/** By the id of the construct, without what CDKTF adds to it. */
function byId(tf: TerraformJson, type: string): { readonly [id: string]: Block } {
  return Object.fromEntries(
    Object.entries(tf.resource?.[type] ?? {}).map(([id, block]) => [id.replace(/^Orders_|_[0-9A-F]{8}$/g, ''), block]),
  );
}

/** The weight of each group in the forward action, by its id. */
function weights(tf: TerraformJson): { readonly [id: string]: number } {
  const [{ forward }] = onlyResource(tf, 'aws_lb_listener').default_action as [
    { forward: { target_group: { arn: string; weight: number }[] } },
  ];
  return Object.fromEntries(
    forward.target_group.map(({ arn, weight }) => [arn.replace(/^.*\.Orders_|_[0-9A-F]{8}\.arn}$/g, ''), weight]),
  );
}

describe('an endpoint whose open connections can be ended', () => {
  test.each([
    [1, { TargetGroup: 1, TargetGroup2: 0, TargetGroup3: 0 }, ['Targets', 'Targets2']],
    [2, { TargetGroup: 0, TargetGroup2: 1, TargetGroup3: 0 }, ['Targets2', 'Targets3']],
    [3, { TargetGroup: 0, TargetGroup2: 0, TargetGroup3: 1 }, ['Targets', 'Targets3']],
    [4, { TargetGroup: 1, TargetGroup2: 0, TargetGroup3: 0 }, ['Targets', 'Targets2']],
  ])('has at epoch %i the weights %j and registers %j', (epoch, expected, filled) => {
    const tf = at(epoch);

    expect(weights(tf)).toEqual(expected);
    expect(Object.keys(byId(tf, ATTACHMENT)).sort()).toEqual(filled);
    for (const { for_each } of resources(tf, ATTACHMENT)) expect(Object.keys(for_each as object)).toHaveLength(2);
  });

  test('judges zones only by the group that serves', () => {
    const healths = Object.entries(byId(at(2), GROUP)).map(([id, { target_group_health }]) => [
      id,
      (target_group_health as { dns_failover: object }).dns_failover,
    ]);

    expect(Object.fromEntries(healths)).toEqual({
      TargetGroup: { minimum_healthy_targets_count: 'off' },
      TargetGroup2: { minimum_healthy_targets_count: '1' },
      TargetGroup3: { minimum_healthy_targets_count: 'off' },
    });
  });

  test('deregisters what an epoch leaves after the listener, which must be created before it is destroyed', () => {
    for (const { lifecycle } of resources(at(2), ATTACHMENT)) {
      expect(lifecycle).toMatchObject({ create_before_destroy: true });
    }
  });

  test('moves its listener after the rules and the registrations', () => {
    const tf = at(2);

    expect(onlyResource(tf, 'aws_lb_listener').depends_on).toEqual(
      [...addresses(tf, ATTACHMENT), ...addresses(tf, 'aws_vpc_security_group_ingress_rule')].sort(),
    );
  });

  test('keeps every other resource from one epoch to the next', () => {
    const others = (tf: TerraformJson) => {
      const { [GROUP]: _, [ATTACHMENT]: __, aws_lb_listener: ___, terraform_data: ____, ...rest } = tf.resource ?? {};
      return { ...rest, groups: addresses(tf, GROUP) };
    };

    expect(others(at(2))).toEqual(others(at(1)));
    expect(others(at(3))).toEqual(others(at(1)));
  });

  test('says in the plan what a change of the epoch does', () => {
    expect(onlyResource(at(7), 'terraform_data').input).toEqual({
      epoch: 7,
      effect: 'ends every connection that was opened before epoch 7',
    });
  });

  test('has the tag of its listener read back by way of a local value: otherwise it is read after the change', () => {
    const tf = at(2) as TerraformJson & { readonly locals: { readonly [id: string]: string } };
    const [[id, { arn }]] = Object.entries(tf.data?.['aws_lb_listener'] ?? {});
    const [local] = Object.entries(tf.locals);

    expect(onlyResource(tf, 'aws_lb_listener').tags).toMatchObject({ 'database-endpoint:epoch': '2' });
    expect(arn).toBe(`\${local.${local[0]}}`);
    expect(local[1]).toBe(`\${${addresses(tf, 'aws_lb_listener')[0]}.arn}`);
    const { precondition } = onlyResource(tf, 'terraform_data').lifecycle as { precondition: Block[] };
    expect(precondition[0].condition).toContain(`contains(["1", "2"], data.aws_lb_listener.${id}.tags[`);
  });

  test('may begin only where the first group serves', () => {
    const otherwise = (epoch: number) => {
      const { precondition } = onlyResource(at(epoch), 'terraform_data').lifecycle as { precondition: Block[] };
      return /, (true|false)\)}$/.exec(String(precondition[0].condition))?.[1];
    };

    expect([1, 2, 3, 4].map(otherwise)).toEqual(['true', 'false', 'false', 'true']);
  });

  test('on a shared load balancer, waits for the rules of that load balancer, and the others stay as they are', () => {
    const fleet = (sessions?: { epoch: number }) =>
      synthesize((stack) => {
        const { vpcId, subnetIds, engine, allow } = validProps();
        const shared = new EndpointLoadBalancer(stack, 'Shared', { vpcId, subnetIds });
        shared.addEndpoint('Billing', { engine, allow, target, sessions });
        shared.addEndpoint('Other', { engine, allow, target, port: 15432 });
      });
    const listener = (tf: TerraformJson, id: string) =>
      Object.entries(tf.resource?.['aws_lb_listener'] ?? {}).find(([key]) => key.includes(id))?.[1];
    const tf = fleet({ epoch: 1 });

    expect(listener(tf, 'Billing')?.depends_on).toEqual(
      expect.arrayContaining(addresses(tf, 'aws_vpc_security_group_ingress_rule')),
    );
    expect(listener(tf, 'Other')).toEqual(listener(fleet(), 'Other'));
  });

  test('has its groups and the one that serves as fields', () => {
    synthesize((stack) => {
      const { targetGroup, targetGroups } = makeEndpoint(
        stack,
        'Orders',
        validProps({ target, sessions: { epoch: 3 } }),
      );

      expect(targetGroups.map(({ node }) => node.id)).toEqual(['TargetGroup', 'TargetGroup2', 'TargetGroup3']);
      expect(targetGroup).toBe(targetGroups[2]);
    });
  });
});

test('an endpoint without sessions has one target group, and its listener no more to wait for than before', () => {
  const tf = synthesizeEndpoint(validProps({ target }));

  expect(Object.keys(byId(tf, GROUP))).toEqual(['TargetGroup']);
  expect(onlyResource(tf, 'aws_lb_listener').depends_on).toEqual(addresses(tf, ATTACHMENT));
  expect(tf.data?.['aws_lb_listener']).toBeUndefined();
  expect(resources(tf, 'terraform_data')).toEqual([]);
});

test('from any epoch to the next, the group that stood by serves, the one that served is emptied, and the empty one is filled', () => {
  const next = { standby: 'active', active: 'retired', retired: 'standby' };

  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999 }), (epoch) => {
      expect(partsAt(epoch + 1)).toEqual(partsAt(epoch).map((part) => next[part]));
      expect([...partsAt(epoch)].sort()).toEqual(['active', 'retired', 'standby']);
    }),
    { numRuns: runs(1000) },
  );
  expect(partsAt(1)).toEqual(['active', 'standby', 'retired']);
});
