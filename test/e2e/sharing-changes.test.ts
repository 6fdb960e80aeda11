import { applyAsOnAws } from './fixtures/aws-memory';
import type { SharingSite } from './fixtures/change';
import { byEndpoint } from './fixtures/fleet';
import { ADDRESS_CHANGES } from './fixtures/sharing/addresses';
import { EXISTING_LOAD_BALANCER_CHANGES } from './fixtures/sharing/existing';
import { CONSUMER_CHANGES, SHARED_CHANGES } from './fixtures/sharing-changes';
import { sharingFleet } from './fixtures/sharing-fleet';
import { createSite } from './fixtures/site';
import { createZone } from './fixtures/zone';
import { describeWithTools, TerraformError, useLab, type Workspace } from './harness';

const ROWS = [...SHARED_CHANGES, ...CONSUMER_CHANGES];
const REFUSED = ROWS.filter(({ refused }) => refused !== undefined);
const PLANNED = ROWS.filter(({ refused }) => refused === undefined);
const APPLIED = PLANNED.filter(({ plannedOnly }) => plannedOnly === undefined);
const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

// The steps build on each other: the waits of the AWS provider make one fleet and two applies a matter of minutes.
describeWithTools(['terraform', 'provider', 'emulator'], 'what endpoints share', () => {
  const lab = useLab({ emulator: true });
  let site: Omit<SharingSite, 'stack'>;
  let workspace: Workspace;

  const planOf = async (changed: readonly string[]) => {
    workspace.configure(sharingFleet(site, changed));
    return workspace.plan('-refresh=false');
  };

  beforeAll(async () => {
    const { emulator } = lab();
    const own = await createSite(emulator);
    const byRow = async (
      rows: readonly { readonly id: string }[],
      count: number,
      make: (row: string) => Promise<string>,
    ) =>
      Object.fromEntries(
        await Promise.all(
          rows.map(async ({ id }) => [
            id,
            await Promise.all(Array.from({ length: count }, (_, i) => make(`${id}-${i}`))),
          ]),
        ),
      );
    const group = async (name: string) => {
      const parameters = { GroupName: name, GroupDescription: 'There already', VpcId: own.vpcId };
      return (await emulator.call('ec2', 'CreateSecurityGroup', parameters)).first('groupId');
    };
    const allocation = async () =>
      (await emulator.call('ec2', 'AllocateAddress', { Domain: 'vpc' })).first('allocationId');
    site = {
      ...own,
      groupIds: await byRow(EXISTING_LOAD_BALANCER_CHANGES, 2, group),
      allocationIds: await byRow(ADDRESS_CHANGES, 3, allocation),
      privateZoneId: await createZone(emulator, 'private.example.com', own.vpcId),
      parentZoneId: await createZone(emulator, 'example.com'),
      state: {},
    };
    workspace = lab().workspace(sharingFleet(site));
    await applyAsOnAws(workspace);
    site = { ...site, state: await workspace.resources() };
  });

  it('needs nothing more after its first apply', async () => {
    expect(await planOf([])).toMatchObject({ actions: [], exitCode: 0 });
  });

  describe('where everything has one change', () => {
    let planned: Readonly<Record<string, string[]>> = {};

    beforeAll(async () => {
      planned = byEndpoint((await planOf(idsOf(PLANNED))).actions);
    });

    it.each(PLANNED)('Terraform does exactly this about $property ($change)', ({ id, actions }) => {
      expect([...(planned[id] ?? [])].sort()).toEqual([...actions].sort());
    });

    it('nothing else changes', () => {
      const { '': beside, ...others } = planned;

      expect(beside).toEqual(['create aws_eip.SharedNat']);
      expect(Object.keys(others).sort()).toEqual(idsOf(PLANNED.filter(({ actions }) => actions.length > 0)).sort());
    });
  });

  it.each(REFUSED)('Terraform refuses to plan another $property ($change)', async ({ id, refused }) => {
    const error = await planOf([id]).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(TerraformError);
    const { output } = error as TerraformError;
    const ours = new RegExp(`Sharing/${id}\\b.*?\\[${refused}\\]|\\.${id}_\\w+ has lifecycle\\.${refused} set`);
    expect(output.replace(/\["subnet-\w+"\]/g, '').replace(/[\s│╷╵]+/g, ' ')).toMatch(ours);
  });

  it('needs nothing more after the changes are applied', async () => {
    workspace.configure(sharingFleet(site, idsOf(APPLIED)));
    await applyAsOnAws(workspace, '-refresh=false');

    expect(await planOf(idsOf(APPLIED))).toMatchObject({ actions: [], exitCode: 0 });
  });
});
