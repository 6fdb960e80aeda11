import { createHash } from 'node:crypto';
import {
  DatabaseEndpoint,
  DatabaseEngine,
  DatabaseTarget,
  EndpointCertificate,
  EndpointTls,
  TargetSync,
} from 'cdktf-database-endpoint';
import { conditions } from './fixtures/conditions';
import { addFeatures, FEATURES, ORDINARY } from './fixtures/features';
import { CERTIFICATE } from './fixtures/features/feature';
import { LOOKED_UP } from './fixtures/features/names';
import { AWS_PREFIX_LIST } from './fixtures/features/sources';
import { VALIDATED } from './fixtures/validated';
import { checkOnMocks, describeWithTools, planAndApply, runOnMocks, synthesize, useLab } from './harness';

const features = () => synthesize('Features', addFeatures);

describeWithTools(['terraform', 'provider'], 'every feature', () => {
  const lab = useLab({ emulator: false });

  describe('as the real provider plans it', () => {
    let planned: Readonly<Record<string, unknown>> = {};

    beforeAll(async () => {
      const workspace = lab().workspace(features(), { withoutAws: true });
      planned = await workspace.planned(await workspace.plan());
    });

    it.each(FEATURES)('$title', ({ id, resource, planned: expected }) => {
      const [, type = '', name = '', key = ''] = resource.match(/^(\w+)\.([\w-]+)(\[.*\])?$/) ?? [];
      const addresses = Object.keys(planned).filter((address) => address.startsWith(`${type}.${id}_${name}_`));
      const address = addresses.find((address) => address.endsWith(key));

      expect(addresses).toContainEqual(expect.stringContaining(key));
      expect(planned[address ?? '']).toMatchObject(expected);
    });
  });

  it('plans and applies on mocks', async () => {
    expect(await checkOnMocks(lab().workspace(features()), { features: planAndApply() }, VALIDATED)).toEqual({
      features: [],
    });
  });

  it('plans and applies on mocks with a prefix list of AWS', async () => {
    const stack = synthesize('PrefixList', (stack) => {
      new DatabaseEndpoint(stack, 'Orders', { ...ORDINARY, ...AWS_PREFIX_LIST });
    });

    expect(await checkOnMocks(lab().workspace(stack), { prefixList: planAndApply() })).toEqual({ prefixList: [] });
  });

  it('plans and applies on mocks with zones that are looked up', async () => {
    const stack = synthesize('Zones', (stack) => {
      for (const [id, props] of Object.entries(LOOKED_UP)) new DatabaseEndpoint(stack, id, { ...ORDINARY, ...props });
    });

    expect(await checkOnMocks(lab().workspace(stack), { zones: planAndApply() }, VALIDATED)).toEqual({ zones: [] });
  });

  it('plans and applies on mocks with names of a hundred databases in functions of their own, and not in one', async () => {
    const names = Array.from({ length: 100 }, (_, i) => createHash('sha256').update(`${i}`).digest('hex').slice(0, 60));
    const hundred = (isOwn: boolean) =>
      synthesize('Hundred', (stack) => {
        for (const name of names) {
          const sync = isOwn ? new TargetSync(stack, `x${name}-sync`, { vpcId: ORDINARY.vpcId }) : undefined;
          const options = { securityGroupId: 'sg-0a', vpcCidrBlocks: ['10.0.0.0/16'], sync };
          new DatabaseEndpoint(stack, `x${name}`, {
            ...ORDINARY,
            target: DatabaseTarget.hostname(`${name}.example.com`, options),
          });
        }
      });

    expect(await checkOnMocks(lab().workspace(hundred(true)), { own: planAndApply() })).toEqual({ own: [] });
    expect(await checkOnMocks(lab().workspace(hundred(false)), { shared: planAndApply() })).toEqual({
      shared: expect.arrayContaining([
        expect.stringMatching(
          /^Resource precondition failed: Hundred\/TargetSync-\S+: .*\[SyncConfigurationTooLong\]$/s,
        ),
      ]),
    });
  });

  it('plans and applies on mocks with every engine, wherever its TLS can end', async () => {
    const certificate = EndpointCertificate.fromArn(CERTIFICATE);
    let count = 0;
    const engines = synthesize('Engines', (stack) => {
      for (const engine of DatabaseEngine.all()) {
        for (const tls of [EndpointTls.passthrough(), EndpointTls.terminate({ certificate })]) {
          try {
            const id = `${engine.name}-${tls._termination ? 'terminated' : 'passed'}`;
            new DatabaseEndpoint(stack, id, { ...ORDINARY, engine, tls });
            count++;
          } catch (error) {
            // What an engine cannot do is refused by a rule, and unit tests say where.
            expect(String(error)).toMatch(/\[(PassthroughImpossible|TlsTermination\w+)\]/);
            stack.node.tryRemoveChild(`${engine.name}-${tls._termination ? 'terminated' : 'passed'}`);
          }
        }
      }
    });

    expect(count).toBeGreaterThan(DatabaseEngine.all().length);
    expect(await checkOnMocks(lab().workspace(engines), { engines: planAndApply() })).toEqual({ engines: [] });
  });
});

