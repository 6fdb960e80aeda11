import { Eip } from '@cdktf/provider-aws/lib/eip';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import {
  AllowedSource,
  DatabaseEndpoint,
  type DatabaseEndpointProps,
  DatabaseEngine,
  DatabaseTarget,
  EndpointCertificate,
  EndpointLoadBalancer,
  EndpointTls,
  SharedCertificate,
  TargetSync,
} from '../../lib';

const REGIONS = ['us-east-1', 'eu-central-1'];

/**
 * A stack without a default provider: two Regions, zones of another account, and in each Region names that are followed, by
 * the function of the stack and by one of its own, certificates that are issued, and all kinds of clients.
 *
 * The ids of all constructs begin with the alias that their resources must use; those of zones and records are told apart
 * by their types.
 */
export function addManyProviders(stack: TerraformStack): void {
  const zones = new AwsProvider(stack, 'zones', { alias: 'zones', region: 'us-east-1' });
  for (const region of REGIONS) {
    const alias = region.replaceAll('-', '');
    const provider = new AwsProvider(stack, region, { alias, region });
    const vpcId = `vpc-0${alias.length}a1b2c3d`;
    const shared = new SharedCertificate(stack, `${alias}-Wildcard`, {
      domainName: `*.${region}.example.com`,
      zoneName: 'example.com',
      provider,
      zoneProvider: zones,
    });
    const sync = new TargetSync(stack, `${alias}-Sync`, { vpcId, subnetIds: ['subnet-0e', 'subnet-0f'], provider });
    const add = (id: string, props: Partial<DatabaseEndpointProps> = {}) =>
      new DatabaseEndpoint(stack, `${alias}-${id}`, {
        ...{ vpcId, subnetIds: ['subnet-0a', 'subnet-0b'], provider },
        engine: DatabaseEngine.POSTGRESQL,
        target: DatabaseTarget.ipAddresses(['10.0.20.5']),
        allow: [
          AllowedSource.cidr('203.0.113.7/32'),
          AllowedSource.awsPrefixList(`com.amazonaws.${region}.ec2-instance-connect`),
        ],
        ...props,
      });
    add('Fixed', {
      loadBalancerName: 'orders',
      domain: { name: `fixed.${region}.example.com`, zoneName: 'example.com', provider: zones },
      tls: EndpointTls.terminate({
        certificate: EndpointCertificate.issue(),
        additionalCertificates: [EndpointCertificate.shared(shared)],
      }),
      engine: DatabaseEngine.RABBITMQ,
    });
    const database = { identifier: 'orders', address: `orders.abc123.${region}.rds.amazonaws.com` };
    add('Followed', {
      target: DatabaseTarget.rdsInstance({ ...database, dbSubnetGroupName: 'main', securityGroupId: 'sg-0d' }),
    });
    const nat = new Eip(stack, `${alias}-Nat`, { provider });
    const loadBalancer = new EndpointLoadBalancer(stack, `${alias}-Shared`, {
      ...{ vpcId, subnetIds: ['subnet-0a', 'subnet-0b'], provider, securityGroupCount: 3, pathMtuDiscovery: true },
    });
    const onShared = (id: string, port: number, target: DatabaseTarget) =>
      loadBalancer.addEndpoint(
        id,
        {
          ...{ engine: DatabaseEngine.POSTGRESQL, port, target },
          domain: { name: `${id}.${region}.example.com`.toLowerCase(), zoneName: 'example.com', provider: zones },
          allow: [
            AllowedSource.cidr('203.0.113.7/32'),
            AllowedSource.cidr(nat.publicIp),
            AllowedSource.cidr('203.0.113.9/32', { group: 'partners' }),
            AllowedSource.prefixList('pl-0a', { maxEntries: 5 }),
            AllowedSource.awsPrefixList(`com.amazonaws.${region}.ec2-instance-connect`),
          ],
        },
        new Construct(stack, `${alias}-Team-${id}`),
      );
    onShared('Addresses', 5432, DatabaseTarget.ipAddresses(['10.0.20.5']));
    onShared('Followed', 5433, DatabaseTarget.rdsInstance({ ...database, securityGroupId: 'sg-0d' }));
    add('Own', { target: DatabaseTarget.hostname('db.example.com', { securityGroupId: 'sg-0d', sync }) });
  }
}
