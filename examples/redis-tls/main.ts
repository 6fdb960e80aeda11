import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import {
  AllowedSource,
  DatabaseEndpoint,
  DatabaseEngine,
  DatabaseTarget,
  EndpointCertificate,
  EndpointTls,
} from 'cdktf-database-endpoint';

// A Redis server in a private subnet, open to a hosted BI tool and to the offices in the variable.
const app = new App();
const stack = new TerraformStack(app, 'redis-tls');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });

const offices = new TerraformVariable(stack, 'office_networks', {
  type: 'list(string)',
  description: 'Networks of our offices, as CIDR blocks.',
  default: ['198.51.100.0/24'],
});

const cache = new DatabaseEndpoint(stack, 'SessionCache', {
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'],
  engine: DatabaseEngine.REDIS,
  target: DatabaseTarget.ipAddresses(['10.0.12.34'], { securityGroupId: 'sg-0a1b2c3d4e5f60733' }),
  domain: { name: 'sessions.db.example.com', zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'db.example.com' },
  tls: EndpointTls.terminate({ certificate: EndpointCertificate.issue() }),
  allow: [
    AllowedSource.cidr('203.0.113.7/32', { description: 'Metabase Cloud' }),
    AllowedSource.cidrs(offices.listValue, { description: 'Offices' }),
  ],
  tags: { team: 'platform' },
});

new TerraformOutput(stack, 'redis_url', { value: cache.connectionUrl() });
app.synth();
