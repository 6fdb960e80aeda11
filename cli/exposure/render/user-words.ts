import { isExpression } from '../exposed-endpoint';
import type { User, UserGrant } from '../user';

// What is said of logins. Texts of files are in it as they are unless a format hands in how it makes them harmless.

type Quote = (text: string) => string;
const asIs: Quote = (text) => text;

/** A cell of the table of logins. */
export type UserCell = (user: User, grant: UserGrant | undefined, quoted?: Quote) => string | undefined;

/** The table of logins: a row for each grant, so that none is cut off. */
export const USER_COLUMNS: readonly (readonly [title: string, cell: UserCell])[] = [
  ['login', ({ userName }, _, quoted = asIs) => quoted(userName)],
  ['may', (_, grant, quoted) => grant && privilegesText(grant, quoted)],
  ['on', ({ futureTables }, grant, quoted) => grant && objectsText(grant, futureTables, quoted)],
  ['database', ({ database }, _, quoted = asIs) => quoted(database)],
  ['proves it by', (user, _, quoted) => authText(user, quoted)],
  ['until', ({ validUntil }, _, quoted = asIs) => validUntil && quoted(validUntil)],
  ['integration', ({ integration }, _, quoted = asIs) => integration && quoted(integration)],
  ['made by', ({ user }, _, quoted = asIs) => quoted(user)],
];

/** The rows of logins: what they are, and one of their grants. */
export function userRows(users: readonly User[]): readonly (readonly [User, UserGrant | undefined])[] {
  return users.flatMap((user) =>
    (user.grants.length === 0 ? [undefined] : user.grants).map((grant) => [user, grant] as const),
  );
}

export function privilegesText({ privileges }: Pick<UserGrant, 'privileges'>, quoted = asIs): string {
  return typeof privileges === 'string' ? quoted(privileges) : privileges.map((each) => quoted(each)).join(', ');
}

/** `sales.orders`, or `all tables of sales`. */
export function objectsText(
  { schema, tables }: Omit<UserGrant, 'privileges'>,
  futureTables: User['futureTables'],
  quoted = asIs,
): string {
  if (Array.isArray(tables)) return tables.map((table) => quoted(`${schema}.${table}`)).join(', ');
  if (typeof tables === 'string') return `the tables ${quoted(tables)} of ${quoted(schema)}`;
  return `all tables of ${quoted(schema)}${laterText(futureTables, quoted)}`;
}

function laterText(futureTables: User['futureTables'], quoted: Quote): string {
  if (futureTables === false) return '';
  return `, now and later${typeof futureTables === 'string' ? ` (if ${quoted(futureTables)})` : ''}`;
}

/** How a login proves who it is: `a password, rotated every 30 days`. */
export function authText({ auth, rotateEveryDays }: User, quoted = asIs): string {
  if (auth === 'iam') return 'IAM';
  const what = auth === 'password' ? 'a password' : quoted(auth);
  return rotateEveryDays === undefined ? what : `${what}, rotated every ${daysText(rotateEveryDays, quoted)}`;
}

export function daysText(days: number | string, quoted = asIs): string {
  if (isExpression(days)) return `${quoted(String(days))} days`;
  return days === 1 ? '1 day' : `${days} days`;
}
