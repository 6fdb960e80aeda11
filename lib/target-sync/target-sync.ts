import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { DataAwsVpc } from '@cdktf/provider-aws/lib/data-aws-vpc';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import type { LambdaInvocation } from '@cdktf/provider-aws/lib/lambda-invocation';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import { describeProblem, EndpointError } from '../rules/endpoint-error';
import { applyRules } from '../rules/rule';
import type { ITargetSync } from '../targets/target-sync-interface';
import { aws } from '../terraform/aws';
import { conditions, type Precondition } from '../terraform/precondition';
import { providerOf, providerSuffix, useProvider } from '../terraform/provider';
import { tagsOf } from '../terraform/tags';
import { warn } from '../terraform/warnings';
import { Deferred } from '../tokens/deferred';
import { expressionOf, expressionToken } from '../tokens/expression';
import { inOrder, resolvedText } from '../tokens/resolved-text';
import { type Following, invocationOf } from './following';
import { createSyncFunction } from './function';
import { listenToDatabases, runEveryMinute } from './rules';
import { sharedTags, type TagMap } from './shared-tags';
import type { TargetSyncProps } from './target-sync-props';
import { TARGET_SYNC_RULES, TARGET_SYNC_WARNINGS } from './target-sync-rules';
import { targetSyncTypeProblems } from './target-sync-types';
import { blocksOf, lookUpVpc } from './vpc';

/** What an endpoint has followed. */
export interface FollowRequest {
  readonly following: Omit<Following, 'vpcCidrs'>;
  /** The blocks of the VPC, where they were written. */
  readonly vpcCidrs?: readonly string[];
  /** Those of the endpoint. */
  readonly tags: TagMap;
  /** What must hold before the first targets are registered. */
  readonly checks: Precondition[];
}

/**
 * The function that follows the names of databases, with everything that belongs to it. By default, endpoints share one
 * per stack, VPC and provider, which they create themselves; for other settings, create one and pass it as `sync`.
 *
 * Everything that is wrong with the properties is reported at once, when the construct is created.
 */
export class TargetSync extends Construct implements ITargetSync {
  /**
   * The function that the endpoints of a stack, a VPC and a provider share, unless they name one.
   *
   * @internal
   */
  public static _shared(endpoint: Construct, vpcId: string): TargetSync {
    const [stack, id] = sharedPlace(endpoint, vpcId);
    const known = stack.node.tryFindChild(id) as TargetSync | undefined;
    // The name of the class here would make a bundler rename it.
    return known ?? new this(stack, id, { vpcId, provider: providerOf(endpoint) });
  }

  /**
   * The same, where there is one already.
   *
   * @internal
   */
  public static _known(endpoint: Construct, vpcId: string): TargetSync | undefined {
    const [stack, id] = sharedPlace(endpoint, vpcId);
    return stack.node.tryFindChild(id) as TargetSync | undefined;
  }

  /** The function. Its `functionName` is the dimension of alarms. */
  public readonly lambdaFunction: LambdaFunction;
  /** The function's role. */
  public readonly role: IamRole;
  /** Where the function logs what it changes and why. */
  public readonly logGroup: CloudwatchLogGroup;
  /** Schedules and events whose runs failed. */
  public readonly deadLetterQueue: SqsQueue;
  /** The group that was created for a function in a VPC. */
  public readonly securityGroup?: SecurityGroup;

  /** @internal */
  public readonly _isAttached: boolean;
  /** @internal */
  public readonly _makesSecurityGroup: boolean;
  /** @internal */
  public readonly _tags: { readonly [key: string]: string };
  /** @internal */
  public readonly _vpcId: string;

  private readonly subnetIds: string[];
  private readonly followed: Following[] = [];
  private readonly codeHash: string;
  private readonly tags: { [key: string]: string };
  private readonly tagsOfEndpoints: TagMap[] = [];
  private vpc?: DataAwsVpc;

