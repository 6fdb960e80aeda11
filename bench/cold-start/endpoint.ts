import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  AllowedSource,
  DatabaseEndpoint,
  DatabaseEngine,
  DatabaseTarget,
  EndpointCertificate,
  EndpointTls,
} from '../../lib';

const app = new App({ outdir: process.argv[2] });
const stack = new TerraformStack(app, 'bench');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
new DatabaseEndpoint(stack, 'Cache', {
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'],
  engine: DatabaseEngine.REDIS,
  target: DatabaseTarget.ipAddresses(['10.0.12.34'], { securityGroupId: 'sg-0a1b2c3d4e5f60733' }),
  tls: EndpointTls.terminate({
    certificate: EndpointCertificate.fromArn('arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d'),
  }),
  allow: Array.from({ length: 10 }, (_, i) =>
    AllowedSource.cidr(`203.0.113.${i + 1}/32`, { description: `Client ${i + 1}` }),
  ),
});
app.synth();
