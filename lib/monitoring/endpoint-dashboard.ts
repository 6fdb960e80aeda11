import type { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import type { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region';
import { type TerraformProvider, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { EndpointError } from '../rules/endpoint-error';
import { applyRules } from '../rules/rule';
import { checkStruct } from '../rules/type-check';
import { aws } from '../terraform/aws';
import { providerOf, providerSuffix, useProvider } from '../terraform/provider';
import { attributeOf, expressionOf, expressionToken } from '../tokens/expression';
import { type DashboardContent, dashboardBody, ROWS } from './dashboard-body';
import type { DashboardRow } from './dashboard-row';
import { DASHBOARD_NAME_LENGTH, DASHBOARD_RULES } from './dashboard-rules';

/** Properties of an `EndpointDashboard`. */
export interface EndpointDashboardProps {
  /**
   * Its name, of up to 250 letters, digits, `-` and `_`. Dashboards of an account have one name each, in all Regions: one
   * of the same name would be overwritten. May be a token.
   *
   * @default the id of the stack, `database-endpoints`, the Region, and the alias of the provider, if there is one
   */
  readonly dashboardName?: string;

  /**
   * Provider of the dashboard, whose Region the metrics are in.
   *
   * @default the default provider of the stack
   */
  readonly provider?: TerraformProvider;
}

/** What is shown of what is monitored. */
interface Shown {
  readonly row: DashboardRow;
  readonly alarms: () => readonly CloudwatchMetricAlarm[];
}

/**
 * A dashboard of CloudWatch with a row for each endpoint that is monitored, and for each load balancer that they share.
 *
 * Each stack has one by itself, as soon as something in it is monitored. Make one to give it a name, or to have several. After
 * forty rows there is another one, with `-2` at the end of its name.
 */
export class EndpointDashboard extends Construct {
  /**
   * The dashboard that everything of a stack and a provider shares, unless it names one.
   *
   * @internal
   */
  public static _shared(monitored: Construct): EndpointDashboard {
    const stack = TerraformStack.of(monitored);
    const provider = providerOf(monitored);
    const id = `EndpointDashboard${providerSuffix(provider)}`;
    const known = stack.node.tryFindChild(id) as EndpointDashboard | undefined;
    // The name of the class here would make a bundler rename it.
    return known ?? new this(stack, id, { provider });
  }

  /** Its dashboards in CloudWatch so far; none as long as nothing is shown. */
  public readonly dashboards: CloudwatchDashboard[] = [];

  /** @internal */
  public readonly _shown: Shown[] = [];

  private readonly dashboardName?: string;
  private region?: DataAwsRegion;

  /**
   * @param scope where the dashboard belongs.
   * @param id its name in that scope. The addresses of its resources derive from it.
   * @param props how it is called.
   */
  public constructor(scope: Construct, id: string, props: EndpointDashboardProps = {}) {
    super(scope, id);
    const mistyped = checkStruct(props, 'EndpointDashboardProps', '').map((problem) => ({
      ...problem,
      property: problem.property.replace(/^\./, ''),
    }));
    const problems = mistyped.length > 0 ? mistyped : applyRules(DASHBOARD_RULES, props);
    if (problems.length > 0) throw new EndpointError(this.node.path, problems);
    useProvider(this, props.provider);
    this.dashboardName = props.dashboardName;
  }

  /**
   * Shows one thing more.
   *
   * @internal
   */
  public _show(shown: Shown): void {
    this.region ??= new aws.DataAwsRegion(this, 'Region', {});
    this._shown.push(shown);
    const pages = Math.ceil(this._shown.length / ROWS);
    if (pages > this.dashboards.length) this.dashboards.push(this.page(pages));
  }

  private page(number: number): CloudwatchDashboard {
    const suffix = number === 1 ? '' : `-${number}`;
    return new aws.CloudwatchDashboard(this, `Dashboard${suffix}`, {
      dashboardName: `${this.dashboardName ?? this.defaultName()}${suffix}`,
      dashboardBody: expressionToken(
        (context) => `jsonencode(${expressionOf(dashboardBody(this.content(number)), context)})`,
      ),
    });
  }

  private defaultName(): string {
    const provider = providerSuffix(providerOf(this));
    const stack = TerraformStack.of(this).node.id.replace(/[^\w-]/g, '-');
    const start = `${stack}-database-endpoints`.slice(-(DASHBOARD_NAME_LENGTH - 50 - provider.length));
    return `${start}-${this.regionText()}${provider}`;
  }

  private regionText(): string {
    return this.region === undefined ? '' : this.region.id;
  }

  /** The order in which it was told of its rows does not matter. */
  private content(page: number): DashboardContent {
    const inOrder = [...this._shown].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const shown = inOrder.slice((page - 1) * ROWS, page * ROWS);
    const stack = TerraformStack.of(this);
    const alarms = new Set(shown.flatMap(({ alarms: of }) => of()));
    // An alarm of a user may be in the stack of the user.
    const own = [...alarms].filter((alarm) => TerraformStack.of(alarm) === stack);
    const arns = own.sort((a, b) => (a.node.path < b.node.path ? -1 : 1)).map((alarm) => attributeOf(alarm, 'arn'));
    return { region: this.regionText(), rows: shown.map(({ row }) => row), alarms: arns };
  }
}

/** A load balancer comes before its endpoints. */
function keyOf({ row }: Shown): string {
  if (row.kind === 'load-balancer') return `${row.path}\0`;
  return row.sharedLoadBalancer === undefined ? row.path : `${row.sharedLoadBalancer}\0${row.path}`;
}
