import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { Lb } from '@cdktf/provider-aws/lib/lb';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import type { Construct } from 'constructs';
import { createFlowLogs } from './interface-flow-logs';
import { type AccessLogBlock, createAccessLogs } from './log-bucket';
import type { LogSettings } from './log-settings';

/** What a load balancer logs: some of it must be there before the load balancer, and some after it. */
export class LoadBalancerLogs {
  /** For the load balancer. */
  public readonly accessLogs?: AccessLogBlock;
  public readonly bucket?: S3Bucket;
  public flowLogGroup?: CloudwatchLogGroup;

  public constructor(
    private readonly scope: Construct,
    private readonly settings: LogSettings,
    private readonly tags: { [key: string]: string },
  ) {
    const { accessLogs } = settings;
    if (accessLogs === undefined) return;
    const { block, bucket } = createAccessLogs(scope, accessLogs._accessLogDestination, tags);
    this.accessLogs = block;
    this.bucket = bucket;
  }

  /**
   * Logs what goes through the load balancer.
   *
   * @param ports of all its endpoints; asked for when the stack is written.
   */
  public logFlows(loadBalancer: Lb, ports: () => readonly number[]): void {
    const { subnetIds, flowLogs } = this.settings;
    if (flowLogs === undefined) return;
    const { _flowLogDestination: destination } = flowLogs;
    this.flowLogGroup = createFlowLogs(this.scope, { loadBalancer, subnetIds, destination, ports, tags: this.tags });
  }
}
