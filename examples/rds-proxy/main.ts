import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import { AllowedSource, DatabaseEndpoint, DatabaseEngine, DatabaseTarget } from 'cdktf-database-endpoint';

// A proxy in front of a Multi-AZ database. Its addresses stay the same when the database fails over, so the load balancer
// never needs a new target.
const app = new App();
const stack = new TerraformStack(app, 'rds-proxy');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });

const orders = new DatabaseEndpoint(stack, 'Orders', {
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'], // in the zones of the proxy's own subnets
  engine: DatabaseEngine.POSTGRESQL,
  target: DatabaseTarget.rdsProxy({
    endpoint: 'orders.proxy-c9akciq32abc.eu-central-1.rds.amazonaws.com',
    securityGroupId: 'sg-0a1b2c3d4e5f60744', // the proxy's
  }),
  allow: [AllowedSource.cidr('203.0.113.7/32', { description: 'Looker' })],
  acknowledge: ['PassthroughPlaintext'], // the proxy has require_tls = true
});

orders.addOutputs({ prefix: 'orders', user: 'looker', database: 'shop' });
new TerraformOutput(stack, 'sync_function', { value: orders.targetSync?.lambdaFunction.functionName });
app.synth();
