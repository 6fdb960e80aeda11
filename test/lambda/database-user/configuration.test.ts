import { gzipSync } from 'node:zlib';
import { readConfiguration } from '../../../lambda/database-user/configuration';
import { ADMIN_ARN, USER } from './fixtures';

const read = (user: unknown) => readConfiguration({ DATABASE_USER: JSON.stringify(user) });

test('the user is read, plain or compressed', () => {
  const compressed = gzipSync(JSON.stringify(USER)).toString('base64');

  expect(read(USER)).toEqual(USER);
  expect(readConfiguration({ DATABASE_USER: compressed })).toEqual(USER);
});

test.each([undefined, '', '[]', 'null', '{', 'H4sI'])('%p is refused without being repeated', (text) => {
  expect(() => readConfiguration({ DATABASE_USER: text })).toThrow(
    /^DATABASE_USER is (not set|neither a JSON object nor one that is compressed as base64gzip\(\) does it)$/,
  );
});

test('a login by IAM has no secret', () => {
  const { secretArn: _, ...iam } = { ...USER, auth: 'iam' };

  expect(read(iam)).toEqual(iam);
  expect(() => read({ ...USER, auth: 'iam' })).toThrow('secretArn does not go with auth');
  expect(() => read({ ...iam, auth: 'password' })).toThrow('secretArn does not go with auth');
});

test.each([
  ['name is empty', { name: '' }],
  ['engine is none of', { engine: 'oracle' }],
  ['host is empty', { host: undefined }],
  ['port is not a port', { port: 65_536 }],
  ['certificateAuthorities is not in PEM', { certificateAuthorities: 'MII' }],
  ['database is empty', { database: '' }],
  ['userName is empty', { userName: 1 }],
  ['auth is neither', { auth: 'ldap' }],
  ['grants is not a list', { grants: [{ schema: 'public', privileges: [] }] }],
  ['grants is not a list', { grants: [{ schema: 'public', privileges: ['SELECT'], tables: [] }] }],
  ['grants is not a list', { grants: [null] }],
  ['futureTables is neither', { futureTables: 'yes' }],
  ['connectionLimit is not', { connectionLimit: 0 }],
  ['statementTimeoutSeconds is not', { statementTimeoutSeconds: 1.5 }],
  ['validUntil is not', { validUntil: '2027-01-01' }],
  ['revokePublic is neither', { revokePublic: undefined }],
  ['ownedObjects is neither', { ownedObjects: 'drop' }],
  ['adminSecretArn is not', { adminSecretArn: 'admin' }],
  ['secretArn is not', { secretArn: 'looker' }],
  ['secretArn and adminSecretArn are the same', { secretArn: ADMIN_ARN }],
  ['endpoint.hostname is empty', { endpoint: undefined }],
  ['endpoint.port is not', { endpoint: { ...USER.endpoint, port: 0 } }],
  ['endpoint.sslmode is empty', { endpoint: { ...USER.endpoint, sslmode: '' } }],
  ['endpoint.certificateAuthorities is not', { endpoint: { ...USER.endpoint, certificateAuthorities: '' } }],
])('%s', (problem, change) => {
  expect(() => read({ ...USER, ...change })).toThrow(problem);
});
