import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { DataAwsVpc } from '@cdktf/provider-aws/lib/data-aws-vpc';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { Problem } from '../rules/endpoint-error';
import { nameChecks } from '../targets/computed-name-checks';
import { aws } from '../terraform/aws';
import { conditions, type Precondition } from '../terraform/precondition';
import { tagsOf } from '../terraform/tags';
import { Deferred } from '../tokens/deferred';
import { expressionOf, expressionToken } from '../tokens/expression';
import { inOrder, resolvedText } from '../tokens/resolved-text';
import { codeHash } from './code';
import { type Following, invocationOf } from './following';
import { createFunction } from './function';
import { attach } from './network';
import { createRole } from './role';
import { listenToDatabases, runEveryMinute } from './rules';
import { sharedTags, type TagMap } from './shared-tags';
import type { TargetSyncOptions } from './target-sync-options';
import { SYNC_SETTINGS_DIFFER } from './target-sync-rules';
import { blocksOf, lookUpVpc } from './vpc';

/** Days for which failed invocations are kept: as long as SQS can. */
const DEAD_LETTER_DAYS = 14;

/**
 * The function that follows the names of databases, with everything that belongs to it. Endpoints make it by
 * themselves; it is here to be read and to put alarms on.
 */
export class TargetSync extends Construct {
  /**
   * The function of an endpoint: its own, or the one that it shares with others of its stack and VPC. They have agreed
   * on its settings (`_problems`).
   *
   * @internal
   */
  public static _of(endpoint: Construct, vpcId: string, settings: TargetSyncOptions): TargetSync {
    const [scope, id] = placeOf(endpoint, vpcId, settings);
    return existing(scope, id) ?? new TargetSync(scope, id, { endpoint, vpcId, settings });
  }

  /**
   * What keeps an endpoint from sharing the function that others have already.
   *
   * @internal
   */
  public static _problems(endpoint: Construct, vpcId: string, settings: TargetSyncOptions): Problem[] {
    const agreed = existing(...placeOf(endpoint, vpcId, settings))?.agreed;
    if (agreed === undefined || agreed.text === agreement(endpoint, vpcId, settings)) return [];
    return [
      {
        rule: SYNC_SETTINGS_DIFFER.name,
        property: 'target.sync',
        reason: `differs from that of ${agreed.path}, with which it shares a function`,
        remedy: 'Give both the same, or one of them a function of its own with sync: { dedicated: true, ... }.',
      },
    ];
  }

  /** The function. Its `functionName` is the dimension of alarms. */
  public readonly lambdaFunction: LambdaFunction;
  /** The function's role. */
  public readonly role: IamRole;
  /** Where the function logs what it changes and why. */
  public readonly logGroup: CloudwatchLogGroup;
  /** Schedules and events whose runs failed. */
  public readonly deadLetterQueue: SqsQueue;
  /** The group that was made for a function that is attached to a VPC. */
  public readonly securityGroup?: SecurityGroup;

  private readonly followed: Following[] = [];
  private readonly code = codeHash();
  private readonly agreed: { readonly path: string; readonly text: string };
  private readonly tags: { [key: string]: string };
  private readonly tagsOfEndpoints: TagMap[] = [];
  private vpc?: DataAwsVpc;

