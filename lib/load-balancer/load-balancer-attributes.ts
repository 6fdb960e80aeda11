import type { Lb } from '@cdktf/provider-aws/lib/lb';
import { attributeOf, attributeText, expressionOf, expressionToken } from '../tokens/expression';
import { isUnresolved } from '../tokens/unresolved';

/** What an endpoint refers to of its load balancer, in the stack of both. */
export interface LoadBalancerAttributes {
  readonly arn: string;
  readonly dnsName: string;
  readonly zoneId: string;
  /** The DNS name without a token, for what CDKTF does not resolve. */
  readonly dnsNameText: string;
  /** What CloudWatch calls it: the end of its ARN. */
  readonly arnSuffix: string;
  /** Unique in the account and Region. */
  readonly name: string;
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
    get arnSuffix() {
      return attributeOf(loadBalancer, 'arn_suffix');
    },
    get name() {
      return attributeOf(loadBalancer, 'name');
    },
  };
}

/** The same of a load balancer that exists already. */
export function attributesFrom(written: {
  readonly arn: string;
  readonly dnsName: string;
  readonly zoneId: string;
}): LoadBalancerAttributes {
  const { arn, dnsName, zoneId } = written;
  return {
    ...{ arn, dnsName, zoneId, dnsNameText: dnsName },
    get arnSuffix() {
      if (!isUnresolved(arn)) return arn.split(':loadbalancer/')[1] ?? arn;
      return expressionToken((context) => `split(":loadbalancer/", ${expressionOf(arn, context)})[1]`);
    },
    get name() {
      if (!isUnresolved(arn)) return arn.split('/')[2] ?? arn;
      return expressionToken((context) => `split("/", ${expressionOf(arn, context)})[2]`);
    },
  };
}
