import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import { AllowedSource, DatabaseEndpoint, DatabaseEngine, DatabaseTarget } from 'cdktf-database-endpoint';

// A self-managed PostgreSQL server. PostgreSQL negotiates TLS inside its own protocol, so the listener passes it
// through and the server's certificate has the endpoint's name.
const app = new App();
const stack = new TerraformStack(app, 'postgres-passthrough');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });

const orders = new DatabaseEndpoint(stack, 'Orders', {
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'],
  engine: DatabaseEngine.POSTGRESQL,
  target: DatabaseTarget.ipAddresses(['10.0.20.5'], { securityGroupId: 'sg-0a1b2c3d4e5f60744' }),
  domain: { name: 'orders.db.example.com' },
  allow: [
    AllowedSource.cidr('203.0.113.7/32', { description: 'Looker' }),
    AllowedSource.cidr('198.51.100.0/24', { description: 'Partner network' }),
  ],
  acknowledge: ['PassthroughPlaintext'], // pg_hba.conf has hostssl lines only
});

new TerraformOutput(stack, 'orders_url', { value: orders.connectionUrl({ user: 'looker', database: 'orders' }) });
new TerraformOutput(stack, 'orders_load_balancer', { value: orders.loadBalancer.resource.dnsName });
app.synth();
