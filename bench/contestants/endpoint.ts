// The library loads the provider's classes when it first needs them. Those by hand are loaded before the clock starts.
import '@cdktf/provider-aws/lib/lb';
import '@cdktf/provider-aws/lib/lb-listener';
import '@cdktf/provider-aws/lib/lb-target-group';
import '@cdktf/provider-aws/lib/lb-target-group-attachment';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import '@cdktf/provider-aws/lib/security-group';
import '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { App, TerraformStack } from 'cdktf';
import {
  AllowedSource,
  AllowlistFile,
  DatabaseEndpoint,
  DatabaseEngine,
  DatabaseTarget,
  EndpointCertificate,
  EndpointLoadBalancer,
  EndpointTls,
} from 'cdktf-database-endpoint';
import { CERTIFICATE, DATABASE_GROUP, perform, SUBNETS, VPC } from './task';

// This library.
perform(({ outdir, names, entries, rulesPerGroup, sharedGroups, file }) => {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'bench');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  const place = { vpcId: VPC, subnetIds: SUBNETS, dualStack: true };
  const endpoint = (port?: number) => ({
    engine: DatabaseEngine.REDIS,
    target: DatabaseTarget.ipAddresses(['10.0.12.34'], { securityGroupId: DATABASE_GROUP }),
    tls: EndpointTls.terminate({ certificate: EndpointCertificate.fromArn(CERTIFICATE) }),
    port,
    allow: file
      ? AllowlistFile.read(file)
      : entries.map(({ block, description }) => AllowedSource.cidr(block, { description })),
    acknowledge: ['QuotasBeyondAws', 'AllowlistSpread', 'EngineCaveat', 'TlsIdleLimit', 'NameNotVerifiable'],
  });
  if (sharedGroups !== undefined) {
    const shared = new EndpointLoadBalancer(stack, 'Shared', place);
    for (const [i, name] of names.entries()) shared.addEndpoint(name, endpoint(7000 + i));
    return app;
  }
  const quotas = { rulesPerSecurityGroup: rulesPerGroup };
  for (const name of names) new DatabaseEndpoint(stack, name, { ...place, ...endpoint(), quotas });
  return app;
});
