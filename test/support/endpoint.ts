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
  TargetSync,
  type TargetSyncProps,
} from '../../lib';
import { isUnresolved } from '../../lib/tokens/unresolved';
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

/** Functions that targets ask for, before there is a stack to make them in. */
const WANTED = new WeakMap<DatabaseTarget, Partial<TargetSyncProps>>();

/** A target that is followed by a function `prod/Sync` with these settings, in whatever stack its endpoint is made. */
export function followedBy(target: DatabaseTarget, settings: Partial<TargetSyncProps>): DatabaseTarget {
  WANTED.set(target, settings);
  return target;
}

/** Makes an endpoint, and the function that its target asks for. */
export function makeEndpoint(stack: TerraformStack, id: string, props: DatabaseEndpointProps): DatabaseEndpoint {
  const settings = WANTED.get(props.target);
  if (settings !== undefined) {
    const suffix = stack.node.tryFindChild('Sync') ? id : '';
    const sync = new TargetSync(stack, `Sync${suffix}`, { vpcId: anyVpc(props), ...settings });
    Object.assign(props.target._options, { sync });
  }
  return new DatabaseEndpoint(stack, id, props);
}

/** A wrong id is for the endpoint to refuse. */
function anyVpc({ vpcId }: DatabaseEndpointProps): string {
  return isUnresolved(vpcId) || /^vpc-\w+$/.test(vpcId) ? vpcId : 'vpc-0a1b2c3d';
}

/** The Terraform JSON of a stack `prod` with one endpoint `Orders` in it. */
export function synthesizeEndpoint(
  props: DatabaseEndpointProps | ((stack: TerraformStack) => DatabaseEndpointProps),
): TerraformJson {
  return synthesize((stack) => {
    makeEndpoint(stack, 'Orders', typeof props === 'function' ? props(stack) : props);
  });
}

/** An endpoint `prod/Orders` that is not synthesized. */
export function endpoint(props: DatabaseEndpointProps, app: App = Testing.app()): DatabaseEndpoint {
  return makeEndpoint(new TerraformStack(app, 'prod'), 'Orders', props);
}

/** What an endpoint `prod/Orders` is refused with; undefined where it is accepted. `beside` is an endpoint `prod/Other` of the same stack. */
export function refusal(props: DatabaseEndpointProps, beside?: DatabaseEndpointProps): EndpointError | undefined {
  const stack = new TerraformStack(Testing.app(), 'prod');
  if (beside) makeEndpoint(stack, 'Other', beside);
  try {
    makeEndpoint(stack, 'Orders', props);
    return undefined;
  } catch (error) {
    if (EndpointError.isEndpointError(error)) return error;
    throw error;
  }
}
