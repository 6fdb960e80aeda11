import type { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { addressOf, attributeOf } from '../tokens/expression';
import type { ListenerSettings } from './load-balancer-settings';

/** What the listener connects. */
export interface ListenerParts {
  readonly loadBalancerArn: string;
  readonly targetGroup: LbTargetGroup;
  /** The listener waits for these, so that a new target group has its targets before traffic is sent there. */
  readonly registration?: TerraformResource;
  /** Of the certificate that clients see; only where the listener terminates TLS. */
  readonly certificateArn?: string;
  readonly tags: { [key: string]: string };
}

/** The one listener of an endpoint: TLS with a certificate and a policy, or TCP. */
export function createListener(
  scope: Construct,
  { protocol, port, idleTimeoutSeconds, sslPolicy }: ListenerSettings,
  { loadBalancerArn, targetGroup, registration, certificateArn, tags }: ListenerParts,
): LbListener {
  const listener = new aws.LbListener(scope, 'Listener', {
    loadBalancerArn,
    port,
    protocol,
    ...(protocol === 'TLS' ? { certificateArn, sslPolicy } : { tcpIdleTimeoutSeconds: idleTimeoutSeconds }),
    defaultAction: [{ type: 'forward', targetGroupArn: attributeOf(targetGroup, 'arn') }],
    tags,
  });
  if (registration) listener.dependsOn = [addressOf(registration)];
  return listener;
}
