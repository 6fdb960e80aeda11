import { type App, TerraformStack, Testing } from 'cdktf';
import {
  AllowedSource,
  DatabaseEndpoint,
  type DatabaseEndpointProps,
  DatabaseEngine,
  DatabaseTarget,
  EndpointCertificate,
  EndpointError,
  EndpointTls,
} from '../../lib';
import { synthesize, type TerraformJson } from './synthesis';

export const CERTIFICATE_ARN = 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';

/** TLS that ends at the load balancer. */
export const TERMINATE = EndpointTls.terminate({ certificate: EndpointCertificate.fromArn(CERTIFICATE_ARN) });

/** The smallest correct endpoint: PostgreSQL on one address, for one client. */
export function validProps(overrides: Partial<DatabaseEndpointProps> = {}): DatabaseEndpointProps {
  return {
    vpcId: 'vpc-0a1b2c3d',
    subnetIds: ['subnet-0a', 'subnet-0b'],
    engine: DatabaseEngine.POSTGRESQL,
    target: DatabaseTarget.ipAddresses(['10.0.1.5']),
    allow: [AllowedSource.cidr('52.20.30.40/32')],
    ...overrides,
  };
}

/** The smallest correct endpoint whose listener terminates TLS: Redis. */
export function terminatingProps(overrides: Partial<DatabaseEndpointProps> = {}): DatabaseEndpointProps {
  return validProps({ engine: DatabaseEngine.REDIS, tls: TERMINATE, ...overrides });
}

/** The Terraform JSON of a stack `prod` with one endpoint `Orders` in it. */
export function synthesizeEndpoint(
  props: DatabaseEndpointProps | ((stack: TerraformStack) => DatabaseEndpointProps),
): TerraformJson {
  return synthesize((stack) => {
    new DatabaseEndpoint(stack, 'Orders', typeof props === 'function' ? props(stack) : props);
  });
}

/** An endpoint `prod/Orders` that is not synthesized. */
export function endpoint(props: DatabaseEndpointProps, app: App = Testing.app()): DatabaseEndpoint {
  return new DatabaseEndpoint(new TerraformStack(app, 'prod'), 'Orders', props);
}

/** What an endpoint `prod/Orders` is refused with; undefined where it is accepted. `beside` is an endpoint `prod/Other` of the same stack. */
export function refusal(props: DatabaseEndpointProps, beside?: DatabaseEndpointProps): EndpointError | undefined {
  const stack = new TerraformStack(Testing.app(), 'prod');
  if (beside) new DatabaseEndpoint(stack, 'Other', beside);
  try {
    new DatabaseEndpoint(stack, 'Orders', props);
    return undefined;
  } catch (error) {
    if (EndpointError.isEndpointError(error)) return error;
    throw error;
  }
}
