import type { Lb } from '@cdktf/provider-aws/lib/lb';
import { attributeOf, attributeText } from '../tokens/expression';

/** What an endpoint refers to of its load balancer, in the stack of both. */
export interface LoadBalancerAttributes {
  readonly arn: string;
  readonly dnsName: string;
  readonly zoneId: string;
  /** The DNS name without a token, for what CDKTF does not resolve. */
  readonly dnsNameText: string;
}

/** Each is a token of its own, made when it is asked for. */
export function attributesOf(loadBalancer: Lb): LoadBalancerAttributes {
  return {
    get arn() {
      return attributeOf(loadBalancer, 'arn');
    },
    get dnsName() {
      return attributeOf(loadBalancer, 'dns_name');
    },
    get zoneId() {
      return attributeOf(loadBalancer, 'zone_id');
    },
    get dnsNameText() {
      return attributeText(loadBalancer, 'dns_name');
    },
  };
}
