import { type Block, resources, type TerraformJson } from '../support/synthesis';

/** A schedule as Terraform would make it. */
export interface MadeSchedule {
  readonly key: string;
  /** The instant in UTC. */
  readonly at: string;
  /** Address of the rule that it revokes. */
  readonly rule: string;
  readonly group: string;
}

/** The schedules of what is known at synthesis. */
export function madeSchedules(tf: TerraformJson): MadeSchedule[] {
  return resources(tf, 'aws_scheduler_schedule').flatMap(({ for_each }) =>
    Object.entries(for_each as { [key: string]: Block }).map(([key, { at, group, rule }]) => {
      const [, address = ''] = /^\$\{(.*)\.security_group_rule_id\}$/.exec(String(rule)) ?? [];
      return { key, at: String(at), rule: address, group: String(group) };
    }),
  );
}
