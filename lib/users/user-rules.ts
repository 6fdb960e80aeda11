import { isIP } from 'node:net';
import { familyOf } from '../clients/families';
import { connectionLimitRule, reservedUserRule, userNameRule } from '../clients/user-statements/user-rules';
import { isZoneName } from '../network/domain-name';
import { numberRange } from '../rules/number-range';
import type { Rule } from '../rules/rule';
import { DatabaseRole } from '../targets/followed-target';
import { isUnresolved } from '../tokens/unresolved';
import type { UserSettings } from './user-settings';

/** Validation rules for the login itself, and for the server that it is made on. */
export const USER_LOGIN_RULES: readonly Rule<UserSettings>[] = [
  {
    name: 'UserEngineNotSupported',
    because: 'The function makes users of PostgreSQL, MySQL and MariaDB, on RDS, Aurora or elsewhere.',
    check: ({ engine, database: { engine: given } }) =>
      engine
        ? undefined
        : {
            property: 'endpoint',
            value: given.name,
            reason: `leads to ${given.displayName}, whose users the function cannot make`,
            remedy: familyOf(given)?.users
              ? 'Run what endpoint.userStatements(...) writes, as an administrator.'
              : 'Rely on the allowlist, and on what the engine offers instead of users.',
          },
  },
  {
    name: 'UserNameUnderivable',
    because: 'A login is named after its construct, if no name is given, and names begin with a letter.',
    check: ({ userName }) =>
      userName === undefined
        ? {
            property: 'userName',
            reason: "is missing, and the construct's id yields no name that begins with a letter",
            remedy: 'Write userName.',
          }
        : undefined,
  },
  userNameRule(({ engine, userName }) => ({
    property: 'userName',
    value: userName,
    longest: userName === undefined ? undefined : engine?.longestUser,
  })),
  reservedUserRule(({ userName }) => ({ property: 'userName', value: userName })),
  connectionLimitRule(({ props: { connectionLimit: value } }) => ({ property: 'connectionLimit', value })),
  numberRange(({ props: { statementTimeoutSeconds, rotateEveryDays, server } }) => [
    // PostgreSQL counts milliseconds in 31 bits.
    ...[
      { property: 'statementTimeoutSeconds', value: statementTimeoutSeconds, min: 1, max: 2_147_483, unit: ' seconds' },
    ],
    { property: 'rotateEveryDays', value: rotateEveryDays, min: 1, max: 1000, unit: ' days' },
    { property: 'server.port', value: server?.port, min: 1, max: 65_535, unit: '' },
  ]),
  {
    name: 'DriftHoursOutOfRange',
    because: 'An alarm looks back seven days at most, so that it would find no data in between.',
    see: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
    check: ({ props: { measureDriftEveryHours: value } }) =>
      value === undefined || isUnresolved(value) || (Number.isInteger(value) && value >= 1 && value <= 168)
        ? undefined
        : {
            property: 'measureDriftEveryHours',
            value,
            reason: 'is not a whole number of hours from 1 to 168',
            remedy: 'Write 1 to 168 hours, such as 24 for once a day.',
          },
  },
  {
    name: 'StatementTimeoutUnsupported',
    because: 'MySQL has no such limit for a single login.',
    see: 'https://dev.mysql.com/doc/refman/8.4/en/create-user.html',
    check: ({ props: { statementTimeoutSeconds: value }, engine }) =>
      value === undefined || engine === undefined || engine.supports.statementTimeout
        ? undefined
        : {
            property: 'statementTimeoutSeconds',
            value,
            reason: 'is not supported for MySQL',
            remedy: 'Leave it out, and set max_execution_time for the server or in the client.',
          },
  },
  {
    name: 'ValidUntilUnsupported',
    because: 'PostgreSQL ends passwords at a time; MySQL and MariaDB do not, and IAM has no password.',
    see: 'https://www.postgresql.org/docs/current/sql-createrole.html',
    check: ({ props: { validUntil: value }, engine, auth }) =>
      value === undefined || engine === undefined || (engine.supports.validUntil && auth === 'password')
        ? undefined
        : {
            property: 'validUntil',
            value,
            reason: auth === 'iam' ? 'ends a password, and there is none' : 'is supported for PostgreSQL only',
            remedy: 'Leave it out, and remove the user when it is due.',
          },
  },
  {
    name: 'ValidUntilInvalid',
    because: 'A time without a zone means another moment in each session.',
    check: ({ props: { validUntil: value } }) =>
      value === undefined || isUnresolved(value) || (UTC.test(value) && !Number.isNaN(Date.parse(value)))
        ? undefined
        : {
            property: 'validUntil',
            value,
            reason: 'is not a time in UTC',
            remedy: 'Write it like 2027-01-31T00:00:00Z.',
          },
  },
  {
    name: 'ReassignUnsupported',
    because: 'Objects of MySQL and MariaDB have no owner, and what a login has written would run as the admin.',
    check: ({ props: { reassignOwnedObjects: value }, engine }) =>
      !value || engine === undefined || engine.supports.reassignOwnedObjects
        ? undefined
        : {
            property: 'reassignOwnedObjects',
            value,
            reason: 'is supported for PostgreSQL only',
            remedy: 'Leave it out: what has the login as its definer must be changed before the login is removed.',
          },
  },
  {
    name: 'UserServerUnknown',
    because: 'The function connects to the database itself, by the name that its certificate carries.',
    check: ({ server, database: { target } }) => {
      if (server.host !== undefined) return undefined;
      const { kind, role } = target._name ?? {};
      const why =
        kind === 'rdsProxy'
          ? 'is missing, and users are not made through an RDS Proxy'
          : role === DatabaseRole.READER
            ? 'is missing, and users cannot be made on readers'
            : 'is missing, and the target does not tell it';
      return {
        property: 'server.host',
        reason: why,
        remedy:
          kind === 'rdsProxy' || role === DatabaseRole.READER
            ? 'Write the name of the writer: the address of the instance, or the endpoint of the cluster.'
            : "Write the name that resolves to the database in the VPC and that its certificate carries, or set the target's certificateName.",
      };
    },
  },
  {
    name: 'UserServerInvalid',
    because: 'The certificate is verified with the name, and drivers for MySQL verify no addresses.',
    check: ({ server: { host }, engine }) => {
      if (host === undefined || isUnresolved(host)) return undefined;
      if (isIP(host) !== 0 ? engine?.name === 'postgres' : isZoneName(host) && !host.endsWith('.')) return undefined;
      return {
        property: 'server.host',
        value: host,
        reason: 'is not the DNS name of a server',
        remedy: 'Write only the name, like orders.abc123.eu-central-1.rds.amazonaws.com. The port belongs in port.',
      };
    },
  },
  {
    name: 'UserServerCertificatesInvalid',
    because: 'The certificates go into a secret that clients read, and must sign what the server presents.',
    check: ({ server: { certificateAuthorities: value } }) => {
      if (value === undefined || isUnresolved(value)) return undefined;
      const property = 'server.certificateAuthorities';
      // Without the value: it may hold a key.
      if (value.includes('PRIVATE KEY-----')) {
        return { property, reason: 'contains a private key', remedy: 'Write the certificates of the CA only.' };
      }
      return PEM.test(value)
        ? undefined
        : {
            property,
            reason: 'has no certificate in PEM',
            remedy:
              'Write the CA certificates, each between -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----.',
          };
    },
  },
  {
    name: 'UserServerGroupMissing',
    because: "An RDS Proxy's security group is not the database's, to which the function connects.",
    check: ({ server: { securityGroupId }, props: { network }, database: { target } }) =>
      target._name?.kind === 'rdsProxy' && securityGroupId === undefined && network.securityGroupIds === undefined
        ? {
            property: 'server.securityGroupId',
            reason: 'is missing',
            remedy:
              "Write the security group of the database behind the proxy, or the function's own groups in network.",
          }
        : undefined,
  },
];

/** The rule about names that others have, for the documentation. */
export const USER_NAME_TAKEN = {
  name: 'UserNameTaken',
  because: 'Two constructs with one login on one server would undo what the other one does.',
};

const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/;
const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/;
