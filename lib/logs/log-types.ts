import { checkStruct, checkType, isNothing, missingProperty, STRING, type TypeProblem } from '../rules/type-check';
import type { LogSettings } from './log-settings';

/** What a type checker would refuse about the logs of a load balancer. */
export function logTypeProblems({ accessLogs, flowLogs }: Omit<LogSettings, 'subnetIds'>): TypeProblem[] {
  const access = accessLogs?._accessLogDestination;
  const flow = flowLogs?._flowLogDestination;
  return [
    ...(access?.kind === 'existing' ? bucketProblems(access.bucketName, 'accessLogs.bucketName') : []),
    ...checkStruct(access?.options, access?.kind === 'new' ? 'NewLogBucketOptions' : 'LogBucketOptions', 'accessLogs'),
    ...(flow?.kind === 'bucket' ? bucketProblems(flow.bucketArn, 'flowLogs.bucketArn') : []),
    ...checkStruct(flow?.options, flow?.kind === 'bucket' ? 'FlowLogBucketOptions' : 'FlowLogGroupOptions', 'flowLogs'),
  ];
}

function bucketProblems(bucket: unknown, property: string): TypeProblem[] {
  return isNothing(bucket)
    ? [missingProperty(property, 'Name the bucket that the logs go to.')]
    : checkType(bucket, STRING, property);
}
