import { FUNCTION_RULES } from '../function/function-rules';
import type { FunctionSettings } from '../function/function-settings';
import { acknowledgeRule } from '../rules/acknowledge-rule';
import type { Problem } from '../rules/endpoint-error';
import { applyRules, type Rule } from '../rules/rule';
import { tagRule } from '../rules/tag-rule';
import { isUnresolved } from '../tokens/unresolved';
import { GRANT_RULES, GRANT_WARNINGS } from './grant-rules';
import { USER_SECRET_RULES } from './secret-rules';
import { USER_LOGIN_RULES } from './user-rules';
import type { UserSettings } from './user-settings';

const ACKNOWLEDGED = acknowledgeRule(() => DATABASE_USER_WARNINGS.map(({ name }) => name));
const ACKNOWLEDGE: Rule<UserSettings> = { ...ACKNOWLEDGED, check: ({ props }) => ACKNOWLEDGED.check(props) };

/** Validation rules for database users. */
export const DATABASE_USER_RULES: readonly Rule<UserSettings>[] = [
  ...USER_LOGIN_RULES,
  ...GRANT_RULES,
  ...USER_SECRET_RULES,
  ...FUNCTION_RULES.map(ofFunction),
  tagRule(({ props: { tags } }) => tags),
  ACKNOWLEDGE,
];

/** Warnings about database users. */
export const DATABASE_USER_WARNINGS: readonly Rule<UserSettings>[] = [
  ...GRANT_WARNINGS,
  {
    name: 'UserNeedsWayOut',
    because: 'A function in a VPC can reach Secrets Manager only through a NAT gateway or an interface endpoint.',
    see: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/vpc-endpoint-overview.html',
    check: () => ({
      property: 'network.subnetIds',
      reason: 'are subnets from where the function cannot reach Secrets Manager by default',
      remedy:
        'Give these private subnets a route to a NAT gateway, or give the VPC an interface endpoint for secretsmanager.',
    }),
  },
  {
    name: 'UserNeverRotates',
    because: 'A password that leaked works until it is changed.',
    see: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html',
    check: ({ auth, props: { rotateEveryDays, validUntil } }) =>
      auth === 'iam' || rotateEveryDays !== undefined || validUntil !== undefined
        ? undefined
        : {
            property: 'rotateEveryDays',
            reason: 'is missing, so the password is never changed',
            remedy: 'Write a number of days if the integration can read the secret again.',
          },
  },
  {
    name: 'UserServerCertificatesUnknown',
    because: "The function verifies the server's certificate, and does not connect where it cannot.",
    check: ({ server: { authority, certificateAuthorities, host } }) =>
      authority !== undefined || certificateAuthorities !== undefined || isUnresolved(host)
        ? undefined
        : {
            property: 'server.certificateAuthorities',
            reason: 'is missing, so only certificates of public CAs are accepted',
            remedy: "Write the CA certificate that signed the server's, unless a public CA did.",
          },
  },
];

/** Everything that is wrong with a user whose properties have the right types. */
export function userProblems(settings: UserSettings): Problem[] {
  return applyRules(DATABASE_USER_RULES, settings);
}

/** Every warning about a valid user that has not been acknowledged. */
export function userWarnings(settings: UserSettings): Problem[] {
  const { acknowledge = [] } = settings.props;
  return applyRules(
    DATABASE_USER_WARNINGS.filter(({ name }) => !acknowledge.includes(name)),
    settings,
  );
}

/** A rule about any function, whose network is a struct of its own here. */
function ofFunction(rule: Rule<FunctionSettings>): Rule<UserSettings> {
  return {
    ...rule,
    check: ({ props: { network, logRetentionDays, kmsKeyArn, permissionsBoundaryArn }, vpcId }) =>
      [rule.check({ ...network, vpcId, logRetentionDays, kmsKeyArn, permissionsBoundaryArn }) ?? []]
        .flat()
        .map((finding) => ({ ...finding, property: placeOf(finding.property) })),
  };
}

function placeOf(property: string): string {
  return /^(vpcId|subnetIds|securityGroupIds)\b/.test(property) ? `network.${property}` : property;
}
