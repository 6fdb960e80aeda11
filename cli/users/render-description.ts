import { printable } from '../../lib/rules/printable';
import type { GrantFacts, LoginFacts, UserFacts } from '../../lib/users/description';
import { findingLines, titleOf } from './render-drift';
import type { UserReport } from './user-report';

/** What the logins of a user can really do, for people; where it differs from what is declared comes last. */
export function renderDescription({ description }: UserReport): string {
  const { facts, leftOut } = description;
  const lines = facts === undefined ? ['  nothing: neither logins nor a role'] : factLines(facts);
  const more = leftOut && leftOut.grants > 0 ? [`    ${leftOut.grants} more are left out`] : [];
  return `${[titleOf(description), ...lines, ...more, ...findingLines(description)].join('\n')}\n`;
}

function factLines({ role, logins, grants, elsewhere, publicPrivileges, owns, foreign }: UserFacts): readonly string[] {
  const grantees = [...new Set(grants.map(({ to }) => to))];
  return [
    ...logins.map((login) => line('login', `${login.name}: ${abilitiesOf(login).join(', ')}`)),
    ...(role ? [line('role', [role.name, ...role.beyond].join(', '))] : []),
    ...foreign.map((what) => line('foreign', what)),
    ...owns.map((what) => line('owns', what)),
    ...publicPrivileges.map((what) => line('public', what)),
    ...elsewhere.map((name) => line('also in', name)),
    ...grantees.flatMap((name) => [line('granted', `to ${name}`), ...table(grants.filter(({ to }) => to === name))]),
  ];
}

function line(label: string, text: string): string {
  return `  ${label.padEnd(8)}${printable(text)}`;
}

function abilitiesOf(login: LoginFacts): readonly string[] {
  const { canLogIn, lacks, connectionLimit, statementTimeoutSeconds, validUntil, beyond } = login;
  return [
    canLogIn ? 'can log in' : 'cannot log in',
    connectionLimit === undefined ? 'any number of connections' : `at most ${connectionLimit} connections`,
    ...(statementTimeoutSeconds === undefined ? [] : [`statements of at most ${statementTimeoutSeconds} s`]),
    ...(validUntil === undefined ? [] : [`until ${validUntil}`]),
    ...lacks.map((what) => `without ${what}`),
    ...beyond,
  ];
}

/** Widest cell that others are lined up with. */
const WIDEST = 40;

function table(grants: readonly GrantFacts[]): readonly string[] {
  const rows = grants.map(({ privileges, on, holdsFor }) => [
    printable([...privileges].sort().join(', ')),
    `${printable(on)}${holdsFor === 'both' ? ', tables made later included' : ''}`,
  ]);
  const width = Math.min(WIDEST, Math.max(...rows.map(([privileges]) => privileges.length)));
  return rows.map(([privileges, on]) => `    ${privileges.padEnd(width)}  ${on}`).sort();
}
