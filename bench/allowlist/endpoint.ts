import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { AllowlistFile, DatabaseEndpoint, DatabaseEngine, DatabaseTarget } from '../../lib';
import { workBegins } from './cpu-seconds';

// Reads an allowlist file and synthesizes an endpoint with it: the folder for the result, the file.
workBegins();
const [outdir, file] = process.argv.slice(2);
const app = new App({ outdir });
const stack = new TerraformStack(app, 'bench');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
new DatabaseEndpoint(stack, 'Orders', {
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'],
  engine: DatabaseEngine.POSTGRESQL,
  target: DatabaseTarget.ipAddresses(['10.0.12.34'], { securityGroupId: 'sg-0a1b2c3d4e5f60733' }),
  dualStack: true,
  allow: AllowlistFile.read(file),
  quotas: { rulesPerSecurityGroup: 5000 },
  acknowledge: ['QuotasBeyondAws', 'AllowlistSpread', 'PassthroughPlaintext', 'NameNotVerifiable'],
});
app.synth();
