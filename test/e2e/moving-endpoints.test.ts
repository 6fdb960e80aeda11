import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformElement, TerraformStack } from 'cdktf';
import {
  AllowedSource,
  DatabaseEndpoint,
  DatabaseEngine,
  DatabaseTarget,
  type EndpointDomain,
  EndpointLoadBalancer,
} from 'cdktf-database-endpoint';
import { createSite, type Site } from './fixtures/site';
import { describeWithTools, synthesize, useLab, type Workspace } from './harness';

/** The steps of docs/shared-load-balancers.md, from an endpoint with a load balancer of its own to a shared one. */
describeWithTools(['terraform', 'provider', 'emulator'], 'an endpoint that moves to a load balancer for many', () => {
  const lab = useLab({ emulator: true });
  let site: Site;
  let workspace: Workspace;

  const place = () => ({ vpcId: site.vpcId, subnetIds: [...site.subnetIds.slice(0, 2)], deletionProtection: false });
  const orders = (domain?: EndpointDomain) => ({
    engine: DatabaseEngine.POSTGRESQL,
    target: DatabaseTarget.ipAddresses(['10.20.0.5']),
    allow: [AllowedSource.cidr('203.0.113.7/32'), AllowedSource.cidr('198.51.100.7/32')],
    domain,
  });
  const named = (): EndpointDomain => ({ name: 'orders.db.example.com', zoneId: site.zoneId });
  const planOf = async (build: (stack: TerraformStack) => void) => {
    workspace.configure(synthesize('Moving', build));
    return workspace.plan();
  };
  const apply = async (build: (stack: TerraformStack) => void) => {
    const plan = await planOf(build);
    await workspace.applyPlan(plan);
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
    return plan.actions;
  };

  beforeAll(async () => {
    site = await createSite(lab().emulator);
  });

  describe('beside the old one', () => {
    beforeAll(async () => {
      workspace = lab().workspace(
        synthesize('Moving', (stack) => new DatabaseEndpoint(stack, 'Orders', { ...place(), ...orders(named()) })),
      );
      await workspace.apply();
    });

    it('is there first, with rules and targets of its own', async () => {
      const actions = await apply((stack) => {
        new DatabaseEndpoint(stack, 'Orders', { ...place(), ...orders(named()) });
        new EndpointLoadBalancer(stack, 'Partners', place()).addEndpoint('Orders', orders());
      });

      expect(actions.filter((action) => !action.startsWith('create '))).toEqual([]);
    });

    it('then takes over the name, by a record that changes in place', async () => {
      const from = Object.keys(await workspace.resources()).find((address) =>
        address.startsWith('aws_route53_record.'),
      );
      const actions = await apply((stack) => {
        new DatabaseEndpoint(stack, 'Orders', { ...place(), ...orders() });
        const moved = new EndpointLoadBalancer(stack, 'Partners', place()).addEndpoint('Orders', orders(named()));
        stack.addOverride('moved', [{ from, to: recordOf(stack, moved) }]);
      });

      expect(actions).toEqual([
        'move aws_route53_record.Orders_AliasIpv4 -> aws_route53_record.Partners_Orders_AliasIpv4',
        expect.stringMatching(/^update aws_route53_record\.Partners_Orders_AliasIpv4: alias/),
      ]);
    });

    it('and the old one goes last', async () => {
      const actions = await apply((stack) => {
        new EndpointLoadBalancer(stack, 'Partners', place()).addEndpoint('Orders', orders(named()));
      });

      expect(actions.filter((action) => !action.startsWith('delete '))).toEqual([]);
      await workspace.destroy();
    });
  });

  describe('with its load balancer, which becomes the one for many', () => {
    it('keeps load balancer, listener, target group, targets and name', async () => {
      workspace = lab().workspace(
        synthesize('Moving', (stack) => new DatabaseEndpoint(stack, 'Orders', { ...place(), ...orders(named()) })),
      );
      await workspace.apply();
      const before = Object.keys(await workspace.resources()).filter((address) => !address.startsWith('data.'));
      const shared = (stack: TerraformStack) =>
        new EndpointLoadBalancer(stack, 'Partners', { ...place(), securityGroupCount: 1 }).addEndpoint(
          'Orders',
          orders(named()),
        );
      const json = JSON.parse(readFileSync(join(synthesize('Moving', shared), 'cdk.tf.json'), 'utf8'));
      const after = Object.entries(json.resource as Record<string, object>).flatMap(([type, ofType]) =>
        Object.keys(ofType).map((name) => `${type}.${name}`),
      );

      const actions = await apply((stack) => {
        shared(stack);
        stack.addOverride('moved', movesOf(before, after));
      });

      const [moves, others] = [true, false].map((isMove) =>
        actions.filter((each) => each.startsWith('move ') === isMove),
      );
      expect(moves).toHaveLength(before.length);
      // Tags show the path of the construct.
      for (const action of others) expect(action).toMatch(/^update .*: tags\.Name$/);
      await workspace.destroy();
    });
  });
});

/** Where the record of an endpoint stands. */
function recordOf(stack: TerraformStack, { node }: DatabaseEndpoint): string {
  return `aws_route53_record.${stack.getLogicalId(node.findChild('AliasIpv4') as TerraformElement)}`;
}

/** The table of docs/shared-load-balancers.md: the same ids below another path, and keys that begin with the port. */
function movesOf(before: readonly string[], after: readonly string[]) {
  const KEYS: readonly (readonly [old: RegExp, id: string, key: (old: string) => string])[] = [
    [/_IngressIpv4_\w+\["(.*)"\]/, 'Partners_IngressIpv4', (block) => `5432 ${block}`],
    [/_Egress_\w+\["(.*)"\]/, 'Partners_Egress', (address) => `5432 ${address}/32`],
  ];
  const named = (type: string, id: string) =>
    after.find((address) => address.startsWith(`${type}.`) && address.replace(/_[0-9A-F]{8}$/, '') === `${type}.${id}`);
  return before.map((from) => {
    const [, type = '', id = '', key = ''] = /^(\w+)\.Orders_([\w-]+)_[0-9A-F]{8}(\[.*\])?$/.exec(from) ?? [];
    const [known] = KEYS.filter(([pattern]) => pattern.test(from));
    if (known) {
      const [pattern, to, keyOf] = known;
      return { from, to: `${named(type, to)}["${keyOf(pattern.exec(from)?.[1] ?? '')}"]` };
    }
    const ofLoadBalancer = ['LoadBalancer', 'SecurityGroup'].includes(id);
    return { from, to: `${named(type, ofLoadBalancer ? `Partners_${id}` : `Partners_Orders_${id}`)}${key}` };
  });
}
