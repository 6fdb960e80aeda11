import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import { AllowedSource, DatabaseEndpoint, DatabaseEngine, DatabaseRole, DatabaseTarget } from 'cdktf-database-endpoint';

// An Aurora cluster: one endpoint for its writer, one for its readers. Failovers change the addresses behind both
// names; one function follows them within seconds, and Terraform never sees a difference. Until AWS sends connections to
// a new target, minutes pass: docs/times.md.
const app = new App();
const stack = new TerraformStack(app, 'rds-failover');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });

const network = {
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'],
};
const securityGroupId = 'sg-0a1b2c3d4e5f60744';

const writer = new DatabaseEndpoint(stack, 'OrdersWriter', {
  ...network,
  engine: DatabaseEngine.AURORA_POSTGRESQL,
  target: DatabaseTarget.rdsCluster({
    identifier: 'orders',
    endpoint: 'orders.cluster-c9akciq32abc.eu-central-1.rds.amazonaws.com',
    role: DatabaseRole.WRITER,
    dbSubnetGroupName: 'orders', // Terraform checks that the load balancer has its zones
    securityGroupId,
  }),
  allow: [AllowedSource.cidr('203.0.113.7/32', { description: 'Fivetran' })],
  acknowledge: ['PassthroughPlaintext'], // the cluster's parameter group has rds.force_ssl = 1
});

const readers = new DatabaseEndpoint(stack, 'OrdersReaders', {
  ...network,
  engine: DatabaseEngine.AURORA_POSTGRESQL,
  target: DatabaseTarget.rdsCluster({
    identifier: 'orders',
    endpoint: 'orders.cluster-ro-c9akciq32abc.eu-central-1.rds.amazonaws.com',
    role: DatabaseRole.READER,
    dbSubnetGroupName: 'orders',
    securityGroupId,
  }),
  allow: [AllowedSource.cidr('198.51.100.0/24', { description: 'Looker' })],
  acknowledge: ['PassthroughPlaintext'],
});

new TerraformOutput(stack, 'writer', { value: writer.hostname });
new TerraformOutput(stack, 'readers', { value: readers.hostname });
// What an alarm on a function that is not invoked, or fails, needs to know.
new TerraformOutput(stack, 'sync_function', { value: writer.targetSync?.lambdaFunction.functionName });
app.synth();
