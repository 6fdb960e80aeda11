import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { FlowLogConfig } from '@cdktf/provider-aws/lib/flow-log';
import type { Lb } from '@cdktf/provider-aws/lib/lb';
import { type IResolveContext, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { shownPath } from '../terraform/shown-path';
import { TerraformData } from '../terraform/terraform-data';
import { Deferred } from '../tokens/deferred';
import { attributeOf, dataAttributeOf, expressionOf, expressionToken } from '../tokens/expression';
import { expressionText } from '../tokens/resolved-text';
import { partsOfArn } from './arn-parts';
import type { FlowLogDestination, FlowLogGroupOptions } from './flow-logs';
import { FLOW_LOG_FIELDS, SAVED_QUERIES } from './saved-queries';

/** What flow logs are made from. */
export interface FlowLogParts {
  readonly loadBalancer: Lb;
  readonly subnetIds: readonly string[];
  readonly destination: FlowLogDestination;
  /** Of all endpoints of the load balancer; asked for when the stack is written. */
  readonly ports: () => readonly number[];
  readonly tags: { [key: string]: string };
}

/** Seconds after which AWS writes what it has of a flow. The other period that it supports is ten minutes. */
const INTERVAL_SECONDS = 60;

/** Logs what goes through the network interfaces of a load balancer, one in each subnet. */
export function createFlowLogs(scope: Construct, parts: FlowLogParts): CloudwatchLogGroup | undefined {
  const { destination, tags } = parts;
  const settings = {
    trafficType: 'ALL',
    maxAggregationInterval: INTERVAL_SECONDS,
    logFormat: FLOW_LOG_FIELDS.map((field) => `\${${field}}`).join(' '),
    tags,
  };
  if (destination.kind === 'bucket') {
    const { bucketArn, options: { prefix } = {} } = destination;
    const logDestination = prefix === undefined ? bucketArn : `${bucketArn}/${prefix}/`;
    logEach(scope, parts, { ...settings, logDestinationType: 's3', logDestination });
    return undefined;
  }
  const { options = {} } = destination;
  const logGroup = createGroup(scope, options, tags);
  const logDestination = attributeOf(logGroup, 'arn');
  const iamRoleArn = writingRole(scope, logDestination, options, tags);
  logEach(scope, parts, { ...settings, logDestinationType: 'cloud-watch-logs', logDestination, iamRoleArn });
  if (options.savedQueries ?? true) saveQueries(scope, logGroup, parts.ports);
  return logGroup;
}

/**
 * A flow log for the interface in each subnet. Resources of their own and no `for_each`: Terraform would read the interfaces
 * of all subnets anew as soon as there is one more, and so replace the flow logs of all.
 */
function logEach(scope: Construct, { loadBalancer, subnetIds }: FlowLogParts, settings: FlowLogConfig): void {
  const keyed = subnetIds.map((id) => [expressionText(scope, id).replace(/[^\w-]+/g, '-'), id]);
  for (const [key, id] of keyed.sort(([a], [b]) => (a < b ? -1 : 1))) {
    new aws.FlowLog(scope, `FlowLog-${key}`, { ...settings, eniId: interfaceIn(scope, loadBalancer, key, id) });
  }
}

/**
 * The network interface in a subnet, by its description: nothing else says whose it is. What it is looked up by stands in
 * a resource of its own, which is known after apply where a subnet is new: a data source that was read before would fail,
 * since the interface is not there yet.
 */
function interfaceIn(scope: Construct, loadBalancer: Lb, key: string, subnetId: string): string {
  const input = { subnet: subnetId, loadBalancer: attributeOf(loadBalancer, 'arn_suffix') };
  const subnet = new TerraformData(scope, `FlowLogSubnet-${key}`, { input });
  const found = new aws.DataAwsNetworkInterface(scope, `FlowLogInterface-${key}`, {
    filter: [
      { name: 'subnet-id', values: [attributeOf(subnet, 'output.subnet')] },
      { name: 'description', values: [`ELB ${attributeOf(subnet, 'output.loadBalancer')}`] },
    ],
  });
  return dataAttributeOf(found, 'id');
}

function createGroup(scope: Construct, options: FlowLogGroupOptions, tags: { [key: string]: string }) {
  const { retentionDays = 365, kmsKeyArn } = options;
  return new aws.CloudwatchLogGroup(scope, 'FlowLogGroup', {
    namePrefix: 'database-endpoint-flows-',
    retentionInDays: retentionDays,
    kmsKeyId: kmsKeyArn,
    tags,
  });
}

/** The role with which VPC writes the records of this account, and to this group only. */
function writingRole(
  scope: Construct,
  groupArn: string,
  { permissionsBoundaryArn: permissionsBoundary }: FlowLogGroupOptions,
  tags: { [key: string]: string },
): string {
  const role = new aws.IamRole(scope, 'FlowLogRole', {
    namePrefix: 'database-endpoint-flows-',
    description: 'Writes the flow logs of a load balancer for database endpoints',
    assumeRolePolicy: expressionToken((context) => {
      const { partition, region, account } = partsOfArn(groupArn);
      const trust = {
        Effect: 'Allow',
        Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:ec2:${region}:${account}:vpc-flow-log/*` },
        },
      };
      return policyOf([trust], context);
    }),
    permissionsBoundary,
    tags,
  });
  new aws.IamRolePolicy(scope, 'FlowLogPolicy', {
    namePrefix: 'write-flow-logs-',
    role: attributeOf(role, 'name'),
    policy: expressionToken((context) => policyOf(writingStatements(groupArn), context)),
  });
  return attributeOf(role, 'arn');
}

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html */
function writingStatements(groupArn: string) {
  const { partition, region, account } = partsOfArn(groupArn);
  return [
    {
      Sid: 'WriteRecords',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      Resource: [groupArn, `${groupArn}:*`],
    },
    {
      // Which groups there are can only be asked for all of them.
      Sid: 'FindLogGroup',
      Effect: 'Allow',
      Action: ['logs:DescribeLogGroups'],
      Resource: `arn:${partition}:logs:${region}:${account}:log-group:*`,
    },
  ];
}

function policyOf(statements: readonly object[], context: IResolveContext): string {
  return `jsonencode(${expressionOf({ Version: '2012-10-17', Statement: statements }, context)})`;
}

function saveQueries(scope: Construct, logGroup: CloudwatchLogGroup, ports: () => readonly number[]): void {
  for (const { id, title, text } of SAVED_QUERIES) {
    new aws.CloudwatchQueryDefinition(scope, `FlowLogQuery${id}`, {
      name: `database-endpoint/${shownPath(scope).slice(-200)}/${title}`,
      logGroupNames: [attributeOf(logGroup, 'name')],
      queryString: Token.asString(new Deferred((context) => context.resolve(text(ports().join(', '))))),
    });
  }
}
