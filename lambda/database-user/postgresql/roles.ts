import type { DeclaredUser } from '../../../lib/users/contract';
import { roleOf, secondLoginOf } from '../../../lib/users/contract';
import { identifier, literal } from './quoting';
import type { Step } from './right';

/** What the roles of a user must be. */
export interface DeclaredRole {
  readonly name: string;
  readonly canLogIn: boolean;
  readonly connectionLimit?: number;
  readonly validUntil?: string;
  readonly memberOf: readonly string[];
  readonly settings: { readonly [name: string]: string };
}

/** What a role is. */
export interface RoleFacts extends DeclaredRole {
  readonly oid: number;
  /** What its comment says. */
  readonly mark?: string;
  /** Such as SUPERUSER. */
  readonly attributes: readonly string[];
  readonly memberships: readonly Membership[];
  readonly members: readonly Membership[];
  readonly configuration: readonly Setting[];
}

export interface Membership {
  readonly name: string;
  readonly grantor: string;
  readonly isAdmin: boolean;
  /** Whether it can become the role and has its privileges at once. */
  readonly isFull: boolean;
}

export interface Setting {
  readonly name: string;
  readonly value: string;
  /** Where alone it applies. */
  readonly database?: string;
}

/** The role of RDS that makes a login use IAM. */
export const IAM_ROLE = 'rds_iam';

/** All that may exist of a user. */
export function namesOf(userName: string): readonly [role: string, first: string, second: string] {
  return [roleOf(userName), userName, secondLoginOf(userName)];
}

/** What the comment on a role says that this program made for a user: nobody else's role is touched. */
export function markOf({ name }: DeclaredUser): string {
  return `cdktf-database-endpoint: ${name}`;
}

/** Roles of the user's names that this program did not make for it. */
export function foreignRoles(roles: readonly RoleFacts[], user: DeclaredUser): readonly string[] {
  return roles.filter(({ mark }) => mark !== markOf(user)).map(({ name }) => name);
}

/** The role and the logins as they are declared. */
export function declaredRoles(user: DeclaredUser): readonly DeclaredRole[] {
  const [role, first, second] = namesOf(user.userName);
  const isIam = user.auth === 'iam';
  const login = (name: string): DeclaredRole => ({
    name,
    // IAM gives one login its tokens; a second one has no use.
    canLogIn: !isIam || name === first,
    connectionLimit: user.connectionLimit,
    validUntil: user.validUntil === undefined ? undefined : new Date(user.validUntil).toISOString(),
    memberOf: isIam && name === first ? [role, IAM_ROLE] : [role],
    settings: {
      // What it makes belongs to the role, and the other login can use it.
      role,
      ...(user.statementTimeoutSeconds === undefined
        ? {}
        : { statement_timeout: `${user.statementTimeoutSeconds * 1000}` }),
    },
  });
  return [{ name: role, canLogIn: false, memberOf: [], settings: {} }, login(first), login(second)];
}

/** Makes a role that nobody has a password for. */
export function createStep({ name }: DeclaredRole, mark: string): Step {
  return {
    statements: [`CREATE ROLE ${identifier(name)}`, `COMMENT ON ROLE ${identifier(name)} IS ${literal(mark)}`],
    words: `CREATE ROLE ${identifier(name)}`,
  };
}

/** What makes a role that exists what it must be. */
export function roleSteps(declared: DeclaredRole, actual: RoleFacts, version: number): readonly Step[] {
  const name = identifier(declared.name);
  const alter = (change: string): Step => only(`ALTER ROLE ${name} ${change}`);
  return [
    ...actual.attributes.map((attribute) => alter(attribute === 'NOINHERIT' ? 'INHERIT' : `NO${attribute}`)),
    ...(actual.canLogIn === declared.canLogIn ? [] : [alter(declared.canLogIn ? 'LOGIN' : 'NOLOGIN')]),
    ...(actual.connectionLimit === declared.connectionLimit
      ? []
      : [alter(`CONNECTION LIMIT ${declared.connectionLimit ?? -1}`)]),
    ...(actual.validUntil === declared.validUntil
      ? []
      : [alter(`VALID UNTIL ${literal(declared.validUntil ?? 'infinity')}`)]),
    ...declared.memberOf
      .filter((role) => !actual.memberships.some((each) => each.name === role && each.isFull))
      .map((role) => only(`GRANT ${identifier(role)} TO ${name}${fully(version)}`)),
    ...actual.memberships
      .filter((each) => !declared.memberOf.includes(each.name))
      .map((each) => only(`REVOKE ${identifier(each.name)} FROM ${name}${grantedBy(each, version)} CASCADE`)),
    ...actual.memberships
      .filter((each) => declared.memberOf.includes(each.name) && each.isAdmin)
      .map((each) =>
        only(`REVOKE ADMIN OPTION FOR ${identifier(each.name)} FROM ${name}${grantedBy(each, version)} CASCADE`),
      ),
    ...settingSteps(declared, actual),
  ];
}

/** Who else has what the role gives: neither its logins, nor who made it and manages it. */
export function strangersOf({ members }: RoleFacts, logins: readonly string[], admin: string): readonly Membership[] {
  return members.filter(({ name, isAdmin }) => !logins.includes(name) && name !== admin && !isAdmin);
}

export function strangerSteps(
  role: RoleFacts,
  logins: readonly string[],
  admin: string,
  version: number,
): readonly Step[] {
  return strangersOf(role, logins, admin).map((each) =>
    only(`REVOKE ${identifier(role.name)} FROM ${identifier(each.name)}${grantedBy(each, version)} CASCADE`),
  );
}

/** Membership with all that it gives: before version 16 it has no options, and from then on not all are defaults. */
export function fully(version: number): string {
  return version >= 160000 ? ' WITH INHERIT TRUE, SET TRUE' : '';
}

function grantedBy({ grantor }: Membership, version: number): string {
  return version >= 160000 ? ` GRANTED BY ${identifier(grantor)}` : '';
}

function settingSteps({ name, settings }: DeclaredRole, { configuration }: RoleFacts): readonly Step[] {
  const role = `ALTER ROLE ${identifier(name)}`;
  const everywhere = configuration.filter(({ database }) => database === undefined);
  return [
    ...Object.entries(settings)
      .filter(([key, value]) => !everywhere.some((each) => each.name === key && each.value === value))
      .map(([key, value]) => only(`${role} SET ${identifier(key)} = ${literal(value)}`)),
    ...configuration
      .filter((each) => each.database !== undefined || settings[each.name] === undefined)
      .map(({ name: key, database }) =>
        only(`${role}${database === undefined ? '' : ` IN DATABASE ${identifier(database)}`} RESET ${identifier(key)}`),
      ),
  ];
}

function only(statement: string): Step {
  return { statements: [statement], words: statement.replace(/ CASCADE$/, '') };
}
