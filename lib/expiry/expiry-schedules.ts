import type { SchedulerScheduleConfig } from '@cdktf/provider-aws/lib/scheduler-schedule';
import type { SchedulerScheduleGroup } from '@cdktf/provider-aws/lib/scheduler-schedule-group';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { IResolveContext } from 'cdktf';
import type { Construct } from 'constructs';
import type { ExpiringRules } from '../allowlist/rule-ends';
import { aws } from '../terraform/aws';
import { conditions } from '../terraform/precondition';
import { shownPath } from '../terraform/shown-path';
import { ForEach } from '../tokens/deferred';
import { addressIn, attributeOf, expressionOf, expressionToken } from '../tokens/expression';
import { hclText } from '../tokens/hcl';
import type { ExpirySchedulesOptions } from './expiry-enforcement';
import { revocationPermissions, trustFor } from './permissions';

/** What ends on a day, and what the schedules belong to. What is a function is asked for when the stack is written. */
export interface ExpirySchedulesProps {
  readonly options: ExpirySchedulesOptions;
  readonly tags: { [key: string]: string };
  /** Rules that end, by what tells their resources apart. */
  readonly expiring: () => ReadonlyMap<string, ExpiringRules>;
  /** All groups of the load balancer, so that the policy does not change with what expires. */
  readonly groups: () => readonly (SecurityGroup | string)[];
}

/** Days for which failed revocations are kept: as long as SQS can. */
const DEAD_LETTER_DAYS = 14;

/**
 * As long and as often as EventBridge Scheduler can.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html
 */
const RETRY = { maximumEventAgeInSeconds: 24 * 60 * 60, maximumRetryAttempts: 185 };

/**
 * Schedules that revoke rules on the day on which access ends, in one resource, with their role and a queue for what
 * failed. Only the schedules come and go with what expires.
 *
 * @returns the queue.
 */
export function createExpirySchedules(scope: Construct, props: ExpirySchedulesProps): SqsQueue {
  const { options, tags } = props;
  const { kmsKeyArn } = options;
  const group = new aws.SchedulerScheduleGroup(scope, 'ExpiryScheduleGroup', { namePrefix: NAME_PREFIX, tags });
  const queue = new aws.SqsQueue(scope, 'ExpiryDeadLetterQueue', {
    namePrefix: NAME_PREFIX,
    messageRetentionSeconds: DEAD_LETTER_DAYS * 24 * 60 * 60,
    ...(kmsKeyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: kmsKeyArn }),
    tags,
  });
  const role = new aws.IamRole(scope, 'ExpiryRole', {
    namePrefix: NAME_PREFIX,
    description: 'Revokes security group rules of a database endpoint whose last day has passed',
    assumeRolePolicy: jsonOf(() =>
      trustFor({ account: expressionToken(() => arnPart(group, 4)), scheduleGroupArn: attributeOf(group, 'arn') }),
    ),
    permissionsBoundary: options.permissionsBoundaryArn,
    tags,
  });
  const policy = new aws.IamRolePolicy(scope, 'ExpiryPolicy', {
    namePrefix: NAME_PREFIX,
    role: attributeOf(role, 'name'),
    policy: jsonOf(() => ({
      Version: '2012-10-17',
      Statement: revocationPermissions({
        securityGroupArns: props.groups().map((each) => groupArn(each, group)),
        queueArn: attributeOf(queue, 'arn'),
        kmsKeyArn,
      }),
    })),
  });
  new aws.SchedulerSchedule(scope, 'ExpirySchedules', {
    forEach: ForEach.deferred((context) => entries(props.expiring(), context)),
    namePrefix: NAME_PREFIX,
    groupName: attributeOf(group, 'name'),
    description: expressionToken('substr("Revokes the rule ${each.key} of a database endpoint", 0, 512)'),
    scheduleExpression: `at(${expressionToken('each.value.at')})`,
    scheduleExpressionTimezone: 'UTC',
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: `arn:${expressionToken(() => arnPart(group, 1))}:scheduler:::aws-sdk:ec2:revokeSecurityGroupIngress`,
      roleArn: attributeOf(role, 'arn'),
      input: expressionToken('jsonencode({GroupId = each.value.group, SecurityGroupRuleIds = [each.value.rule]})'),
      retryPolicy: RETRY,
      deadLetterConfig: { arn: attributeOf(queue, 'arn') },
    },
    // A schedule whose role may not revoke yet would fail.
    dependsOn: [policy],
    ...conditions([
      {
        condition: expressionToken('timecmp(plantimestamp(), "${each.value.at}Z") < 0'),
        errorMessage: `${shownPath(scope)}: the last day of the rule ${expressionToken('each.key')} has passed since this configuration was synthesized, and applying it would give access once more. Synthesize it again, without allowlist.asOf or with a later day. [ExpiryPassed]`,
      },
    ]),
    ...deletedAfterwards(aws.SchedulerSchedule),
  });
  return queue;
}

/** At most 38 characters, for a role. */
const NAME_PREFIX = 'database-endpoint-expiry-';

/**
 * A schedule that has done its work deletes itself, so that no plan has to. Where the bindings do not know that, as those of
 * provider 5.100, the next plan deletes the schedule.
 *
 * @param schedule the class of schedules, as the bindings have it.
 */
export function deletedAfterwards(schedule: { readonly prototype: object }): Partial<SchedulerScheduleConfig> {
  const isKnown = 'actionAfterCompletion' in schedule.prototype;
  return isKnown ? ({ actionAfterCompletion: 'DELETE' } as Partial<SchedulerScheduleConfig>) : {};
}

/** The schedules by what tells rules of the load balancer apart: the resource and the key in its `for_each`. */
function entries(expiring: ReadonlyMap<string, ExpiringRules>, context: IResolveContext): unknown {
  const known: { [key: string]: unknown } = {};
  const computed: string[] = [];
  for (const [id, { resource, securityGroupId: group, ends }] of expiring) {
    const found = ends(context);
    const rules = addressIn(resource);
    for (const [key, at] of Object.entries(found.known)) {
      known[`${id} ${key}`] = {
        at,
        group,
        rule: expressionToken(`${rules}["${hclText(key)}"].security_group_rule_id`),
      };
    }
    const groupId = expressionOf(group, context);
    for (const map of found.computed ?? []) {
      computed.push(
        `{for key, at in ${map} : "${id} \${key}" => {at = at, group = ${groupId}, rule = ${rules}[key].security_group_rule_id}}`,
      );
    }
  }
  if (computed.length === 0) return known;
  return expressionToken(`merge(${[expressionOf(known, context), ...computed].join(', ')})`);
}

function jsonOf(produce: () => object): string {
  return expressionToken((context) => `jsonencode(${expressionOf(produce(), context)})`);
}

/** The ARN of a security group. Of one that exists already, only the id is known. */
function groupArn(each: SecurityGroup | string, scheduleGroup: SchedulerScheduleGroup): string {
  if (typeof each !== 'string') return attributeOf(each, 'arn');
  return expressionToken((context) => {
    const [partition, region, account] = [1, 3, 4].map((index) => `\${${arnPart(scheduleGroup, index)}}`);
    return `"arn:${partition}:ec2:${region}:${account}:security-group/\${${expressionOf(each, context)}}"`;
  });
}

/** A part of the ARN of what belongs to the same account, Region and partition, which saves data sources for them. */
function arnPart(group: SchedulerScheduleGroup, index: number): string {
  return `split(":", ${addressIn(group)}.arn)[${index}]`;
}
