import type { LbListener, LbListenerDefaultAction } from '@cdktf/provider-aws/lib/lb-listener';
import { type TerraformResource, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { EPOCH_TAG } from '../targets/group-parts';
import { activeGroup, type PlacedGroup } from '../targets/target-group';
import { aws } from '../terraform/aws';
import { Deferred } from '../tokens/deferred';
import { addressIn, addressOf, attributeOf } from '../tokens/expression';
import type { ListenerSettings } from './load-balancer-settings';

/** What the listener connects. */
export interface ListenerParts {
  readonly loadBalancerArn: string;
  readonly targetGroups: readonly PlacedGroup[];
  /** The listener waits for these, so that a new target group has its targets before traffic is sent there. */
  readonly registrations: readonly TerraformResource[];
  /** Where open connections can be ended: how often they were, and the rules that must be right before they are. */
  readonly sessions?: { readonly epoch: number; readonly ingressRules: () => readonly TerraformResource[] };
  /** Of the certificate that clients see; only where the listener terminates TLS. */
  readonly certificateArn?: string;
  readonly tags: { [key: string]: string };
}

/** The one listener of an endpoint: TLS with a certificate and a policy, or TCP. */
export function createListener(
  scope: Construct,
  { protocol, port, idleTimeoutSeconds, sslPolicy }: ListenerSettings,
  { loadBalancerArn, targetGroups, registrations, sessions, certificateArn, tags }: ListenerParts,
): LbListener {
  const listener = new aws.LbListener(scope, 'Listener', {
    loadBalancerArn,
    port,
    protocol,
    ...(protocol === 'TLS' ? { certificateArn, sslPolicy } : { tcpIdleTimeoutSeconds: idleTimeoutSeconds }),
    defaultAction: [forwardTo(targetGroups)],
    tags: sessions ? { ...tags, [EPOCH_TAG]: String(sessions.epoch) } : tags,
  });
  const addresses = registrations.map(addressOf);
  if (sessions) listener.dependsOn = afterRules(registrations, sessions.ingressRules);
  else if (addresses.length > 0) listener.dependsOn = addresses;
  return listener;
}

function forwardTo(targetGroups: readonly PlacedGroup[]): LbListenerDefaultAction {
  if (targetGroups.length === 1) {
    return { type: 'forward', targetGroupArn: attributeOf(activeGroup(targetGroups), 'arn') };
  }
  const targetGroup = targetGroups.map(({ part, resource }) => ({
    arn: attributeOf(resource, 'arn'),
    weight: part === 'active' ? 1 : 0,
  }));
  return { type: 'forward', forward: { targetGroup } };
}

/**
 * Whoever is no longer admitted would otherwise reconnect to the next target group, through a rule that is deleted a
 * moment later. Which rules there are is known when the stack is written out.
 */
function afterRules(
  registrations: readonly TerraformResource[],
  ingressRules: () => readonly TerraformResource[],
): string[] {
  return Token.asList(new Deferred(() => [...registrations, ...ingressRules()].map(addressIn).sort()));
}