describeWithTools(['terraform', 'provider'], 'values that are known after apply', () => {
  const lab = useLab({ emulator: false });
  const refused = (endpoint: string, rule: string) =>
    expect.stringMatching(new RegExp(`^Resource precondition failed: Conditions/${endpoint}: .*\\[${rule}\\]$`, 's'));

  const ACCEPTED = {
    'the defaults': {},
    'bare addresses': { blocks: ['203.0.113.7', '198.51.100.0/24'], client: '192.0.2.7' },
    'an address and the block of that address': { blocks: ['203.0.113.7', '203.0.113.7/32'] },
    'bare addresses of IPv6': { blocks6: ['2001:db8::7', '2001:db8:1::/48'] },
    'both families': { blocks6: ['203.0.113.7', '2001:db8::/48'] },
    'another name of a database': { database: 'db_1.Example.com' },
    'as much as a /8': { blocks: ['11.0.0.0/8'] },
    'as much as a /24 of IPv6': { blocks6: ['2001:d00::/24'] },
    'the name of the zone itself': { hostname: 'Example.com' },
    'a zone with a dot at its end': { zone_name: 'example.com.' },
  };

  const REFUSED = {
    'an empty list': [{ blocks: [] }, 'Listed', 'AllowlistEmpty'],
    'half of the internet': [{ blocks: ['0.0.0.0/1'] }, 'Listed', 'AllowlistTooBroad'],
    'more than a /8 in pieces': [
      { blocks: ['11.0.0.0/9', '13.0.0.0/9', '15.0.0.0/16'] },
      'Listed',
      'AllowlistTooBroad',
    ],
    'much of IPv6': [{ blocks6: ['2000::/3'] }, 'Dual', 'AllowlistTooBroad'],
    'a whole /7 as one client': [{ client: '12.0.0.0/7' }, 'Computed', 'AllowlistTooBroad'],
    'host bits': [{ blocks: ['203.0.113.7/24'] }, 'Listed', 'ComputedCidrInvalid'],
    'no block at all': [{ client: 'partner.example.com' }, 'Computed', 'ComputedCidrInvalid'],
    'an empty string': [{ client: '' }, 'Computed', 'ComputedCidrInvalid'],
    'IPv6 in upper case': [{ blocks6: ['2001:DB8::/48'] }, 'Dual', 'ComputedCidrInvalid'],
    'IPv6 on an IPv4 load balancer': [{ blocks: ['2001:db8::/48'] }, 'Listed', 'Ipv6NeedsDualStack'],
    'a bare address of IPv6 on an IPv4 load balancer': [{ client: '2001:db8::7' }, 'Computed', 'Ipv6NeedsDualStack'],
    'a name outside of the zone': [{ hostname: 'orders.db.example.org' }, 'Named', 'DomainOutsideZone'],
    'a name that ends like the zone': [{ hostname: 'ordersexample.com' }, 'Named', 'DomainOutsideZone'],
    'a zone that does not hold the name': [{ zone_name: 'example.org' }, 'Issued', 'DomainOutsideZone'],
    'a wildcard on another name': [{ other: '*.cache.example.com' }, 'Issued', 'CertificateNameRepeated'],
    'a name of a certificate outside of the zone': [{ other: '*.example.org' }, 'Issued', 'CertificateNameOutsideZone'],
    'a name with a port': [{ database: 'db.example.com:5432' }, 'Followed', 'TargetHostnameInvalid'],
    'no name at all': [{ database: '' }, 'Followed', 'TargetHostnameInvalid'],
    'one subnet': [{ subnets: ['subnet-0a'] }, 'Listed', 'SubnetsTooFew'],
  } as const;

  const all = [
    ...Object.entries(ACCEPTED),
    ...Object.entries(REFUSED).map(([name, [values]]) => [name, values] as const),
  ];
  let problems: Readonly<Record<string, string[]>> = {};

  beforeAll(async () => {
    const cases = Object.fromEntries(all.map(([name, variables]) => [name, planAndApply(variables)]));
    problems = await checkOnMocks(lab().workspace(conditions()), cases, VALIDATED);
  });

  it.each(Object.keys(ACCEPTED))('may be %s', (name) => {
    expect(problems[name]).toEqual([]);
  });

  it.each(Object.entries(REFUSED))('may not be %s', (name, [, endpoint, rule]) => {
    expect(problems[name]).toContainEqual(refused(endpoint, rule));
  });

  it('become one rule for each block, keyed by it', async () => {
    const { resources } = await runOnMocks(
      lab().workspace(conditions()),
      [{ command: 'apply', variables: { blocks: ['203.0.113.7', '198.51.100.0/24'] } }],
      VALIDATED,
    );

    const keys = Object.keys(resources).flatMap(
      (address) => address.match(/Listed_IngressListed_\w+(\[.*\])/)?.[1] ?? [],
    );
    expect(keys.sort()).toEqual(['["198.51.100.0/24"]', '["203.0.113.7/32"]']);
  });
});
