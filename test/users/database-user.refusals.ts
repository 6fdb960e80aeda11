import { AdminSecret, type DatabaseEndpointProps, DatabaseEngine, DatabaseTarget, Grant, UserAuth } from '../../lib';
import { FUNCTION_REFUSALS } from '../function/function.refusals';
import { validProps } from '../support/endpoint';
import type { ExpectedProblem } from '../support/mistake';
import { GRANT_REFUSALS } from './grant.refusals';
import { onRds } from './synthesized-user';

/** One row of the tables of what a `DatabaseUser` is refused with, or warned of. */
export interface UserMistake {
  readonly rule: string;
  readonly where: string;
  readonly props: object;
  readonly problem: ExpectedProblem;
  readonly endpoint?: DatabaseEndpointProps;
}

export function refused(
  rule: string,
  where: string,
  props: object,
  problem: ExpectedProblem,
  endpoint?: DatabaseEndpointProps,
): UserMistake {
  return { rule, where, props, problem, endpoint };
}

export const onMysql = () => onRds({ engine: DatabaseEngine.MYSQL });
export const onMariadb = () => onRds({ engine: DatabaseEngine.MARIADB });
const ofOwn = () =>
  validProps({ target: DatabaseTarget.ipAddresses(['10.0.1.5'], { certificateName: 'db.internal' }) });
const ADMIN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:';
const KEY = 'arn:aws:kms:eu-central-1:123456789012:alias/secrets';

const OF_THE_LOGIN: readonly UserMistake[] = [
  refused(
    'UserEngineNotSupported',
    'the database is Redshift',
    {},
    { property: 'endpoint', value: 'redshift', reason: /Amazon Redshift/, remedy: /endpoint\.userStatements/ },
    validProps({
      engine: DatabaseEngine.REDSHIFT,
      target: DatabaseTarget.ipAddresses(['10.0.1.5'], { certificateName: 'db.internal' }),
    }),
  ),
  refused(
    'UserNameInvalid',
    'a quote is in the name',
    { userName: 'looker"; drop' },
    { property: 'userName', value: 'looker"; drop', reason: /not a valid name/, remedy: /56 characters/ },
  ),
  ...(
    [
      [57, undefined],
      [26, onMysql()],
      [74, onMariadb()],
    ] as const
  ).map(([length, endpoint]) =>
    refused(
      'UserNameInvalid',
      `the role of a name of ${length} characters would be too long`,
      { userName: 'u'.repeat(length) },
      {
        property: 'userName',
        value: 'u'.repeat(length),
        reason: /not a valid name/,
        remedy: new RegExp(`${length - 1} characters`),
      },
      endpoint,
    ),
  ),
  ...['postgres', 'pg_monitor', 'rdsadmin', 'root'].map((userName) =>
    refused(
      'UserNameReserved',
      `it is ${userName}`,
      { userName },
      { property: 'userName', value: userName, reason: /servers reserve/, remedy: /after the integration/ },
    ),
  ),
  ...[0, 10_001, 1.5].map((connectionLimit) =>
    refused(
      'UserConnectionLimitInvalid',
      `${connectionLimit} connections are allowed`,
      { connectionLimit },
      { property: 'connectionLimit', value: connectionLimit, reason: /number of connections/, remedy: /1 to 10000/ },
    ),
  ),
  ...[0, 1001].map((rotateEveryDays) =>
    refused(
      'NumberOutOfRange',
      `it rotates every ${rotateEveryDays} days`,
      { rotateEveryDays },
      { property: 'rotateEveryDays', value: rotateEveryDays, reason: /from 1 to 1000/, remedy: /days/ },
    ),
  ),
  ...[0, 1.5, 169].map((measureDriftEveryHours) =>
    refused(
      'DriftHoursOutOfRange',
      `drift is measured every ${measureDriftEveryHours} hours`,
      { measureDriftEveryHours },
      { property: 'measureDriftEveryHours', value: measureDriftEveryHours, reason: /from 1 to 168/, remedy: /hours/ },
    ),
  ),
  ...[0, 2_147_484].map((statementTimeoutSeconds) =>
    refused(
      'NumberOutOfRange',
      `statements may take ${statementTimeoutSeconds} seconds`,
      { statementTimeoutSeconds },
      {
        property: 'statementTimeoutSeconds',
        value: statementTimeoutSeconds,
        reason: /from 1 to 2147483/,
        remedy: /seconds/,
      },
    ),
  ),
  refused(
    'NumberOutOfRange',
    'the server listens on no port',
    { server: { port: 65_536 } },
    { property: 'server.port', value: 65_536, reason: /from 1 to 65535/, remedy: /1 to 65535/ },
  ),
  refused(
    'StatementTimeoutUnsupported',
    'the database is MySQL',
    { statementTimeoutSeconds: 30 },
    { property: 'statementTimeoutSeconds', value: 30, reason: /not supported for MySQL/, remedy: /max_execution_time/ },
    onMysql(),
  ),
  ...[onMysql(), onMariadb()].map((endpoint) =>
    refused(
      'ValidUntilUnsupported',
      `the database is ${endpoint.engine.displayName}`,
      { validUntil: '2027-01-31T00:00:00Z' },
      { property: 'validUntil', value: '2027-01-31T00:00:00Z', reason: /PostgreSQL only/, remedy: /remove the user/ },
      endpoint,
    ),
  ),
  refused(
    'ValidUntilUnsupported',
    'there is no password',
    { validUntil: '2027-01-31T00:00:00Z', auth: UserAuth.iam() },
    { property: 'validUntil', value: '2027-01-31T00:00:00Z', reason: /ends a password/, remedy: /remove the user/ },
  ),
  ...['2027-01-31', '2027-01-31T00:00:00', '2027-01-31T00:00:00+01:00', '2027-13-31T00:00:00Z'].map((validUntil) =>
    refused(
      'ValidUntilInvalid',
      `it ends at ${validUntil}`,
      { validUntil },
      { property: 'validUntil', value: validUntil, reason: /not a time in UTC/, remedy: /2027-01-31T00:00:00Z/ },
    ),
  ),
  refused(
    'ReassignUnsupported',
    'objects have no owner',
    { reassignOwnedObjects: true },
    { property: 'reassignOwnedObjects', value: true, reason: /PostgreSQL only/, remedy: /definer/ },
    onMariadb(),
  ),
];

