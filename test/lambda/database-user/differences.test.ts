import { differencesOf } from '../../../lambda/database-user/differences';
import type { UserFacts } from '../../../lib/users/description';
import { describedAs, loginOf, WANTED } from './description-fixtures';
import { USER } from './fixtures';

const LIMITED = { ...USER, connectionLimit: 3, statementTimeoutSeconds: 20, validUntil: '2030-01-01T00:00:00Z' };
const SELECT_LATER = {
  to: 'looker',
  on: 'TABLES to come of "boss"',
  privileges: ['SELECT'],
  holdsFor: 'later' as const,
};

test('a user that is as it is declared differs in nothing, with one login or two', () => {
  const two = [loginOf(LIMITED), loginOf(LIMITED, 'looker_2')];

  expect(differencesOf(LIMITED, describedAs(LIMITED))).toEqual({ differences: [], remarks: [] });
  expect(differencesOf(LIMITED, describedAs(LIMITED, WANTED, { logins: two }))).toEqual({
    differences: [],
    remarks: [],
  });
});

test('a time that is written otherwise is the same', () => {
  const facts = { logins: [{ ...loginOf(LIMITED), validUntil: '2030-01-01T00:00:00.000Z' }] };

  expect(differencesOf(LIMITED, describedAs(LIMITED, WANTED, facts)).differences).toEqual([]);
});

test('of a user of which the server has nothing, the login is missing', () => {
  expect(differencesOf(USER, undefined)).toEqual({
    differences: [{ kind: 'login-missing', says: "The login 'looker' does not exist." }],
    remarks: [],
  });
});

test.each<[string, Partial<UserFacts>, string]>([
  ['login-missing', { logins: [loginOf(LIMITED, 'looker_2')] }, "The login 'looker' does not exist."],
  [
    'role-missing',
    { role: undefined, grants: [] },
    "The role 'looker_access', which holds the privileges, does not exist.",
  ],
  ['cannot-log-in', { logins: [{ ...loginOf(LIMITED), canLogIn: false }] }, "'looker' cannot log in."],
  [
    'attribute-beyond',
    { logins: [{ ...loginOf(LIMITED), beyond: ['SUPERUSER'] }] },
    "'looker' has beyond what is declared: SUPERUSER.",
  ],
  [
    'attribute-beyond',
    { role: { name: 'looker_access', beyond: ['the role pg_monitor'] } },
    "'looker_access' has beyond what is declared: the role pg_monitor.",
  ],
  [
    'membership-missing',
    { logins: [{ ...loginOf(LIMITED), lacks: ['membership of looker_access'] }] },
    "'looker' lacks membership of looker_access.",
  ],
  [
    'connection-limit',
    { logins: [{ ...loginOf(LIMITED), connectionLimit: undefined }] },
    "'looker' may have any number of connections; declared: 3.",
  ],
  [
    'statement-timeout',
    { logins: [{ ...loginOf(LIMITED), statementTimeoutSeconds: 0.5 }] },
    "A statement of 'looker' may take 0.5 s; declared: 20 s.",
  ],
  [
    'valid-until',
    { logins: [{ ...loginOf(LIMITED), validUntil: undefined }] },
    "'looker' ends never; declared: 2030-01-01T00:00:00.000Z.",
  ],
  [
    'future-privilege-beyond',
    { grants: [...WANTED, SELECT_LATER] },
    '\'looker\' has SELECT on TABLES to come of "boss", which is not declared.',
  ],
  [
    'future-privilege-missing',
    { grants: WANTED.slice(0, 2) },
    '\'looker_access\' lacks SELECT on TABLES to come of "app", which is declared.',
  ],
  [
    'privilege-missing',
    { grants: [WANTED[0], { ...WANTED[1], privileges: ['SELECT'] }, WANTED[2]] },
    '\'looker_access\' lacks INSERT on TABLE "sales"."orders", which is declared.',
  ],
  [
    'privilege-beyond',
    { grants: [...WANTED, { ...WANTED[1], privileges: ['UPDATE', 'DELETE'] }] },
    '\'looker_access\' has DELETE, UPDATE on TABLE "sales"."orders", which is not declared.',
  ],
  [
    'privilege-beyond',
    { elsewhere: ['audit'] },
    "It was granted something in the database 'audit', which is not the declared one.",
  ],
  ['owns-objects', { owns: ['table sales.orders'] }, 'It owns table sales.orders.'],
  ['not-ours', { foreign: ["'looker' was not made for prod/Looker"] }, "'looker' was not made for prod/Looker."],
])('%s is said in one sentence', (kind, facts, says) => {
  expect(differencesOf(LIMITED, describedAs(LIMITED, WANTED, facts))).toEqual({
    differences: [{ kind, says }],
    remarks: [],
  });
});

test('what is declared and cannot be granted is a difference', () => {
  const description = describedAs(USER);
  const wanted = { ...description.wanted, problems: ["Schema 'sales' has no 'x'"] };

  expect(differencesOf(USER, { ...description, wanted }).differences).toEqual([
    { kind: 'cannot-grant', says: "Declared, and cannot be granted: Schema 'sales' has no 'x'." },
  ]);
});

