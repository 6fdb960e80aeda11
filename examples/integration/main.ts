import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import {
  AdminSecret,
  AllowedSource,
  DatabaseEndpoint,
  DatabaseEngine,
  DatabaseTarget,
  Grant,
} from 'cdktf-database-endpoint';

// A managed database whose clients are all outside tools. Each has its own sources, its own login with nothing but what it
// needs, its own secret and its own rotation: one that leaks is rotated, and one that leaves is removed, without the others.
const app = new App();
const stack = new TerraformStack(app, 'integration');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });

const orders = new DatabaseEndpoint(stack, 'Orders', {
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'],
  engine: DatabaseEngine.POSTGRESQL,
  target: DatabaseTarget.rdsInstance({
    identifier: 'orders',
    address: 'orders.c9akciq32abc.eu-central-1.rds.amazonaws.com',
    dbSubnetGroupName: 'orders', // Terraform checks that the load balancer has its zones
    securityGroupId: 'sg-0a1b2c3d4e5f60744',
  }),
  acknowledge: ['PassthroughPlaintext'], // the parameter group has rds.force_ssl = 1
});

const shop = {
  database: 'shop',
  // The secret that RDS keeps for the admin of the instance. It is read, by the function only, when there is work to do.
  admin: AdminSecret.rdsManaged('arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-1a2b3c4d-Ab12Cd'),
  network: { subnetIds: ['subnet-0a1b2c3d4e5f60733', 'subnet-0a1b2c3d4e5f60744'] }, // private, with a NAT gateway
  acknowledge: ['UserNeedsWayOut'],
};

const looker = orders.addIntegration('Looker', {
  allow: [AllowedSource.cidr('203.0.113.7/32', { description: 'Looker', owner: 'data-team' })],
  user: { ...shop, grants: [Grant.read({ schema: 'sales' })], futureTables: true, rotateEveryDays: 30 },
});
const freight = orders.addIntegration('Freight', {
  allow: [AllowedSource.cidr('198.51.100.0/28', { description: 'Freight partner', expires: '2027-06-30' })],
  user: { ...shop, grants: [Grant.readWrite({ schema: 'sales', tables: ['shipments'] })], rotateEveryDays: 30 },
});

// Whoever may read a secret has host, port, login, password and URL of that tool.
new TerraformOutput(stack, 'looker_secret', { value: looker.user?.secretArn });
new TerraformOutput(stack, 'freight_secret', { value: freight.user?.secretArn });
app.synth();
