import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import {
  AllowedSource,
  DatabaseEndpoint,
  DatabaseEngine,
  DatabaseTarget,
  EndpointCertificate,
  EndpointError,
  EndpointTls,
  TlsHandshake,
} from 'cdktf-database-endpoint';

// Many endpoints from one reviewed file, the way a platform team keeps them. Mistakes of all endpoints are
// reported together, so that one pull request fixes them all.
interface Fleet {
  region: string;
  vpcId: string;
  subnetIds: string[];
  certificateArn: string;
  endpoints: {
    [id: string]: {
      engine: string;
      addresses: string[];
      databaseSecurityGroupId: string;
      domain: string;
      allow: { [block: string]: string };
    };
  };
}

const fleet: Fleet = JSON.parse(readFileSync(process.env.FLEET_FILE ?? join(__dirname, 'fleet.json'), 'utf8'));
const certificate = EndpointCertificate.fromArn(fleet.certificateArn);
const app = new App();
const stack = new TerraformStack(app, 'fleet');
new AwsProvider(stack, 'aws', { region: fleet.region });

const mistakes: string[] = [];
for (const [id, endpoint] of Object.entries(fleet.endpoints)) {
  const engine = DatabaseEngine.all().find(({ name }) => name === endpoint.engine);
  if (engine === undefined) {
    mistakes.push(`${id}: '${endpoint.engine}' is not an engine`);
    continue;
  }
  try {
    const { hostname, port } = new DatabaseEndpoint(stack, id, {
      vpcId: fleet.vpcId,
      subnetIds: fleet.subnetIds,
      engine,
      target: DatabaseTarget.ipAddresses(endpoint.addresses, { securityGroupId: endpoint.databaseSecurityGroupId }),
      domain: { name: endpoint.domain },
      tls: engine.handshake === TlsHandshake.IMMEDIATE ? EndpointTls.terminate({ certificate }) : undefined,
      allow: Object.entries(endpoint.allow).map(([block, description]) => AllowedSource.cidr(block, { description })),
    });
    new TerraformOutput(stack, `${id}_address`, { value: `${hostname}:${port}` });
  } catch (error) {
    if (!EndpointError.isEndpointError(error)) throw error;
    mistakes.push(error.message);
  }
}
if (mistakes.length > 0) {
  console.error(mistakes.join('\n'));
  process.exit(1);
}
app.synth();
