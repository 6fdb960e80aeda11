import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { Construct } from 'constructs';
import { resolveAllowlist } from '../allowlist/allowlist-input';
import { AllowlistReview } from '../allowlist/allowlist-review';
import { ALLOWLIST_RULES } from '../allowlist/allowlist-rules';
import { ALLOWLIST_WARNINGS } from '../allowlist/allowlist-warnings';
import { planShared, type SharedPart, type SharedPlanOptions } from '../allowlist/shared-plan';
import { SharedSecurityGroups } from '../allowlist/shared-security-groups';
import { claimRecords, recordOwners } from '../dns/record-owners';
import { RECORD_RULES, recordKey, type WantedRecord } from '../dns/record-rules';
import { ExpiryEnforcement } from '../expiry/expiry-enforcement';
import { createExpirySchedules } from '../expiry/expiry-schedules';
import { misfitProblem, resolveQuotas } from '../placement/rule-quotas';
import { describeProblem, EndpointError, type Problem } from '../rules/endpoint-error';
import { applyRules } from '../rules/rule';
import { aws } from '../terraform/aws';
import { providerSuffix, useProvider } from '../terraform/provider';
import { tagsOf } from '../terraform/tags';
import { warn } from '../terraform/warnings';
import { addressIn, attributeOf, expressionToken } from '../tokens/expression';
import { expressionText, inOrder } from '../tokens/resolved-text';
import { secretIn } from '../tokens/secret';
import { itemsOf } from '../tokens/unresolved';
import { CONSUMER_GROUPS_FULL, CONSUMER_RULES, CONSUMER_WARNINGS, type ConsumerInput } from './consumer-rules';
import { consumerTypeProblems } from './consumer-types';
import { createConsumerRecords } from './consumer-zones';
import type { DatabaseEndpointConsumerProps } from './database-endpoint-consumer-props';

/**
 * The way to database endpoints that another VPC, account or Region shares over PrivateLink: an interface endpoint, a
 * security group with the clients that may use it, and the endpoints' own names, which lead there inside of the VPC.
 *
 * Where the service asks for acceptance, nothing gets through until its provider has accepted the interface endpoint.
 *
 * Everything that is wrong with the properties is reported at once, when the construct is created.
 */
export class DatabaseEndpointConsumer extends Construct {
  /** The interface endpoint. */
  public readonly resource: VpcEndpoint;

  /** Where revocations are kept that failed on the last day of an entry; undefined where no entry expires. */
  public readonly expiryDeadLetterQueue?: SqsQueue;

  private readonly groups: SharedSecurityGroups;

  /**
   * @param scope where it belongs.
   * @param id its name in that scope. The addresses of its resources derive from it.
   * @param props what it is made of.
   */
  public constructor(scope: Construct, id: string, props: DatabaseEndpointConsumerProps) {
    super(scope, id);
    this.refuse(consumerTypeProblems(props));
    useProvider(this, props.provider);
    const input = inputOf(props);
    const { vpcId, subnetIds, serviceName, serviceRegion, ports, hostnames, quotas, securityGroupCount } = input;
    const { dualStack = false, privateDnsEnabled, privateZoneId, privateZoneName } = props;
    const options = { quotas, securityGroupCount, mergePorts: false, pathMtu: [] };
    const reviews = this.review(props, input, options);

    const tags = tagsOf(this, props.tags);
    this.groups = new SharedSecurityGroups(this, { vpcId, tags, dualStack, options });
    for (const [i, review] of reviews.entries()) {
      this.groups.admit(new Construct(this, `Port${ports[i]}`), review, tags);
    }
    if (reviews.some(({ needsSchedules }) => needsSchedules)) {
      this.expiryDeadLetterQueue = createExpirySchedules(this, {
        ...{ options: input.expiry._options, tags },
        expiring: () => this.groups.expiring,
        groups: () => this.groups.groups,
      });
    }
    this.resource = new aws.VpcEndpoint(this, 'Endpoint', {
      vpcId,
      serviceName,
      serviceRegion,
      // What is left out would be a gateway, and the default group of the VPC.
      vpcEndpointType: 'Interface',
      subnetIds: inOrder(this, subnetIds),
      securityGroupIds: this.groups.ids,
      ipAddressType: dualStack ? 'dualstack' : 'ipv4',
      tags,
    });
    this.node.defaultChild = this.resource;
    createConsumerRecords(this, this.resource, {
      ...{ vpcId, hostnames, privateZoneId, privateZoneName, dualStack, tags },
    });
    if (privateDnsEnabled !== undefined) {
      // At the interface endpoint itself, AWS would refuse it as long as nobody has accepted.
      new aws.VpcEndpointPrivateDns(this, 'PrivateDns', {
        vpcEndpointId: attributeOf(this.resource, 'id'),
        privateDnsEnabled,
      });
    }
  }

