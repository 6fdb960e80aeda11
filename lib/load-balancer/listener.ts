import type { Lb } from '@cdktf/provider-aws/lib/lb';
import type { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import type { DatabaseEndpointProps } from '../endpoint/database-endpoint-props';
import type { EndpointPlan } from '../endpoint/resolve-endpoint';
import { aws } from '../terraform/aws';
import { addressOf, attributeOf } from '../tokens/expression';

/** What the listener connects. */
export interface ListenerParts {
  readonly loadBalancer: Lb;
  readonly targetGroup: LbTargetGroup;
  /** Waited for, so that a new target group has its targets before traffic is sent there. */
  readonly registration?: TerraformResource;
  /** Of the certificate that clients see; only where the listener terminates TLS. */
  readonly certificateArn?: string;
  readonly tags: { [key: string]: string };
}

/** The one listener of an endpoint: TLS with a certificate and a policy, or TCP. */
export function createListener(
  scope: Construct,
  { tls }: DatabaseEndpointProps,
  plan: EndpointPlan,
  { loadBalancer, targetGroup, registration, certificateArn, tags }: ListenerParts,
): LbListener {
  const listener = new aws.LbListener(scope, 'Listener', {
    loadBalancerArn: attributeOf(loadBalancer, 'arn'),
    port: plan.listenerPort,
    protocol: plan.listenerProtocol,
    ...(tls?._termination
      ? { certificateArn, sslPolicy: tls._policy.name }
      : { tcpIdleTimeoutSeconds: plan.idleTimeoutSeconds }),
    defaultAction: [{ type: 'forward', targetGroupArn: attributeOf(targetGroup, 'arn') }],
    tags,
  });
  if (registration) listener.dependsOn = [addressOf(registration)];
  return listener;
}
