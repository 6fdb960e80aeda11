import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import { AllowedSource, DatabaseEndpoint, DatabaseEngine, DatabaseTarget } from 'cdktf-database-endpoint';

// What a pipeline plans, applies and watches: see pipeline.sh and github-actions.yml beside this file. The state is
// in S3, locked by a file there, so that two runs never write it at once.
const environment = process.env.ENVIRONMENT ?? 'prod';
const region = process.env.AWS_REGION ?? 'eu-central-1';

const app = new App();
const stack = new TerraformStack(app, `databases-${environment}`);
new AwsProvider(stack, 'aws', { region });
new S3Backend(stack, {
  bucket: process.env.STATE_BUCKET ?? 'example-terraform-states',
  key: `databases-${environment}.tfstate`,
  region,
  encrypt: true,
}).addOverride('use_lockfile', true);

const orders = new DatabaseEndpoint(stack, 'Orders', {
  vpcId: process.env.VPC_ID ?? 'vpc-0a1b2c3d4e5f60718',
  subnetIds: (process.env.SUBNET_IDS ?? 'subnet-0a1b2c3d4e5f60711,subnet-0a1b2c3d4e5f60722').split(','),
  engine: DatabaseEngine.POSTGRESQL,
  target: DatabaseTarget.ipAddresses(['10.0.20.5']),
  domain: { name: 'orders.db.example.com' },
  allow: [AllowedSource.cidr('203.0.113.7/32', { description: 'Looker' })],
  acknowledge: ['PassthroughPlaintext'], // pg_hba.conf has hostssl lines only
});

new TerraformOutput(stack, 'orders_url', { value: orders.connectionUrl({ user: 'looker', database: 'orders' }) });
new TerraformOutput(stack, 'orders_load_balancer', { value: orders.loadBalancer.resource.dnsName });
app.synth();
