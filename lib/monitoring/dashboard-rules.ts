import type { Rule } from '../rules/rule';
import { isUnresolved } from '../tokens/unresolved';

/** Characters of a name; further dashboards have five more. */
export const DASHBOARD_NAME_LENGTH = 250;

/** What is judged of a dashboard. */
export interface DashboardInput {
  readonly dashboardName?: string;
}

/** Validation rules for dashboards. */
export const DASHBOARD_RULES: readonly Rule<DashboardInput>[] = [
  {
    name: 'DashboardNameInvalid',
    because: 'CloudWatch accepts letters, digits, - and _ in the names of dashboards, which end at 255 characters.',
    see: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html',
    check: ({ dashboardName: name }) =>
      name === undefined || isUnresolved(name) || /^[\w-]{1,250}$/.test(name)
        ? undefined
        : {
            property: 'dashboardName',
            value: name,
            reason: 'cannot name a dashboard',
            remedy: `Use 1 to ${DASHBOARD_NAME_LENGTH} letters, digits, "-" and "_".`,
          },
  },
];
