import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  AllowedSource,
  DatabaseEndpoint,
  DatabaseEngine,
  DatabaseTarget,
  EndpointLoadBalancer,
} from 'cdktf-database-endpoint';
import { ec2Rules, revoke, type Schedule, schedulesIn } from './fixtures/revocations';
import { createSite, type Site } from './fixtures/site';
import { describeWithTools, synthesize, TerraformError, useLab, type Workspace } from './harness';

interface Step {
  /** The last day of the contractor, if there is one. */
  readonly contractor?: string;
  /** The day on which the stack is synthesized. */
  readonly asOf?: string;
  readonly auditors?: boolean;
}

const LASTING = AllowedSource.cidr('203.0.113.7/32', { description: 'Looker' });
const MARCH = '2098-03-31';
const AUDITORS = AllowedSource.cidr('198.51.100.0/28', { description: 'Auditors', expires: MARCH, group: 'auditors' });

function build(stack: TerraformStack, site: Site, { contractor, asOf, auditors = true }: Step): void {
  const { vpcId, subnetIds } = site;
  const network = { vpcId, subnetIds: [...subnetIds], deletionProtection: false };
  const endpoint = { engine: DatabaseEngine.POSTGRESQL, target: DatabaseTarget.ipAddresses(['10.20.0.5']) };
  const blocks = (id: string, value: string[]) =>
    new TerraformVariable(stack, id, { type: 'list(string)', default: value }).listValue;
  new DatabaseEndpoint(stack, 'Orders', {
    ...{ ...network, ...endpoint, allowlist: { asOf } },
    allow: [
      LASTING,
      ...(auditors ? [AUDITORS] : []),
      ...(contractor ? [AllowedSource.cidr('192.0.2.8/29', { description: 'Contractor', expires: contractor })] : []),
      AllowedSource.cidrs(blocks('Offices', ['192.0.2.64', '192.0.2.65'])),
      ...(auditors ? [AllowedSource.cidrs(blocks('Visitors', ['192.0.2.65', '192.0.2.66']), { expires: MARCH })] : []),
    ],
  });
  const shared = new EndpointLoadBalancer(stack, 'Shared', { ...network, securityGroupCount: 1, mergePorts: true });
  for (const [id, port] of [
    ['Users', 5432],
    ['Stock', 5433],
  ] as const) {
    const expires = id === 'Users' ? contractor : auditors ? MARCH : undefined;
    shared.addEndpoint(id, {
      ...{ ...endpoint, port, allowlist: { asOf } },
      allow: [LASTING, AllowedSource.cidr('192.0.2.8/29', { description: id, expires })],
    });
  }
}

