import { type ScannedResource, statementsOf } from '../scanned-stack';
import type { EditableBlock, ScannerRule } from '../scanner-rule';

const POLICY = ['aws_iam_role_policy'];
const ROLE = ['aws_iam_role'];

/**
 * What IAM says of the actions in the policies of this library: its access level, and whether it can be limited to resources.
 * An action that is missing here stops the test: look it up.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const ACTIONS: { readonly [action: string]: readonly ['List' | 'Read' | 'Write' | 'Permissions', boolean] } = {
  'ec2:AssignPrivateIpAddresses': ['Write', true],
  'ec2:CreateNetworkInterface': ['Write', true],
  'ec2:DeleteNetworkInterface': ['Write', true],
  'ec2:DescribeNetworkInterfaces': ['List', false],
  'ec2:DescribeSubnets': ['List', false],
  'ec2:RevokeSecurityGroupIngress': ['Write', true],
  'ec2:UnassignPrivateIpAddresses': ['Write', true],
  'elasticloadbalancing:DeregisterTargets': ['Write', true],
  'elasticloadbalancing:DescribeTargetGroups': ['Read', false],
  'elasticloadbalancing:DescribeTargetHealth': ['Read', false],
  'elasticloadbalancing:RegisterTargets': ['Write', true],
  'iam:PutRolePolicy': ['Permissions', true],
  'kms:Decrypt': ['Write', true],
  'kms:GenerateDataKey': ['Write', true],
  'logs:CreateLogStream': ['Write', true],
  'logs:PutLogEvents': ['Write', true],
  's3:GetObject': ['Read', true],
  'secretsmanager:DescribeSecret': ['Read', true],
  'secretsmanager:GetSecretValue': ['Read', true],
  'secretsmanager:PutSecretValue': ['Write', true],
  'secretsmanager:UpdateSecretVersionStage': ['Write', true],
  'sqs:SendMessage': ['Write', true],
  'sts:AssumeRole': ['Write', true],
};

function known(action: string) {
  const facts = ACTIONS[action];
  if (facts === undefined) throw new Error(`${action} is not in the table of actions.`);
  return { level: facts[0], canBeLimited: facts[1] };
}

const statements = ({ block }: ScannedResource) => statementsOf(block.policy);

/** Actions that are allowed on everything, without a condition. */
function unconstrained(policy: ScannedResource): string[] {
  return statements(policy)
    .filter(({ effect, resources, hasCondition }) => effect === 'Allow' && resources.includes('*') && !hasCondition)
    .flatMap(({ actions }) => actions);
}

const allow = (Action: readonly string[], Resource = '*') =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Action, Resource }] });
const limited = allow(['sqs:SendMessage'], 'arn:aws:sqs:eu-central-1:123456789012:queue');

/** A rule about what is allowed on everything. */
function noneOf(
  rule: Pick<ScannerRule, 'id' | 'wants'>,
  isBad: (action: string) => boolean,
  example: string,
): ScannerRule {
  return {
    scanner: 'Checkov',
    ...rule,
    types: POLICY,
    passes: (policy) => !unconstrained(policy).some(isBad),
    pass: (block) => {
      block.policy = limited;
    },
    fail: (block) => {
      block.policy = allow([example]);
    },
  };
}

const allowEverything = (block: EditableBlock) => {
  block.policy = allow(['*']);
};
const trustOf = ({ block }: ScannedResource) =>
  JSON.stringify(statementsOf(block.assume_role_policy).map(({ principal }) => principal));

/** Actions with which a role that has them on everything gets others' rights. */
const ESCALATING =
  /^(iam:|sts:AssumeRole$|lambda:(Create|Update)Function|cloudformation:CreateStack$|ec2:RunInstances$|glue:|datapipeline:)/;
const CREDENTIALS =
  /^(sts:|iam:(Create|Update)|ecr:GetAuthorizationToken|codeartifact:GetAuthorizationToken|rds-db:connect|redshift:GetClusterCredentials|chime:CreateApiKey)/;
const EXFILTRATING = [
  's3:GetObject',
  'ssm:GetParameter',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
  'secretsmanager:GetSecretValue',
];

export const IDENTITY_RULES: readonly ScannerRule[] = [
  noneOf(
    { id: 'CKV_AWS_290', wants: 'no action that writes on everything' },
    (action) => known(action).level === 'Write' && known(action).canBeLimited,
    'ec2:CreateNetworkInterface',
  ),
  noneOf(
    { id: 'CKV_AWS_355', wants: 'no action on everything that can be limited to resources' },
    (action) => known(action).canBeLimited,
    's3:GetObject',
  ),
  noneOf(
    { id: 'CKV_AWS_286', wants: 'no way to more rights' },
    (action) => ESCALATING.test(action),
    'iam:PutRolePolicy',
  ),
  noneOf(
    { id: 'CKV_AWS_287', wants: 'no credentials of others' },
    (action) => CREDENTIALS.test(action),
    'sts:AssumeRole',
  ),
  noneOf(
    { id: 'CKV_AWS_288', wants: 'no reading of all data' },
    (action) => EXFILTRATING.includes(action),
    's3:GetObject',
  ),
  noneOf(
    { id: 'CKV_AWS_289', wants: 'no change of permissions of everything' },
    (action) => known(action).level === 'Permissions',
    'iam:PutRolePolicy',
  ),
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_62',
    wants: 'no policy of an administrator',
    types: POLICY,
    passes: (policy) => !unconstrained(policy).includes('*'),
    fail: allowEverything,
  },
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_63',
    wants: 'no statement about all actions',
    types: POLICY,
    passes: (policy) => !statements(policy).some(({ effect, actions }) => effect === 'Allow' && actions.includes('*')),
    fail: allowEverything,
  },
  {
    scanner: 'Checkov',
    id: 'CKV2_AWS_40',
    wants: 'no policy about all of IAM',
    types: POLICY,
    passes: (policy) =>
      !statements(policy).some(
        ({ effect, actions }) => effect === 'Allow' && (actions.includes('iam:*') || actions.includes('*')),
      ),
    fail: (block) => {
      block.policy = allow(['iam:*']);
    },
  },
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_60',
    wants: 'no role that everybody can take',
    types: ROLE,
    passes: (role) => !/"\*"/.test(trustOf(role)),
    fail: (block) => {
      block.assume_role_policy = JSON.stringify({
        Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
      });
    },
  },
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_61',
    wants: 'no role that a whole account can take',
    types: ROLE,
    passes: (role) => !/:root"/.test(trustOf(role)),
    fail: (block) => {
      block.assume_role_policy = JSON.stringify({
        Statement: [
          { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'sts:AssumeRole' },
        ],
      });
    },
  },
];
