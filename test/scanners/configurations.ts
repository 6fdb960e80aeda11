import type { TerraformStack } from 'cdktf';
import {
  AccessLogs,
  AllowedSource,
  DatabaseEndpoint,
  DatabaseTarget,
  EndpointAddresses,
  EndpointCertificate,
  EndpointTls,
  FlowLogs,
} from '../../lib';
import { synthesizeEndpoint, terminatingProps, validProps } from '../support/endpoint';
import { consumer, shareLoadBalancer } from '../support/private-link';
import { addFleet, endpointProps, loadBalancerProps } from '../support/shared-load-balancer';
import { synthesize, type TerraformJson } from '../support/synthesis';
import { followed, ownFunction } from '../target-sync/synthesized-sync';
import { synthesizeUser } from '../users/synthesized-user';

const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
const DOMAIN = { name: 'orders.db.example.com', zoneId: 'Z0123456789ABC', zoneName: 'db.example.com' };
const SUBNETS = ['subnet-0e', 'subnet-0f'];

/** What scanners are shown. Whoever makes a new kind of resource adds a configuration that has it. */
const CONFIGURATIONS = {
  'default endpoint': () => synthesizeEndpoint(validProps()),
  'issued certificate': () =>
    synthesizeEndpoint(
      terminatingProps({ domain: DOMAIN, tls: EndpointTls.terminate({ certificate: EndpointCertificate.issue() }) }),
    ),
  'followed target': () => followed(),
  'followed target, in the VPC with a key': () =>
    ownFunction({ subnetIds: SUBNETS, securityGroupIds: ['sg-0f'], kmsKeyArn: KEY }),
  'followed target, in the VPC': () => ownFunction({ subnetIds: SUBNETS }),
  'shared load balancer': () =>
    synthesize((stack: TerraformStack) => {
      addFleet(stack, { Orders: endpointProps(), Archive: endpointProps({ port: 5433 }) }, loadBalancerProps());
    }),
  'dual stack with addresses that stay': () =>
    synthesizeEndpoint(validProps({ dualStack: true, addresses: EndpointAddresses.elasticIps() })),
  'flow logs': () => synthesizeEndpoint(validProps({ flowLogs: FlowLogs.toNewLogGroup() })),
  'access logs': () => synthesizeEndpoint(terminatingProps({ accessLogs: AccessLogs.toNewBucket() })),
  'access logs with a key': () =>
    synthesizeEndpoint(terminatingProps({ accessLogs: AccessLogs.toNewBucket({ kmsKeyArn: KEY }) })),
  'monitored endpoint': () =>
    synthesize(
      (stack) =>
        void new DatabaseEndpoint(stack, 'Orders', validProps()).monitor({
          actions: { alarm: ['arn:aws:sns:eu-central-1:123456789012:alarms'] },
        }),
    ),
  'access that ends on its day': () =>
    synthesizeEndpoint(validProps({ allow: [AllowedSource.cidr('52.20.30.40/32', { expires: '2099-12-31' })] })),
  'internal endpoint': () => synthesizeEndpoint(validProps({ internetFacing: false })),
  'database user': () => synthesizeUser({ rotateEveryDays: 30, measureDriftEveryHours: 24 }),
  'database user that does not rotate': () => synthesizeUser(),
  'database user with keys': () => synthesizeUser({ rotateEveryDays: 30, kmsKeyArn: KEY, secret: { kmsKeyArn: KEY } }),
  'PrivateLink service': () => synthesize((stack) => void shareLoadBalancer(stack, { endpoints: [{}] })),
  'PrivateLink consumer': () => synthesize((stack) => void consumer(stack, { hostnames: ['orders.db.example.com'] })),
  'endpoint for two databases of one stack': () =>
    synthesize((stack) => {
      for (const id of ['Orders', 'Archive']) {
        const target = DatabaseTarget.ipAddresses(['10.0.1.5'], { securityGroupId: 'sg-0db' });
        new DatabaseEndpoint(stack, id, validProps({ target }));
      }
    }),
} satisfies { readonly [name: string]: () => TerraformJson };

export type Configuration = keyof typeof CONFIGURATIONS;

/** The Terraform JSON of each configuration. */
export const SYNTHESIZED = Object.fromEntries(
  Object.entries(CONFIGURATIONS).map(([name, build]) => [name, build()]),
) as { readonly [name in Configuration]: TerraformJson };