  /**
   * @param scope where the function belongs.
   * @param id its name in that scope. The addresses of its resources derive from it.
   * @param props how it runs.
   */
  public constructor(scope: Construct, id: string, props: TargetSyncProps) {
    super(scope, id);
    this.refuseOrWarn(props);
    useProvider(this, props.provider);
    this._vpcId = props.vpcId;
    this._isAttached = props.subnetIds !== undefined;
    this._makesSecurityGroup = this._isAttached && props.securityGroupIds === undefined;
    this._tags = props.tags ?? {};
    this.subnetIds = inOrder(this, props.subnetIds ?? []);
    const followed = () => sortedByName(this.followed);
    const textOf = (value: string) => resolvedText(this, value);
    const shared = () => sharedTags(this.tagsOfEndpoints, textOf);
    // Which endpoints will share the function is not known yet.
    this.tags = Token.asStringMap(new Deferred(() => tagsOf(this, { ...shared(), ...props.tags })));
    const { tags } = this;

    const created = createSyncFunction(this, { settings: props, followed, tags });
    this.logGroup = created.logGroup;
    this.deadLetterQueue = created.deadLetterQueue;
    this.securityGroup = created.securityGroup;
    this.role = created.role;
    this.lambdaFunction = created.lambdaFunction;
    this.codeHash = created.codeHash;
    runEveryMinute(this, this.lambdaFunction, tags);
  }

  /**
   * Follows one more endpoint from the next apply on.
   *
   * @returns what registers its first targets during that apply.
   * @internal
   */
  public _follow(endpoint: Construct, { following, vpcCidrs, tags, checks }: FollowRequest): LambdaInvocation {
    const known = { ...following, vpcCidrs: vpcCidrs ?? this.vpcBlocks() };
    this.followed.push(known);
    this.tagsOfEndpoints.push(tags);
    if (following.database.identifier !== undefined) {
      listenToDatabases(this, this.lambdaFunction, () => sortedByName(this.followed), this.tags);
    }
    const invocation = invocationOf(known, this.codeHash, this.subnetIds);
    return new aws.LambdaInvocation(endpoint, 'FirstTargets', {
      functionName: this.lambdaFunction.functionName,
      // On creation only: a changed input replaces it. An in-place update that fails would count as done.
      lifecycleScope: 'CREATE_ONLY',
      input: expressionToken((context) => `jsonencode(${expressionOf(invocation, context)})`),
      ...conditions(checks),
    });
  }

  /**
   * Empties a target group of an endpoint during each apply that names another one.
   *
   * @param after the listener that has to leave it before.
   * @internal
   */
  public _empty(endpoint: Construct, targetGroupArn: string, after: string): LambdaInvocation {
    const input = { source: 'terraform', ends: [endpoint.node.path], because: { targetGroupArn } };
    const invocation = new aws.LambdaInvocation(endpoint, 'EndedConnections', {
      functionName: this.lambdaFunction.functionName,
      lifecycleScope: 'CREATE_ONLY',
      input: expressionToken((context) => `jsonencode(${expressionOf(input, context)})`),
    });
    invocation.dependsOn = [after];
    return invocation;
  }

  private refuseOrWarn(props: TargetSyncProps): void {
    const mistyped = targetSyncTypeProblems(props);
    const problems = mistyped.length > 0 ? mistyped : applyRules(TARGET_SYNC_RULES, props);
    if (problems.length > 0) throw new EndpointError(this.node.path, problems);
    const unacknowledged = TARGET_SYNC_WARNINGS.filter(({ name }) => !props.acknowledge?.includes(name));
    warn(this, applyRules(unacknowledged, props).map(describeProblem));
  }

  private vpcBlocks(): string {
    this.vpc ??= lookUpVpc(this, this._vpcId);
    return blocksOf(this.vpc);
  }
}

function sharedPlace(endpoint: Construct, vpcId: string): [TerraformStack, string] {
  const vpc = resolvedText(endpoint, vpcId).replace(/[^\w-]+/g, '-');
  return [TerraformStack.of(endpoint), `TargetSync-${vpc}${providerSuffix(providerOf(endpoint))}`];
}

// The order of endpoints, or of their settings, does not matter.
function sortedByName(followed: readonly Following[]): readonly Following[] {
  return [...followed].sort((a, b) => (a.name < b.name ? -1 : 1));
}
