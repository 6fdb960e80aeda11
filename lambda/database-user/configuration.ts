import { gunzipSync } from 'node:zlib';
import { type DeclaredGrant, type DeclaredUser, VARIABLES } from '../../lib/users/contract';

/** Reads the environment: the user as it is declared. */
export function readConfiguration(environment: NodeJS.ProcessEnv): DeclaredUser {
  const text = environment[VARIABLES.user];
  if (!text) throw new Error(`${VARIABLES.user} is not set`);
  const user = parsed(text);
  const problems = CHECKS.filter(([, holds]) => !holds(user)).map(([problem]) => problem);
  if (problems.length > 0) throw new Error(`${VARIABLES.user}: ${problems.join('; ')}`);
  return user;
}

// An environment holds 4 KB in all, and certificates are long.
function parsed(text: string): DeclaredUser {
  try {
    const user = JSON.parse(text.startsWith('{') ? text : gunzipSync(Buffer.from(text, 'base64')).toString());
    if (typeof user === 'object' && user !== null && !Array.isArray(user)) return user;
  } catch {
    // The parser's message repeats what it read.
  }
  throw new Error(`${VARIABLES.user} is neither a JSON object nor one that is compressed as base64gzip() does it`);
}

const CHECKS: readonly (readonly [string, (user: DeclaredUser) => boolean])[] = [
  ['name is empty', ({ name }) => isText(name)],
  ['engine is none of postgres, mysql, mariadb', ({ engine }) => ['postgres', 'mysql', 'mariadb'].includes(engine)],
  ['host is empty', ({ host }) => isText(host)],
  ['port is not a port', ({ port }) => isPort(port)],
  ['certificateAuthorities is not in PEM', ({ certificateAuthorities }) => isOptional(certificateAuthorities, isPem)],
  ['database is empty', ({ database }) => isText(database)],
  ['userName is empty', ({ userName }) => isText(userName)],
  ['auth is neither password nor iam', ({ auth }) => auth === 'password' || auth === 'iam'],
  ['grants is not a list of privileges in schemas', ({ grants }) => Array.isArray(grants) && grants.every(isGrant)],
  ['futureTables is neither true nor false', ({ futureTables }) => typeof futureTables === 'boolean'],
  ['connectionLimit is not a whole number above 0', ({ connectionLimit }) => isOptional(connectionLimit, isCount)],
  [
    'statementTimeoutSeconds is not a whole number above 0',
    ({ statementTimeoutSeconds }) => isOptional(statementTimeoutSeconds, isCount),
  ],
  ['validUntil is not a time in UTC', ({ validUntil }) => isOptional(validUntil, isTime)],
  ['revokePublic is neither true nor false', ({ revokePublic }) => typeof revokePublic === 'boolean'],
  [
    'ownedObjects is neither refuse nor reassign-to-admin',
    ({ ownedObjects }) => ownedObjects === 'refuse' || ownedObjects === 'reassign-to-admin',
  ],
  ['adminSecretArn is not the ARN of a secret', ({ adminSecretArn }) => isSecret(adminSecretArn)],
  ['secretArn is not the ARN of a secret', ({ secretArn }) => isOptional(secretArn, isSecret)],
  // A login by IAM has no password to keep, and a password without a secret would be known to nobody.
  ['secretArn does not go with auth', ({ secretArn, auth }) => (secretArn !== undefined) === (auth === 'password')],
  ['secretArn and adminSecretArn are the same', ({ secretArn, adminSecretArn }) => secretArn !== adminSecretArn],
  ['endpoint.hostname is empty', ({ endpoint }) => isText(endpoint?.hostname)],
  ['endpoint.port is not a port', ({ endpoint }) => isPort(endpoint?.port)],
  ['endpoint.sslmode is empty', ({ endpoint }) => isText(endpoint?.sslmode)],
  [
    'endpoint.certificateAuthorities is not in PEM',
    ({ endpoint }) => isOptional(endpoint?.certificateAuthorities, isPem),
  ],
];

function isGrant(grant: DeclaredGrant): boolean {
  return isText(grant?.schema) && isTexts(grant.privileges) && isOptional(grant.tables, isTexts);
}

function isOptional<T>(value: T | undefined, holds: (value: T) => boolean): boolean {
  return value === undefined || holds(value);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isText);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isPort(value: unknown): boolean {
  return isCount(value) && Number(value) < 65_536;
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) > 0;
}

function isPem(value: unknown): boolean {
  return typeof value === 'string' && value.includes('-----BEGIN CERTIFICATE-----');
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && value.endsWith('Z') && !Number.isNaN(Date.parse(value));
}

function isSecret(value: unknown): boolean {
  return typeof value === 'string' && /^arn:[^:]+:secretsmanager:[^:]+:\d+:secret:./.test(value);
}
