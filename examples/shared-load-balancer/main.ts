import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  AllowedSource,
  DatabaseEngine,
  DatabaseTarget,
  EndpointAddresses,
  EndpointCertificate,
  EndpointLoadBalancer,
  EndpointTls,
} from 'cdktf-database-endpoint';

// Three databases on one load balancer with addresses that never change: each has a port and an allowlist of its own.
const app = new App();
const stack = new TerraformStack(app, 'shared-load-balancer');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });

const partners = new EndpointLoadBalancer(stack, 'Partners', {
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'],
  addresses: EndpointAddresses.elasticIps(),
});
const metabase = AllowedSource.cidr('203.0.113.7/32', { description: 'Metabase Cloud', owner: 'data-team' });

const orders = partners.addEndpoint('Orders', {
  engine: DatabaseEngine.POSTGRESQL,
  target: DatabaseTarget.ipAddresses(['10.0.20.5'], { securityGroupId: 'sg-0a1b2c3d4e5f60744' }),
  allow: [metabase, AllowedSource.cidr('198.51.100.0/28', { description: 'Freight partner', expires: '2027-06-30' })],
});
partners.addEndpoint('Archive', {
  engine: DatabaseEngine.POSTGRESQL,
  port: 5433,
  target: DatabaseTarget.ipAddresses(['10.0.20.6'], { securityGroupId: 'sg-0a1b2c3d4e5f60744' }),
  allow: [metabase],
});
partners.addEndpoint('Sessions', {
  engine: DatabaseEngine.REDIS,
  target: DatabaseTarget.ipAddresses(['10.0.12.34'], { securityGroupId: 'sg-0a1b2c3d4e5f60733' }),
  domain: { name: 'sessions.db.example.com', zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'db.example.com' },
  tls: EndpointTls.terminate({ certificate: EndpointCertificate.issue() }),
  allow: [AllowedSource.cidr('198.51.100.77/32', { description: 'Support tool' })],
});

partners.addOutputs({ prefix: 'partners' });
orders.addOutputs({ prefix: 'orders' });
app.synth();
