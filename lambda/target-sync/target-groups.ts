import {
  type Action,
  DeregisterTargetsCommand,
  DescribeListenersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type ElasticLoadBalancingV2ClientConfig,
  RegisterTargetsCommand,
  type TargetDescription,
  type TargetHealth,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { defaultProvider } from '../role-credentials';
import { canonical } from './answer';
import type { Step } from './plan';
import type { State, Target } from './target';

/** One target group, as the program sees and changes it. */
export interface TargetGroup {
  readonly describe: () => Promise<readonly Target[]>;
  /** Whether a listener forwards to it. */
  readonly isInUse: () => Promise<boolean>;
  /** Whether a listener sends new connections to it: it may be one of several, and have no weight. */
  readonly receives: () => Promise<boolean>;
  readonly register: (targets: readonly Step['target'][]) => Promise<void>;
  readonly deregister: (targets: readonly Step['target'][]) => Promise<void>;
}

/**
 * A client that tries every call once, and not for long: what is to be done is decided again after a failure, on
 * fresh answers, instead of being repeated while the names move on.
 */
export function createClient(config: ElasticLoadBalancingV2ClientConfig = {}): ElasticLoadBalancingV2Client {
  return new ElasticLoadBalancingV2Client({
    credentials: defaultProvider(),
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 4000, throwOnRequestTimeout: true },
    ...config,
  });
}

export function targetGroupOf(client: ElasticLoadBalancingV2Client, arn: string): TargetGroup {
  return {
    describe: async () => {
      const { TargetHealthDescriptions = [] } = await client.send(
        new DescribeTargetHealthCommand({ TargetGroupArn: arn }),
      );
      return TargetHealthDescriptions.flatMap(({ Target, TargetHealth }) => targetOf(Target, TargetHealth));
    },
    isInUse: async () => {
      return (await loadBalancersOf(client, arn)).length > 0;
    },
    receives: async () => {
      for (const LoadBalancerArn of await loadBalancersOf(client, arn)) {
        const { Listeners = [] } = await client.send(new DescribeListenersCommand({ LoadBalancerArn }));
        if (Listeners.some(({ DefaultActions = [] }) => DefaultActions.some((action) => isSent(action, arn)))) {
          return true;
        }
      }
      return false;
    },
    register: async (targets) => {
      for (const part of parts(targets)) {
        await client.send(new RegisterTargetsCommand({ TargetGroupArn: arn, Targets: part }));
      }
    },
    deregister: async (targets) => {
      for (const part of parts(targets)) {
        await client.send(new DeregisterTargetsCommand({ TargetGroupArn: arn, Targets: part }));
      }
    },
  };
}

async function loadBalancersOf(client: ElasticLoadBalancingV2Client, arn: string): Promise<string[]> {
  const { TargetGroups = [] } = await client.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }));
  return TargetGroups.flatMap(({ LoadBalancerArns = [] }) => LoadBalancerArns);
}

/** A group without a written weight has all of it. */
function isSent({ TargetGroupArn, ForwardConfig }: Action, arn: string): boolean {
  const groups = ForwardConfig?.TargetGroups ?? [];
  if (groups.length === 0) return TargetGroupArn === arn;
  return groups.some((group) => group.TargetGroupArn === arn && group.Weight !== 0);
}

/** Whether the API asks for fewer calls. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html */
export function isThrottling(error: unknown): boolean {
  return /throttl|RequestLimitExceeded|TooManyRequests/i.test((error as Error | undefined)?.name ?? '');
}

/** Targets of one call. Other controllers use the same number; the API publishes none. */
const AT_ONCE = 200;

// Without its port, it is a different target to the API: such a deregistration is accepted and does nothing.
function parts(targets: readonly Step['target'][]): TargetDescription[][] {
  const descriptions = targets.map(({ address, port, zone }) => ({ Id: address, Port: port, AvailabilityZone: zone }));
  return Array.from({ length: Math.ceil(descriptions.length / AT_ONCE) }, (_, i) =>
    descriptions.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
  );
}

function targetOf(
  { Id, Port, AvailabilityZone }: TargetDescription = { Id: undefined },
  health?: TargetHealth,
): Target[] {
  if (Id === undefined || Port === undefined) throw new Error('The API describes a target without its address or port');
  if (health?.Reason === 'Target.NotRegistered') return [];
  const state = STATES.find((state) => state === health?.State) ?? 'other';
  return [{ address: canonical(Id), port: Port, zone: AvailabilityZone, state, reason: health?.Reason }];
}

const STATES = [
  'initial',
  'healthy',
  'unhealthy',
  'unhealthy.draining',
  'unused',
  'unavailable',
  'draining',
] as const satisfies readonly State[];
