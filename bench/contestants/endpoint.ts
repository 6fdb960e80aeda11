import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  AllowedSource,
  AllowlistFile,
  DatabaseEndpoint,
  DatabaseEngine,
  DatabaseTarget,
  EndpointCertificate,
  EndpointTls,
} from 'cdktf-database-endpoint';
import { CERTIFICATE, DATABASE_GROUP, perform, SUBNETS, VPC } from './task';

// This library.
perform(({ outdir, names, entries, rulesPerGroup, file }) => {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'bench');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  for (const name of names) {
    new DatabaseEndpoint(stack, name, {
      vpcId: VPC,
      subnetIds: SUBNETS,
      engine: DatabaseEngine.REDIS,
      target: DatabaseTarget.ipAddresses(['10.0.12.34'], { securityGroupId: DATABASE_GROUP }),
      tls: EndpointTls.terminate({ certificate: EndpointCertificate.fromArn(CERTIFICATE) }),
      dualStack: true,
      allow: file
        ? AllowlistFile.read(file)
        : entries.map(({ block, description }) => AllowedSource.cidr(block, { description })),
      quotas: { rulesPerSecurityGroup: rulesPerGroup },
      acknowledge: ['QuotasBeyondAws', 'AllowlistSpread', 'EngineCaveat', 'TlsIdleLimit', 'NameNotVerifiable'],
    });
  }
  return app;
});