const OF_THE_SERVER: readonly UserMistake[] = [
  refused(
    'UserServerUnknown',
    'the target is given by its address',
    {},
    { property: 'server.host', reason: /the target does not tell it/, remedy: /certificateName/ },
    validProps(),
  ),
  refused(
    'UserServerUnknown',
    'the endpoint leads to readers',
    {},
    { property: 'server.host', reason: /cannot be made on readers/, remedy: /name of the writer/ },
    onRds({
      target: DatabaseTarget.rdsCluster({
        identifier: 'orders',
        endpoint: 'orders.cluster-ro-abc123.eu-central-1.rds.amazonaws.com',
        role: 'reader' as never,
        securityGroupId: 'sg-0db',
      }),
    }),
  ),
  refused(
    'UserServerUnknown',
    'the endpoint leads to an RDS Proxy',
    { server: { securityGroupId: 'sg-0db' } },
    { property: 'server.host', reason: /not made through an RDS Proxy/, remedy: /name of the writer/ },
    onProxy(),
  ),
  refused(
    'UserServerGroupMissing',
    'only the group of the proxy is known',
    { server: { host: 'orders.abc123.eu-central-1.rds.amazonaws.com' } },
    { property: 'server.securityGroupId', reason: /missing/, remedy: /database behind the proxy/ },
    onProxy(),
  ),
  ...['postgres://db.internal', 'db.internal:5432', 'db.internal.'].map((host) =>
    refused(
      'UserServerInvalid',
      `the host is ${host}`,
      { server: { host } },
      { property: 'server.host', value: host, reason: /not the DNS name/, remedy: /belongs in port/ },
      ofOwn(),
    ),
  ),
  refused(
    'UserServerInvalid',
    'MySQL is at an address, which its driver does not verify',
    { server: { host: '10.0.1.5' } },
    { property: 'server.host', value: '10.0.1.5', reason: /not the DNS name/, remedy: /Write only the name/ },
    onMysql(),
  ),
  refused(
    'UserServerCertificatesInvalid',
    'a file name is given',
    { server: { certificateAuthorities: 'ca.pem' } },
    { property: 'server.certificateAuthorities', reason: /no certificate in PEM/, remedy: /BEGIN CERTIFICATE/ },
  ),
  refused(
    'UserServerCertificatesInvalid',
    'a key is among them, which is not repeated',
    { server: { certificateAuthorities: '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----' } },
    { property: 'server.certificateAuthorities', reason: /contains a private key/, remedy: /certificates of the CA/ },
  ),
];

