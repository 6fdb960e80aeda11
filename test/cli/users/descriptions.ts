import type { UserDescription } from '../../../lib/users/description';

const ROLE = 'looker_access';

/** A user that is as it is declared. */
export const DECLARED: UserDescription = {
  user: 'prod/Looker',
  facts: {
    role: { name: ROLE, beyond: [] },
    logins: [
      {
        name: 'looker',
        canLogIn: true,
        lacks: [],
        connectionLimit: 3,
        statementTimeoutSeconds: 20,
        validUntil: '2030-01-01T00:00:00.000Z',
        beyond: [],
      },
      { name: 'looker_2', canLogIn: true, lacks: [], beyond: [] },
    ],
    grants: [
      { to: ROLE, on: 'SCHEMA "sales"', privileges: ['USAGE'], holdsFor: 'now' },
      { to: ROLE, on: 'TABLE "sales"."orders"', privileges: ['SELECT', 'INSERT'], holdsFor: 'now' },
      { to: ROLE, on: 'TABLES to come of "app" in "sales"', privileges: ['SELECT'], holdsFor: 'later' },
    ],
    elsewhere: [],
    publicPrivileges: ['CONNECT, TEMPORARY on DATABASE "shop"'],
    owns: [],
    foreign: [],
  },
  differences: [],
  remarks: [{ kind: 'public-privilege', says: 'All users have this: CONNECT, TEMPORARY on DATABASE "shop".' }],
};

/** A user of which everything is otherwise. */
export const DRIFTED: UserDescription = {
  user: 'prod/Metabase',
  facts: {
    logins: [
      {
        name: 'metabase',
        canLogIn: false,
        lacks: ['membership of metabase_access'],
        beyond: ['SUPERUSER', 'the role pg_monitor'],
      },
    ],
    grants: [
      { to: 'metabase', on: '`or\\_ders`.*', privileges: ['SELECT'], holdsFor: 'both' },
      { to: 'metabase', on: '*.*', privileges: ['RELOAD', 'PROCESS'], holdsFor: 'both' },
    ],
    elsewhere: ['audit'],
    publicPrivileges: [],
    owns: ['view other.mine'],
    foreign: ["'metabase' was not made for prod/Metabase"],
  },
  differences: [
    { kind: 'not-ours', says: "'metabase' was not made for prod/Metabase." },
    { kind: 'role-missing', says: "The role 'metabase_access', which holds the privileges, does not exist." },
    { kind: 'attribute-beyond', says: "'metabase' has beyond what is declared: SUPERUSER." },
  ],
  remarks: [],
  leftOut: { grants: 5, differences: 7, remarks: 0 },
};

/** A user of which the server has nothing. */
export const ABSENT: UserDescription = {
  user: 'prod/Tableau',
  differences: [{ kind: 'login-missing', says: "The login 'tableau' does not exist." }],
  remarks: [],
};