  /** The name of the interface endpoint that AWS makes, which resolves in the VPC and to private addresses. */
  public get dnsName(): string {
    return expressionToken(() => `${addressIn(this.resource)}.dns_entry[0].dns_name`);
  }

  /** The security groups of the interface endpoint. */
  public get securityGroups(): SecurityGroup[] {
    return this.groups.groups;
  }

  /** A review of the allowlist for each port, in which nothing is wrong. */
  private review(
    props: DatabaseEndpointConsumerProps,
    input: ConsumerInput,
    options: SharedPlanOptions,
  ): AllowlistReview[] {
    const { quotas, ports, acknowledge, expiry } = input;
    const { allow, allowlist, dualStack = false, tags } = props;
    const settings = resolveAllowlist({
      ...{ allow, allowlist, dualStack, internetFacing: false, quotas, tags },
      endsOnItsDay: expiry._endsOnItsDay,
    });
    const keyOf = (text: string) => expressionText(this, text);
    const secret = (list: readonly string[]) => secretIn(this, list);
    const alone = new AllowlistReview(settings, keyOf, secret);
    const wanted = this.wantedRecords(props, input, keyOf);
    this.refuse([
      ...applyRules(CONSUMER_RULES, input),
      ...applyRules(RECORD_RULES, { wanted, ownerOf: recordOwners(this) }),
      ...ALLOWLIST_RULES.check(alone),
    ]);

    const reviews: AllowlistReview[] = [];
    const parts: SharedPart[] = [];
    for (const port of ports) {
      const endpoint = `${this.node.path}/Port${port}`;
      const sharing = {
        ...{ loadBalancer: this.node.path, endpoint, port, others: [...parts], options },
        hasExistingGroups: false,
      };
      const review = new AllowlistReview(settings, keyOf, secret, sharing);
      reviews.push(review);
      if (review.part) parts.push(review.part);
    }
    const plan = planShared(parts, options);
    if ('misfit' in plan) {
      const { misfit } = plan;
      this.refuse([misfit.kind === 'tooManyRules' ? groupsFull(parts, input) : misfitProblem(misfit, quotas)]);
    }
    claimRecords(this, wanted);
    const found = [...applyRules(CONSUMER_WARNINGS, input), ...ALLOWLIST_WARNINGS.check(alone)];
    warn(this, found.filter(({ rule }) => !acknowledge.includes(rule)).map(describeProblem));
    return reviews;
  }

  /** A name leads to one place in a VPC. */
  private wantedRecords(
    { provider }: DatabaseEndpointConsumerProps,
    { vpcId, hostnames, privateZoneId, privateZoneName }: ConsumerInput,
    keyOf: (text: string) => string,
  ): WantedRecord[] {
    const account = providerSuffix(provider);
    const given = privateZoneId !== undefined || privateZoneName !== undefined;
    const zone = given ? { id: privateZoneId, name: privateZoneName, account } : { id: vpcId };
    return itemsOf(hostnames).flatMap((value, i) => {
      const key = recordKey(zone, value, keyOf);
      return key === undefined ? [] : { kind: 'alias', key: `alias ${key}`, property: `hostnames[${i}]`, value };
    });
  }

  private refuse(problems: readonly Problem[]): void {
    if (problems.length > 0) throw new EndpointError(this.node.path, problems);
  }
}

function inputOf(props: DatabaseEndpointConsumerProps): ConsumerInput {
  const { vpcId, subnetIds, serviceName, serviceRegion, ports, hostnames = [], acknowledge = [] } = props;
  const { privateZoneId, privateZoneName, securityGroupCount = 1, tags } = props;
  const { expiry = ExpiryEnforcement.onItsDay() } = props;
  return {
    ...{ vpcId, subnetIds, serviceName, serviceRegion, ports, hostnames, privateZoneId, privateZoneName, tags },
    ...{ acknowledge, expiry, securityGroupCount, quotas: resolveQuotas(props.quotas) },
  };
}

function groupsFull(parts: readonly SharedPart[], { ports, securityGroupCount, quotas }: ConsumerInput): Problem {
  const sum = (family: 'ipv4' | 'ipv6') =>
    parts.reduce((total, { rules }) => total + rules.reduce((rest, rule) => rest + rule[family], 0), 0);
  const needed = Math.max(sum('ipv4'), sum('ipv6'));
  const room = securityGroupCount * quotas.rulesPerSecurityGroup;
  return {
    rule: CONSUMER_GROUPS_FULL.name,
    property: 'allow',
    reason: `makes ${needed} rules for ${ports.length === 1 ? 'its port' : `${ports.length} ports`}, and ${securityGroupCount === 1 ? 'the security group has' : `${securityGroupCount} security groups have`} room for ${room}`,
    remedy: `Write larger blocks or a security group, set securityGroupCount to up to ${quotas.securityGroupsPerInterface}, or request an increase of the quota L-0EA8095F and set quotas.rulesPerSecurityGroup.`,
  };
}