describeWithTools(['terraform', 'provider', 'emulator'], 'access that ends on its day', () => {
  const lab = useLab({ emulator: true });
  let site: Site;
  let workspace: Workspace;
  const stack = (step: Step) => synthesize('Expiry', (each) => build(each, site, step));
  const plan = async (step: Step) => {
    workspace.configure(stack(step));
    return workspace.plan();
  };
  const change = async (step: Step) => {
    const planned = await plan(step);
    await workspace.applyPlan(planned);
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
    return planned.actions.map((action) => action.replace(/_[0-9A-F]{8}\b/g, ''));
  };
  /** The schedules by the rules that they are to revoke. */
  const schedules = async (): Promise<ReadonlyMap<string, Schedule>> =>
    schedulesIn(lab().emulator, await workspace.resources());

  const due = async () =>
    [...(await schedules()).values()].filter(({ expression }) => expression.includes('2098-02-01'));

  beforeAll(async () => {
    site = await createSite(lab().emulator);
    workspace = lab().workspace(stack({ contractor: '2097-12-31' }));
    await workspace.apply();
  });

  it('needs nothing more after the first apply', async () => {
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('has one schedule for each rule that ends, at the first instant after its last day', async () => {
    const found = [...(await schedules())].map(
      ([rule, { expression, timeZone }]) => `${rule} ${expression} ${timeZone}`,
    );

    expect(found.sort()).toEqual([
      'Orders_IngressIpv4 192.0.2.8/29 at(2098-01-01T00:00:00) UTC',
      'Orders_IngressIpv4-auditors 198.51.100.0/28 at(2098-04-01T00:00:00) UTC',
      // Visitors lose what the offices do not keep.
      'Orders_IngressListed 192.0.2.66/32 at(2098-04-01T00:00:00) UTC',
      'Shared_IngressIpv4 5432 192.0.2.8/29 at(2098-01-01T00:00:00) UTC',
      'Shared_IngressIpv4 5433 192.0.2.8/29 at(2098-04-01T00:00:00) UTC',
    ]);
  });

  it('moves the schedule in place where its date is moved', async () => {
    expect(await change({ contractor: '2098-01-31' })).toEqual([
      'update aws_scheduler_schedule.Orders_ExpirySchedules["IngressIpv4 192.0.2.8/29"]: schedule_expression',
      'update aws_scheduler_schedule.Shared_ExpirySchedules["IngressIpv4 5432 192.0.2.8/29"]: schedule_expression',
      'update aws_vpc_security_group_ingress_rule.Orders_IngressIpv4["192.0.2.8/29"]: tags.database-endpoint:expires',
      'update aws_vpc_security_group_ingress_rule.Shared_IngressIpv4["5432 192.0.2.8/29"]: tags.database-endpoint:expires',
    ]);
  });

  it('takes the schedule along where an entry leaves, and brings it where it comes', async () => {
    const removed = await change({});
    const added = await change({ contractor: '2098-01-31' });

    const moved = (verb: string) => [
      `${verb} aws_scheduler_schedule.Orders_ExpirySchedules["IngressIpv4 192.0.2.8/29"]`,
      // Of this one, only the last day leaves and comes.
      `${verb} aws_scheduler_schedule.Shared_ExpirySchedules["IngressIpv4 5432 192.0.2.8/29"]`,
      `${verb} aws_vpc_security_group_ingress_rule.Orders_IngressIpv4["192.0.2.8/29"]`,
      'update aws_vpc_security_group_ingress_rule.Shared_IngressIpv4["5432 192.0.2.8/29"]: tags.database-endpoint:expires',
    ];
    expect(removed).toEqual(moved('delete'));
    expect(added).toEqual(moved('create'));
  });

  it('is named by the next plan where nothing has revoked it on its day', async () => {
    const { actions } = await plan({ contractor: '2098-01-31', asOf: '2098-02-01' });

    expect(actions.map((action) => action.replace(/_[0-9A-F]{8}\b/g, ''))).toEqual([
      'delete aws_scheduler_schedule.Orders_ExpirySchedules["IngressIpv4 192.0.2.8/29"]',
      'delete aws_scheduler_schedule.Shared_ExpirySchedules["IngressIpv4 5432 192.0.2.8/29"]',
      'delete aws_vpc_security_group_ingress_rule.Orders_IngressIpv4["192.0.2.8/29"]',
      'delete aws_vpc_security_group_ingress_rule.Shared_IngressIpv4["5432 192.0.2.8/29"]',
    ]);
  });

  it('revokes the rule and nothing else by what the schedule sends', async () => {
    const { emulator } = lab();
    expect(await due()).toHaveLength(2);
    for (const { target, input, ruleId } of await due()) {
      const before = await ec2Rules(emulator);
      await revoke(emulator, target, input);
      const after = await ec2Rules(emulator);

      expect(before.filter((id) => !after.includes(id))).toEqual([ruleId]);
      expect(after.filter((id) => !before.includes(id))).toEqual([]);
    }
  });

  it('leaves the next plan nothing but schedules that are done, and nothing at all where they delete themselves', async () => {
    const afterwards = { contractor: '2098-01-31', asOf: '2098-02-01' };
    const { actions } = await plan(afterwards);
    for (const { remove } of await due()) await remove();

    expect(actions.map((action) => action.replace(/_[0-9A-F]{8}\b/g, ''))).toEqual([
      'delete aws_scheduler_schedule.Orders_ExpirySchedules["IngressIpv4 192.0.2.8/29"]',
      'delete aws_scheduler_schedule.Shared_ExpirySchedules["IngressIpv4 5432 192.0.2.8/29"]',
    ]);
    expect(await plan(afterwards)).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('does not come back by a configuration from before its day', async () => {
    const refused = await plan({ contractor: '2026-01-31', asOf: '2026-01-31' }).catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(TerraformError);
    expect(String(refused)).toMatch(
      /last day of the rule IngressIpv4 192\.0\.2\.8\/29 has passed[\s\S]*\[ExpiryPassed\]/,
    );
  });

  it('leaves nothing behind where nothing expires any more', async () => {
    const actions = await change({ auditors: false });

    expect(actions).toEqual(
      expect.arrayContaining([
        'delete aws_iam_role.Orders_ExpiryRole',
        'delete aws_iam_role_policy.Orders_ExpiryPolicy',
        'delete aws_scheduler_schedule_group.Orders_ExpiryScheduleGroup',
        'delete aws_sqs_queue.Orders_ExpiryDeadLetterQueue',
        'delete aws_sqs_queue.Shared_ExpiryDeadLetterQueue',
      ]),
    );
    expect((await workspace.stateList()).filter((address) => address.includes('Expiry'))).toEqual([]);
  });
});
