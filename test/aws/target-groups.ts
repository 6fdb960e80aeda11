import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';

/** The calls of Elastic Load Balancing that a failover consists of. */
export class TargetGroups {
  private readonly client: ElasticLoadBalancingV2Client;

  /** @param port of all targets, which AWS wants to hear again when they are deregistered. */
  public constructor(
    region: string,
    private readonly port: number,
  ) {
    this.client = new ElasticLoadBalancingV2Client({ region });
  }

  public async register(arn: string, address: string): Promise<void> {
    await this.client.send(
      new RegisterTargetsCommand({ TargetGroupArn: arn, Targets: [{ Id: address, Port: this.port }] }),
    );
  }

  public async deregister(arn: string, address: string): Promise<void> {
    await this.client.send(
      new DeregisterTargetsCommand({ TargetGroupArn: arn, Targets: [{ Id: address, Port: this.port }] }),
    );
  }

  /** State of a target as AWS says it, such as `unused (Target.NotInUse)`; `gone` where the group does not list it. */
  public async stateOf(arn: string, address: string): Promise<string> {
    const { TargetHealthDescriptions = [] } = await this.client.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: arn }),
    );
    const health = TargetHealthDescriptions.find(({ Target }) => Target?.Id === address)?.TargetHealth;
    if (!health) return 'gone';
    return health.Reason ? `${health.State} (${health.Reason})` : `${health.State}`;
  }

  /** Sends new connections to target groups by their weights. */
  public async weigh(listenerArn: string, weights: Readonly<Record<string, number>>): Promise<void> {
    const TargetGroups = Object.entries(weights).map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }));
    const DefaultActions = [{ Type: 'forward' as const, ForwardConfig: { TargetGroups } }];
    await this.client.send(new ModifyListenerCommand({ ListenerArn: listenerArn, DefaultActions }));
  }

  /** Sends all new connections to one target group, as Terraform writes it. */
  public async turn(listenerArn: string, arn: string): Promise<void> {
    const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn: arn }];
    await this.client.send(new ModifyListenerCommand({ ListenerArn: listenerArn, DefaultActions }));
  }
}
