import { keyArnFinding } from '../rules/arn-finding';
import type { Rule } from '../rules/rule';
import { isUnresolved } from '../tokens/unresolved';
import type { UserSettings } from './user-settings';

const SECRETS_DOCS = 'https://docs.aws.amazon.com/secretsmanager/latest';

/** Validation rules for the admin's secret, the user's own, and how the login proves who it is. */
export const USER_SECRET_RULES: readonly Rule<UserSettings>[] = [
  {
    name: 'AdminSecretInvalid',
    because:
      "The role's policy names the secret by its whole ARN, with the six characters that Secrets Manager appends.",
    see: `${SECRETS_DOCS}/userguide/troubleshoot.html#ARN_secretnamehyphen`,
    check: ({ props: { admin } }) => {
      const value = admin._arn;
      if (isUnresolved(value)) return undefined;
      const isManaged = admin._kind === 'rdsManaged';
      return (isManaged ? RDS_SECRET : SECRET).test(value)
        ? undefined
        : {
            property: 'admin',
            value,
            reason:
              isManaged && SECRET.test(value) ? 'is not a secret that RDS manages' : 'is not the whole ARN of a secret',
            remedy: isManaged
              ? "Write the instance's or cluster's master_user_secret[0].secret_arn, or AdminSecret.fromArn(...) for a secret of your own."
              : 'Write an ARN like arn:aws:secretsmanager:eu-central-1:123456789012:secret:admin-Ab12Cd.',
          };
    },
  },
  {
    name: 'AdminSecretOwn',
    because: "The function would replace the admin's password with the user's.",
    check: ({ props: { admin, secret } }) => {
      const name = secret?.name;
      if (name === undefined || isUnresolved(name) || isUnresolved(admin._arn)) return undefined;
      return admin._arn.replace(/^.*:secret:/, '').replace(/-[A-Za-z0-9]{6}$/, '') === name
        ? {
            property: 'secret.name',
            value: name,
            reason: "is the name of the admin's secret",
            remedy: 'Write another name, or leave it out.',
          }
        : undefined;
    },
  },
  {
    name: 'SecretKmsKeyInvalid',
    because: "The role's policy names the key by its ARN, which the ARN of an alias does not stand for.",
    see: 'https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html',
    check: ({ props: { admin, secret } }) => [
      ...[keyArnFinding('admin.kmsKeyArn', admin._options.kmsKeyArn) ?? []].flat(),
      ...[keyArnFinding('secret.kmsKeyArn', secret?.kmsKeyArn) ?? []].flat(),
    ],
  },
  {
    name: 'SecretNameInvalid',
    because:
      'Secrets Manager accepts certain characters, and takes a name that ends like an ARN for part of one when it searches.',
    see: `${SECRETS_DOCS}/apireference/API_CreateSecret.html`,
    check: ({ props: { secret } }) => {
      const name = secret?.name;
      return name === undefined || isUnresolved(name) || (NAME.test(name) && !/-[A-Za-z0-9]{6}$/.test(name))
        ? undefined
        : {
            property: 'secret.name',
            value: name,
            reason: 'is not a name that a secret should have',
            remedy: 'Use letters, digits and /_+=.@-, 512 at most, not ending with a hyphen and six characters.',
          };
    },
  },
  {
    name: 'SecretRecoveryInvalid',
    because: 'Secrets Manager keeps a deleted secret for 7 to 30 days, or not at all.',
    see: `${SECRETS_DOCS}/apireference/API_DeleteSecret.html`,
    check: ({ props: { secret } }) => {
      const days = secret?.recoveryWindowDays;
      return days === undefined ||
        isUnresolved(days) ||
        days === 0 ||
        (Number.isInteger(days) && days >= 7 && days <= 30)
        ? undefined
        : {
            property: 'secret.recoveryWindowDays',
            value: days,
            reason: 'is neither 0 nor a whole number from 7 to 30',
            remedy: 'Write 7 to 30 days, or 0 to delete at once.',
          };
    },
  },
  {
    name: 'SecretPolicyInvalid',
    because: 'A resource policy is JSON with statements.',
    see: `${SECRETS_DOCS}/userguide/auth-and-access_resource-policies.html`,
    check: ({ props: { secret } }) => {
      const policy = secret?.resourcePolicy;
      return policy === undefined || isUnresolved(policy) || isPolicy(policy)
        ? undefined
        : {
            property: 'secret.resourcePolicy',
            value: policy,
            reason: 'is not a policy in JSON',
            remedy: 'Write JSON.stringify({ Version, Statement }), or the json of an aws_iam_policy_document.',
          };
    },
  },
  {
    name: 'IamAuthUnsupported',
    because: 'Only RDS and Aurora take tokens of IAM.',
    see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html',
    check: ({ auth, server: { authority, host } }) =>
      auth === 'password' || authority === 'rds' || (authority === undefined && isUnresolved(host))
        ? undefined
        : {
            property: 'auth',
            value: 'iam',
            reason: 'needs a database of RDS or Aurora, and the server is not known to be one',
            remedy: 'Write UserAuth.password(), or the name of the instance or cluster in server.host.',
          },
  },
  {
    name: 'IamAuthHasNoPassword',
    because: 'IAM signs tokens: there is nothing to rotate, and no secret to keep.',
    check: ({ auth, props: { rotateEveryDays, secret } }) =>
      auth === 'password'
        ? undefined
        : Object.entries({ rotateEveryDays, secret }).flatMap(([property, value]) =>
            value === undefined
              ? []
              : { property, value, reason: 'is about a password, and there is none', remedy: 'Leave it out.' },
          ),
  },
];

const SECRET = /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:[\w/+=.@!-]+-[A-Za-z0-9]{6}$/;
const RDS_SECRET = /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:rds![\w-]+-[A-Za-z0-9]{6}$/;
const NAME = /^[\w/+=.@-]{1,512}$/;

function isPolicy(text: string): boolean {
  try {
    const policy = JSON.parse(text);
    return typeof policy === 'object' && policy !== null && 'Statement' in policy;
  } catch {
    return false;
  }
}