const OF_SECRETS: readonly UserMistake[] = [
  ...[
    'admin',
    `${ADMIN}admin`,
    `${ADMIN}admin-Ab12C`,
    'arn:aws:ssm:eu-central-1:123456789012:parameter/admin-Ab12Cd',
  ].map((arn) =>
    refused(
      'AdminSecretInvalid',
      `the admin's secret is ${arn}`,
      { admin: AdminSecret.fromArn(arn) },
      { property: 'admin', value: arn, reason: /not the whole ARN/, remedy: /admin-Ab12Cd/ },
    ),
  ),
  refused(
    'AdminSecretInvalid',
    'RDS does not manage it',
    { admin: AdminSecret.rdsManaged(`${ADMIN}admin-Ab12Cd`) },
    { property: 'admin', value: `${ADMIN}admin-Ab12Cd`, reason: /RDS manages/, remedy: /master_user_secret/ },
  ),
  refused(
    'AdminSecretOwn',
    "the user's secret has the name of the admin's",
    { secret: { name: 'admin' } },
    { property: 'secret.name', value: 'admin', reason: /admin's secret/, remedy: /another name/ },
  ),
  refused(
    'SecretKmsKeyInvalid',
    "an alias encrypts the admin's secret",
    { admin: AdminSecret.fromArn(`${ADMIN}admin-Ab12Cd`, { kmsKeyArn: KEY }) },
    { property: 'admin.kmsKeyArn', value: KEY, reason: /kind of ARN/, remedy: /key\// },
  ),
  refused(
    'SecretKmsKeyInvalid',
    "an alias encrypts the user's secret",
    { secret: { kmsKeyArn: KEY } },
    { property: 'secret.kmsKeyArn', value: KEY, reason: /kind of ARN/, remedy: /key\// },
  ),
  ...['looker secret', 'looker-Ab12Cd', ''].map((name) =>
    refused(
      'SecretNameInvalid',
      `the secret is called '${name}'`,
      { secret: { name } },
      { property: 'secret.name', value: name, reason: /name that a secret should have/, remedy: /hyphen/ },
    ),
  ),
  ...[1, 6, 31, 7.5].map((recoveryWindowDays) =>
    refused(
      'SecretRecoveryInvalid',
      `it is kept for ${recoveryWindowDays} days`,
      { secret: { recoveryWindowDays } },
      { property: 'secret.recoveryWindowDays', value: recoveryWindowDays, reason: /neither 0/, remedy: /7 to 30/ },
    ),
  ),
  ...['{', '"Allow"', '{"Version":"2012-10-17"}'].map((resourcePolicy) =>
    refused(
      'SecretPolicyInvalid',
      `the policy is ${resourcePolicy}`,
      { secret: { resourcePolicy } },
      { property: 'secret.resourcePolicy', value: resourcePolicy, reason: /not a policy/, remedy: /Statement/ },
    ),
  ),
  refused(
    'IamAuthUnsupported',
    'the server is not one of RDS',
    { auth: UserAuth.iam() },
    { property: 'auth', value: 'iam', reason: /not known to be one/, remedy: /UserAuth\.password/ },
    ofOwn(),
  ),
  ...Object.entries({ rotateEveryDays: 30, secret: { name: 'looker' } }).map(([property, value]) =>
    refused(
      'IamAuthHasNoPassword',
      `${property} is set`,
      { auth: UserAuth.iam(), [property]: value },
      { property, value, reason: /there is none/, remedy: /Leave it out/ },
    ),
  ),
];

/** What the settings of any function are refused with, where they are here. */
const OF_FUNCTIONS: readonly UserMistake[] = FUNCTION_REFUSALS.filter(
  ({ where }) => where !== 'it has security groups alone',
).map(({ rule, where, props, problem }) => {
  const { vpcId, subnetIds = ['subnet-0e'], securityGroupIds, ...others } = props;
  const isNetwork = /^(vpcId|subnetIds|securityGroupIds)/.test(problem.property);
  return refused(
    rule,
    where,
    { network: { vpcId, subnetIds, securityGroupIds }, ...others },
    { ...problem, property: isNetwork ? `network.${problem.property}` : problem.property },
  );
});

/** What a `DatabaseUser` is refused with. */
export const USER_REFUSALS: readonly UserMistake[] = [
  ...OF_THE_LOGIN,
  ...OF_THE_SERVER,
  ...OF_SECRETS,
  ...OF_FUNCTIONS,
  ...GRANT_REFUSALS,
  refused(
    'TagInvalid',
    'AWS reserves the key of a tag',
    { tags: { 'aws:team': 'x' } },
    { property: 'tags["aws:team"]', reason: /AWS reserves/, remedy: /without the prefix/ },
  ),
  refused(
    'AcknowledgeUnknown',
    'a warning of endpoints is acknowledged',
    { acknowledge: ['EntryExpired'] },
    {
      property: 'acknowledge[0]',
      value: 'EntryExpired',
      reason: /not the name of a warning/,
      remedy: /UserNeverRotates/,
    },
  ),
];

/** What a `DatabaseUser` warns of, besides what every one of these tests has acknowledged. */
export const USER_WARNINGS: readonly UserMistake[] = [
  refused(
    'GrantRunsCode',
    'it may have triggers',
    { grants: [Grant.custom({ privileges: ['select', 'Trigger'], on: { schema: 'sales' } })] },
    { property: 'grants\\[0\\]\\.privileges\\[1\\]', reason: /own code/, remedy: /Grant only/ },
  ),
  refused(
    'UserNeedsWayOut',
    'its function is in a VPC',
    {},
    { property: 'network\\.subnetIds', reason: /cannot reach Secrets Manager/, remedy: /interface endpoint/ },
  ),
  refused(
    'UserNeverRotates',
    'nothing changes its password',
    {},
    { property: 'rotateEveryDays', reason: /never changed/, remedy: /number of days/ },
  ),
  refused(
    'UserServerCertificatesUnknown',
    'the server is not one of RDS',
    {},
    { property: 'server\\.certificateAuthorities', reason: /public CAs/, remedy: /signed the server's/ },
    ofOwn(),
  ),
];

function onProxy(): DatabaseEndpointProps {
  return onRds({
    target: DatabaseTarget.rdsProxy({
      endpoint: 'orders.proxy-abc123.eu-central-1.rds.amazonaws.com',
      securityGroupId: 'sg-0a',
    }),
  });
}
