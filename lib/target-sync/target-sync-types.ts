import type { Problem } from '../rules/endpoint-error';
import { checkProperties, MAP, NUMBER, PROVIDER, readable, type Shape, STRING, STRINGS } from '../rules/type-check';
import type { TargetSyncProps } from './target-sync-props';

const PROPERTIES: { readonly [property in keyof Required<TargetSyncProps>]: Shape } = {
  vpcId: STRING,
  subnetIds: STRINGS,
  securityGroupIds: STRINGS,
  runSeconds: NUMBER,
  intervalSeconds: NUMBER,
  logRetentionDays: NUMBER,
  kmsKeyArn: STRING,
  permissionsBoundaryArn: STRING,
  tags: MAP,
  provider: PROVIDER,
  acknowledge: STRINGS,
};

/** What a type checker would refuse about the properties of a `TargetSync`. */
export function targetSyncTypeProblems(props: TargetSyncProps): Problem[] {
  const { vpcId } = readable(props);
  if (vpcId === undefined) {
    return [
      {
        rule: 'PropertyMissing',
        property: 'vpcId',
        reason: 'is missing',
        remedy: 'Give the TargetSync the vpcId of its endpoints.',
      },
    ];
  }
  return checkProperties(props, PROPERTIES);
}