  private constructor(
    scope: Construct,
    id: string,
    private readonly about: { endpoint: Construct; vpcId: string; settings: TargetSyncOptions },
  ) {
    super(scope, id);
    const { endpoint, vpcId, settings } = about;
    const { kmsKeyArn, logRetentionDays = 365 } = settings;
    const followed = () => sortedByName(this.followed);
    this.agreed = { path: endpoint.node.path, text: agreement(endpoint, vpcId, settings) };
    const textOf = (value: string) => resolvedText(this, value);
    const shared = () => sharedTags(this.tagsOfEndpoints, textOf);
    // Which endpoints will share the function is not known yet.
    this.tags = Token.asStringMap(new Deferred(() => tagsOf(this, { ...shared(), ...settings.tags })));
    const { tags } = this;

    this.logGroup = new aws.CloudwatchLogGroup(this, 'LogGroup', {
      namePrefix: '/aws/lambda/database-endpoint-sync-',
      retentionInDays: logRetentionDays,
      kmsKeyId: kmsKeyArn,
      tags,
    });
    this.deadLetterQueue = new aws.SqsQueue(this, 'DeadLetterQueue', {
      namePrefix: 'database-endpoint-sync-',
      messageRetentionSeconds: DEAD_LETTER_DAYS * 24 * 60 * 60,
      ...(kmsKeyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: kmsKeyArn }),
      tags,
    });
    const { logGroup, deadLetterQueue, code } = this;
    const attachment = attach(this, { vpcId, settings, followed, tags });
    this.securityGroup = attachment?.securityGroup;
    const { role, policy } = createRole(this, { settings, logGroup, deadLetterQueue, followed, tags });
    this.role = role;
    const parts = { settings, logGroup, deadLetterQueue, role, policy, attachment, code, followed, tags };
    this.lambdaFunction = createFunction(this, parts);
    runEveryMinute(this, this.lambdaFunction, tags);
  }

  /**
   * Follows one more endpoint from the next apply on.
   *
   * @param tags those of the endpoint.
   * @param checks what must hold besides.
   * @returns what registers its first targets during that apply.
   * @internal
   */
  public _follow(
    endpoint: Construct,
    following: Omit<Following, 'vpcCidrs'>,
    vpcCidrs?: readonly string[],
    tags: TagMap = {},
    checks: Precondition[] = [],
  ) {
    const known = { ...following, vpcCidrs: vpcCidrs ?? this.vpcBlocks() };
    this.followed.push(known);
    this.tagsOfEndpoints.push(tags);
    if (following.database.identifier !== undefined) {
      listenToDatabases(this, this.lambdaFunction, () => sortedByName(this.followed), this.tags);
    }
    const invocation = invocationOf(known, this.code, inOrder(this, this.about.settings.subnetIds ?? []));
    return new aws.LambdaInvocation(endpoint, 'FirstTargets', {
      functionName: this.lambdaFunction.functionName,
      // On creation only: a changed input replaces it. An update in place that fails would be taken for done.
      lifecycleScope: 'CREATE_ONLY',
      input: expressionToken((context) => `jsonencode(${expressionOf(invocation, context)})`),
      ...conditions([...nameChecks(endpoint.node.path, following.database), ...checks]),
    });
  }

  private vpcBlocks(): string {
    this.vpc ??= lookUpVpc(this, this.about.vpcId);
    return blocksOf(this.vpc);
  }
}

function placeOf(endpoint: Construct, vpcId: string, { dedicated }: TargetSyncOptions): [Construct, string] {
  if (dedicated) return [endpoint, 'TargetSync'];
  const vpc = resolvedText(endpoint, vpcId).replace(/[^\w-]+/g, '-');
  return [TerraformStack.of(endpoint), `TargetSync-${vpc}`];
}

function existing(scope: Construct, id: string): TargetSync | undefined {
  return scope.node.tryFindChild(id) as TargetSync | undefined;
}

// The order in which endpoints are written, or their settings, means nothing.
function sortedByName(followed: readonly Following[]): readonly Following[] {
  return [...followed].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What endpoints that share a function must have in common, as text. The order of its parts means nothing. */
function agreement(scope: Construct, vpcId: string, settings: TargetSyncOptions): string {
  const { dedicated: _, subnetIds, securityGroupIds, tags, ...rest } = settings;
  const parts = {
    ...rest,
    subnetIds: subnetIds && inOrder(scope, subnetIds),
    securityGroupIds: securityGroupIds && inOrder(scope, securityGroupIds),
    tags: tags && byKey(tags),
  };
  return resolvedText(scope, [vpcId, byKey(parts)]);
}

function byKey(map: object): [string, unknown][] {
  const given = Object.entries(map).filter(([, value]) => value !== undefined);
  return given.sort(([a], [b]) => (a < b ? -1 : 1));
}
