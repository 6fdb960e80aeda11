import { TerraformStack, Testing } from 'cdktf';
import { DatabaseEndpoint, DatabaseUser, UserAuth } from '../../lib';
import { expression } from '../support/expression';
import { onRds, RDS_HOST, userProps } from './synthesized-user';

const make = (auth: UserAuth, userName?: string) => {
  const endpoint = new DatabaseEndpoint(new TerraformStack(Testing.app(), 'prod'), 'Orders', onRds({ port: 6432 }));
  new DatabaseUser(endpoint, 'Looker', userProps(endpoint, { auth, userName, rotateEveryDays: undefined }));
  return endpoint;
};
const tokenNotes = (endpoint: DatabaseEndpoint, user?: string) =>
  endpoint.clientGuide({ user }).notes.filter((note) => note.includes('token'));

test('the guide for a user with IAM has the command for a token, which is signed for the name and port of the database', () => {
  expect(tokenNotes(make(UserAuth.iam()), 'looker')).toEqual([
    expect.stringContaining(
      `\`aws rds generate-db-auth-token --hostname ${RDS_HOST} --port 5432 --username looker\` prints a token`,
    ),
  ]);
});

test('the guide in Markdown has it too', () => {
  expect(make(UserAuth.iam()).clientGuideMarkdown({ user: 'looker' })).toContain(
    `generate-db-auth-token --hostname ${RDS_HOST} --port 5432 --username looker`,
  );
});

test('a user whose name is known after apply is recognized', () => {
  const userName = expression('var.user');

  expect(tokenNotes(make(UserAuth.iam(), userName), userName)).toHaveLength(1);
});

test.each([
  ['a user with a password', UserAuth.password(), 'looker'],
  ['another user', UserAuth.iam(), 'airbyte'],
  ['nobody', UserAuth.iam(), undefined],
])('the guide for %s says nothing of tokens', (_, auth, user) => {
  expect(tokenNotes(make(auth), user)).toEqual([]);
});
