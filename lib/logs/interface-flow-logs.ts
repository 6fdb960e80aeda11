import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { Lb } from '@cdktf/provider-aws/lib/lb';
import { type IResolveContext, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { shownPath } from '../terraform/shown-path';
import { TerraformData } from '../terraform/terraform-data';
import { Deferred, ForEach } from '../tokens/deferred';
import { addressIn, attributeOf, expressionOf, expressionToken, withoutBraces } from '../tokens/expression';
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
  const interfaceId = interfaceOf(scope, parts);
  const settings = {
    eniId: expressionToken(() => interfaceId('each.key')),
    forEach: bySubnet(parts.subnetIds),
    trafficType: 'ALL',
    maxAggregationInterval: INTERVAL_SECONDS,
    logFormat: FLOW_LOG_FIELDS.map((field) => `\${${field}}`).join(' '),
    tags,
  };
  if (destination.kind === 'bucket') {
    const { bucketArn, options: { prefix } = {} } = destination;
    const logDestination = prefix === undefined ? bucketArn : `${bucketArn}/${prefix}/`;
    new aws.FlowLog(scope, 'FlowLogs', { ...settings, logDestinationType: 's3', logDestination });
    return undefined;
  }
  const { options = {} } = destination;
  const logGroup = createGroup(scope, options, tags);
  const logDestination = attributeOf(logGroup, 'arn');
  new aws.FlowLog(scope, 'FlowLogs', {
    ...settings,
    ...{ logDestinationType: 'cloud-watch-logs', logDestination },
    iamRoleArn: writingRole(scope, logDestination, options, tags),
  });
  if (options.savedQueries ?? true) saveQueries(scope, logGroup, parts.ports);
  return logGroup;
}

/**
 * The network interface in each subnet, by its description: nothing else says whose it is. What a description is looked up
 * by stands in a resource of its own, which is known after apply where a subnet is new: a data source that was read before
 * would fail, since the interface is not there yet.
 */
function interfaceOf(scope: Construct, { loadBalancer, subnetIds }: FlowLogParts): (key: string) => string {
  const keys = new TerraformData(scope, 'FlowLogSubnets', {
    forEach: bySubnet(subnetIds),
    input: { subnet: expressionToken('each.value'), loadBalancer: attributeOf(loadBalancer, 'arn_suffix') },
  });
  const of = (property: string) => expressionToken(() => `${addressIn(keys)}[each.key].output.${property}`);
  const interfaces = new aws.DataAwsNetworkInterface(scope, 'FlowLogInterfaces', {
    forEach: bySubnet(subnetIds),
    filter: [
      { name: 'subnet-id', values: [of('subnet')] },
      {
        name: 'description',
        values: [expressionToken(() => `"ELB \${${addressIn(keys)}[each.key].output.loadBalancer}"`)],
      },
    ],
  });
  return (key) => `data.${addressIn(interfaces)}[${key}].id`;
}

/** A subnet that is known after apply is known by its expression. */
function bySubnet(subnetIds: readonly string[]): ForEach {
  return ForEach.deferred((context) => {
    const keyed = subnetIds.map((id) => [withoutBraces(String(context.resolve(id))), id]);
    return Object.fromEntries(keyed.sort(([a], [b]) => (a < b ? -1 : 1)));
  });
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
