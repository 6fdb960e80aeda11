import { AllowedSource, DatabaseEndpoint, type DatabaseEndpointProps } from 'cdktf-database-endpoint';
import type { PlannedGroup } from '../../lib/allowlist/allowlist-plan';
import { randomNumbers } from '../placement/edit-history';
import {
  createReferences,
  crowded,
  groupsOf,
  pickClients,
  randomClient,
  rememberDescriptions,
  sizeOf,
} from './fixtures/crowd';
import { createVpc, describeWithTools, synthesize, useLab, type Vpc, type Workspace } from './harness';

const RULE = 'aws_vpc_security_group_ingress_rule';

/** What Terraform must do, by what the compiler plans for the list before and after. */
function predicted(before: DatabaseEndpointProps, after: DatabaseEndpointProps): string[] {
  const [old, now] = [addressesOf(groupsOf(before)), addressesOf(groupsOf(after))];
  return [
    ...now.filter((address) => !old.includes(address)).map((address) => `create ${address}`),
    ...old.filter((address) => !now.includes(address)).map((address) => `delete ${address}`),
  ].sort();
}

function addressesOf(groups: readonly PlannedGroup[]): string[] {
  return groups.flatMap(({ name, ipv4, ipv6, prefixLists, securityGroups }) => {
    const rules = (resource: string, keys: readonly string[]) =>
      keys.map((key) => `${RULE}.Orders_${resource}${name === '1' ? '' : `-${name}`}["${key}"]`);
    return [
      ...rules('IngressIpv4', Object.keys(ipv4)),
      ...rules('IngressIpv6', Object.keys(ipv6)),
      ...rules('IngressPrefixLists', textsOf(prefixLists)),
      ...rules('IngressSecurityGroups', textsOf(securityGroups)),
    ];
  });
}

function textsOf(values: readonly { readonly text: string }[]): string[] {
  return values.map(({ text }) => text);
}

function stackOf(props: DatabaseEndpointProps): string {
  return synthesize('Crowd', (stack) => {
    new DatabaseEndpoint(stack, 'Orders', props);
  });
}

// The steps build on each other, for the load balancer takes a minute.
describeWithTools(['terraform', 'provider', 'emulator'], '290 entries of every kind in five security groups', () => {
  const lab = useLab({ emulator: true });
  let vpc: Vpc;
  let present: DatabaseEndpointProps;
  let workspace: Workspace;

  /** Changes the list, and says what Terraform plans and what the compiler has predicted. */
  async function edit(allow: AllowedSource[]) {
    const next = crowded(vpc, allow);
    const expected = predicted(present, next);
    workspace.configure(stackOf(next));
    const plan = await workspace.plan();
    await workspace.applyPlan(plan);
    present = next;
    return { expected, actions: plan.actions };
  }

  beforeAll(async () => {
    vpc = await createVpc(lab().emulator);
    const references = await createReferences(lab().emulator, vpc);
    present = crowded(vpc, pickClients(vpc, references, 20, 290));
    workspace = lab().workspace(stackOf(present));
    await workspace.apply();
    await rememberDescriptions(lab().emulator, workspace, references);
  });

  it('are all rules of groups that are full, and all groups are attached', async () => {
    const groups = groupsOf(present);
    const resources = Object.entries(await workspace.resources());
    const attached = resources.flatMap(([address, { security_groups: ids }]) =>
      address.startsWith('aws_lb.') ? (ids as string[]) : [],
    );
    const rules = resources.filter(([address]) => address.startsWith(`${RULE}.`));

    expect(groups.map(sizeOf)).toEqual([58, 58, 58, 58, 58]);
    expect(rules).toHaveLength(290);
    expect(attached).toHaveLength(5);
    expect(new Set(rules.map(([, { security_group_id: id }]) => id))).toEqual(new Set(attached));
  });

  it('need nothing more after the first apply', async () => {
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('change in the one rule that is added where no other has to make room', async () => {
    const { expected, actions } = await edit([...(present.allow ?? []), newcomer(present, vpc, 0)]);

    expect(expected).toEqual([expect.stringMatching(/^create .*IngressIpv4/)]);
    expect(actions).toEqual(expected);
  });

  it('change in the one rule that is removed', async () => {
    const { expected, actions } = await edit((present.allow ?? []).slice(0, -1));

    expect(expected).toEqual([expect.stringMatching(/^delete .*IngressIpv4/)]);
    expect(actions).toEqual(expected);
  });

  it('change exactly as predicted where a newcomer moves others, one place each', async () => {
    const { expected, actions } = await edit([...(present.allow ?? []), newcomer(present, vpc, 1)]);

    expect(expected).toHaveLength(3);
    expect(actions).toEqual(expected);
  });

  it('change nothing when their order does', async () => {
    workspace.configure(stackOf(crowded(vpc, [...(present.allow ?? [])].reverse())));

    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });
});

/** An address for which the compiler predicts that so many others move. */
function newcomer(present: DatabaseEndpointProps, vpc: Vpc, moving: number): AllowedSource {
  const random = randomNumbers(11);
  for (;;) {
    const next = AllowedSource.cidr(randomClient(random), { description: 'A newcomer' });
    const after = crowded(vpc, [...(present.allow ?? []), next]);
    const fits = groupsOf(after).every((group) => sizeOf(group) <= 60);
    if (fits && predicted(present, after).length === 1 + 2 * moving) return next;
  }
}