test('what PUBLIC has is a remark, and a difference where it is to go', () => {
  const description = describedAs(USER, WANTED, { publicPrivileges: ['CONNECT on DATABASE "shop"'] });
  const found = [{ kind: 'public-privilege', says: 'All users have this: CONNECT on DATABASE "shop".' }];

  expect(differencesOf(USER, description)).toEqual({ differences: [], remarks: found });
  expect(differencesOf({ ...USER, revokePublic: true }, description)).toEqual({ differences: found, remarks: [] });
});

test.each([
  ['postgres', 'create', true],
  ['postgres', 'TRIGGER', false],
  ['mysql', 'ALL', true],
  ['mariadb', 'CREATE VIEW', true],
  ['mariadb', 'SELECT', false],
] as const)('in %s, who may %s owns what it makes: %s', (engine, privilege, isRemark) => {
  const user = { ...USER, engine, grants: [{ schema: 'sales', privileges: ['SELECT', privilege] }] };
  const { differences, remarks } = differencesOf(user, describedAs(user, WANTED, { owns: ['view v'] }));

  expect([differences.length, remarks.length]).toEqual(isRemark ? [0, 1] : [1, 0]);
});

describe('a table of a grant on all tables that has none of the privileges', () => {
  const user = { ...USER, futureTables: false };
  const newcomer = { ...WANTED[1], on: 'TABLE "sales"."later"', mayBeNew: true };
  const wanted = [...WANTED, newcomer];

  test('is a remark where tables made later are left out', () => {
    expect(differencesOf(user, describedAs(user, wanted, { grants: WANTED }))).toEqual({
      differences: [],
      remarks: [
        {
          kind: 'new-table',
          says: '\'looker_access\' lacks INSERT, SELECT on TABLE "sales"."later": made after the last converge, or revoked; the next converge grants it.',
        },
      ],
    });
  });

  test('is a difference where they are not, and where it has some of them', () => {
    const some = { grants: [...WANTED, { ...newcomer, privileges: ['SELECT'] }] };

    expect(differencesOf(USER, describedAs(USER, wanted, { grants: WANTED })).differences).toHaveLength(1);
    expect(differencesOf(user, describedAs(user, wanted, some)).differences).toMatchObject([
      { kind: 'privilege-missing', says: expect.stringContaining('lacks INSERT on') },
    ]);
  });
});

test('what is left of a dropped table is a remark', () => {
  const description = describedAs(USER, WANTED, {
    grants: [...WANTED, { ...WANTED[1], on: '`sales`.`gone`', privileges: ['SELECT'] }],
  });
  const { differences, remarks } = differencesOf(USER, {
    ...description,
    wanted: { ...description.wanted, gone: ['`sales`.`gone`'] },
  });

  expect(differences).toEqual([]);
  expect(remarks).toMatchObject([
    { kind: 'dropped-table', says: expect.stringContaining('has SELECT on `sales`.`gone`') },
  ]);
});

describe('all privileges at once', () => {
  const all = { to: 'looker_access', on: '`sales`.*', privileges: ['ALL PRIVILEGES'], holdsFor: 'both' as const };
  const some = { ...all, privileges: ['SELECT', 'INSERT'] };
  const compare = (wanted: typeof all, found: typeof all) =>
    differencesOf(USER, describedAs(USER, [{ ...wanted, mayBeNew: false }], { grants: [found] })).differences.map(
      ({ says }) => says,
    );

  test('are more than some, and not all without one', () => {
    expect(compare(some, all)).toEqual([
      "'looker_access' has ALL PRIVILEGES on `sales`.* (tables made later included), which is not declared.",
    ]);
    expect(compare(all, some)).toEqual([
      "'looker_access' lacks ALL PRIVILEGES on `sales`.* (tables made later included), which is declared.",
    ]);
  });

  test('do not hold the right to pass them on', () => {
    expect(compare(all, { ...all, privileges: ['ALL PRIVILEGES', 'GRANT OPTION'] })).toEqual([
      "'looker_access' has GRANT OPTION on `sales`.* (tables made later included), which is not declared.",
    ]);
  });
});

test('with IAM, the second login is closed as it should be', () => {
  const user = { ...USER, auth: 'iam' as const, secretArn: undefined };
  const closed = { ...loginOf(user, 'looker_2'), canLogIn: false };

  expect(differencesOf(user, describedAs(user, WANTED, { logins: [loginOf(user), closed] })).differences).toEqual([]);
  expect(differencesOf(USER, describedAs(USER, WANTED, { logins: [loginOf(USER), closed] })).differences).toHaveLength(
    1,
  );
});

test('findings stand in the order of their kinds, each once', () => {
  const { differences } = differencesOf(
    LIMITED,
    describedAs(LIMITED, WANTED, {
      foreign: ['they were not made for it'],
      owns: ['b', 'a', 'a'],
      logins: [{ ...loginOf(LIMITED), connectionLimit: 4, beyond: ['SUPERUSER'] }],
    }),
  );

  expect(differences.map(({ says }) => says)).toEqual([
    'they were not made for it.',
    "'looker' has beyond what is declared: SUPERUSER.",
    "'looker' may have 4 connections; declared: 3.",
    'It owns a.',
    'It owns b.',
  ]);
});
