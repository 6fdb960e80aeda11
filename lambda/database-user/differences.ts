import { type DeclaredUser, roleOf, secondLoginOf } from '../../lib/users/contract';
import {
  FINDING_KINDS,
  type Finding,
  type FindingKind,
  type GrantFacts,
  type LoginFacts,
} from '../../lib/users/description';
import type { Description } from './user-server';

/** What came of a comparison, in the order of `FINDING_KINDS`. */
export interface Comparison {
  readonly differences: readonly Finding[];
  /** What is worth knowing and is as declared, or may be. */
  readonly remarks: readonly Finding[];
}

/**
 * Where a user is not as it is declared. The facts may be in any order, and none of them twice makes a difference.
 *
 * A difference is what somebody must do something about. What comes of ordinary work on the database is a remark:
 * with `futureTables: false` a table made after the last converge is not granted, as declared.
 */
export function differencesOf(user: DeclaredUser, description: Description | undefined): Comparison {
  if (description === undefined) return { differences: [loginMissing(user)], remarks: [] };
  const { facts, wanted } = description;
  const { differences, remarks } = grantFindings(user, description);
  return {
    differences: inOrder([
      ...facts.foreign.map((says) => finding('not-ours', says)),
      ...(facts.logins.some(({ name }) => name === user.userName) ? [] : [loginMissing(user)]),
      ...(facts.role === undefined
        ? [finding('role-missing', `The role '${roleOf(user.userName)}', which holds the privileges, does not exist`)]
        : facts.role.beyond.map((what) => beyond(roleOf(user.userName), what))),
      ...facts.logins.flatMap((login) => loginFindings(user, login)),
      ...differences,
      ...facts.elsewhere.map((name) =>
        finding(
          'privilege-beyond',
          `It was granted something in the database '${name}', which is not the declared one`,
        ),
      ),
      ...wanted.problems.map((problem) => finding('cannot-grant', `Declared, and cannot be granted: ${problem}`)),
      ...(mayOwn(user) ? [] : owned(description)),
      ...(user.revokePublic ? publicFindings(description) : []),
    ]),
    remarks: inOrder([
      ...remarks,
      ...(mayOwn(user) ? owned(description) : []),
      ...(user.revokePublic ? [] : publicFindings(description)),
    ]),
  };
}

/** Findings in the order of their kinds, each once. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const rank = ({ kind }: Finding) => FINDING_KINDS.indexOf(kind);
  const unique = new Map(findings.map((each) => [`${each.kind} ${each.says}`, each]));
  return [...unique.values()].sort((a, b) => rank(a) - rank(b) || (a.says < b.says ? -1 : 1));
}

export function finding(kind: FindingKind, says: string): Finding {
  return { kind, says: /[.!?]$/.test(says) ? says : `${says}.` };
}

function loginMissing({ userName }: DeclaredUser): Finding {
  return finding('login-missing', `The login '${userName}' does not exist`);
}

function beyond(name: string, what: string): Finding {
  return finding('attribute-beyond', `'${name}' has beyond what is declared: ${what}`);
}

function loginFindings(user: DeclaredUser, login: LoginFacts): readonly Finding[] {
  const { name, connectionLimit, statementTimeoutSeconds, validUntil } = login;
  // IAM gives one login its tokens; a second one has no use.
  const isClosed = user.auth === 'iam' && name === secondLoginOf(user.userName);
  return [
    ...(login.canLogIn || isClosed ? [] : [finding('cannot-log-in', `'${name}' cannot log in`)]),
    ...login.beyond.map((what) => beyond(name, what)),
    ...login.lacks.map((what) => finding('membership-missing', `'${name}' lacks ${what}`)),
    ...changed(connectionLimit, user.connectionLimit, (found, declared) =>
      finding(
        'connection-limit',
        `'${name}' may have ${found ?? 'any number of'} connections; declared: ${declared ?? 'any number'}`,
      ),
    ),
    ...changed(statementTimeoutSeconds, user.statementTimeoutSeconds, (found, declared) =>
      finding(
        'statement-timeout',
        `A statement of '${name}' may take ${seconds(found)}; declared: ${seconds(declared)}`,
      ),
    ),
    ...changed(timeOf(validUntil), timeOf(user.validUntil), (found, declared) =>
      finding('valid-until', `'${name}' ends ${found ?? 'never'}; declared: ${declared ?? 'never'}`),
    ),
  ];
}

function changed<T>(
  found: T | undefined,
  declared: T | undefined,
  says: (found: T | undefined, declared: T | undefined) => Finding,
): readonly Finding[] {
  return found === declared ? [] : [says(found, declared)];
}

function seconds(count: number | undefined): string {
  return count === undefined ? 'any time' : `${count} s`;
}

function timeOf(written: string | undefined): string | undefined {
  return written === undefined ? undefined : new Date(written).toISOString();
}

/** Servers of MySQL's protocol show this where somebody has all there are. */
const ALL = 'ALL PRIVILEGES';
/** It is not among them. */
const GRANT_OPTION = 'GRANT OPTION';

function grantFindings(user: DeclaredUser, { facts, wanted }: Description): Comparison {
  const found = byGrantee(facts.grants);
  const declared = byGrantee(wanted.grants);
  const isGone = ({ on }: Granted) => wanted.gone.includes(on);
  const surplus = leftAfter(found, (key) => declared.get(key)?.privileges);
  // Without the role nothing is granted, which is said once.
  const missing = facts.role === undefined ? [] : leftAfter(declared, (key) => found.get(key)?.privileges);
  const newcomers = new Set(wanted.grants.filter(({ mayBeNew }) => mayBeNew).map(keyOf));
  // What has some of the privileges was there when they were granted.
  const isNew = ({ grant, left }: Left) =>
    !user.futureTables && newcomers.has(keyOf(grant)) && left.length === grant.privileges.size;
  return {
    differences: [
      ...surplus.filter(({ grant }) => !isGone(grant)).map(beyondGrant),
      ...missing.filter((each) => !isNew(each)).map(missingGrant),
    ],
    remarks: [
      ...surplus.filter(({ grant }) => isGone(grant)).map(droppedTable),
      ...missing.filter(isNew).map(newTable),
    ],
  };
}

/** What of a grant is not covered by something else. */
interface Left {
  readonly grant: Granted;
  readonly left: readonly string[];
}

function leftAfter(
  grants: ReadonlyMap<string, Granted>,
  coverOf: (key: string) => ReadonlySet<string> | undefined,
): readonly Left[] {
  return [...grants].flatMap(([key, grant]) => {
    const cover = coverOf(key) ?? new Set();
    const isCovered = (each: string) => cover.has(each) || (cover.has(ALL) && each !== GRANT_OPTION);
    const left = [...grant.privileges].filter((each) => !isCovered(each));
    return left.length === 0 ? [] : [{ grant, left }];
  });
}

function beyondGrant({ grant, left }: Left): Finding {
  const kind = grant.holdsFor === 'later' ? 'future-privilege-beyond' : 'privilege-beyond';
  return finding(kind, `${inWords(grant, 'has', left)}, which is not declared`);
}

function missingGrant({ grant, left }: Left): Finding {
  const kind = grant.holdsFor === 'later' ? 'future-privilege-missing' : 'privilege-missing';
  return finding(kind, `${inWords(grant, 'lacks', left)}, which is declared`);
}

function droppedTable({ grant, left }: Left): Finding {
  const has = inWords(grant, 'has', left);
  return finding('dropped-table', `${has}, which does not exist any more: the next converge revokes it`);
}

function newTable({ grant, left }: Left): Finding {
  const lacks = inWords(grant, 'lacks', left);
  return finding('new-table', `${lacks}: made after the last converge, or revoked; the next converge grants it`);
}

interface Granted extends Omit<GrantFacts, 'privileges'> {
  readonly privileges: Set<string>;
}

function byGrantee(grants: readonly GrantFacts[]): ReadonlyMap<string, Granted> {
  const granted = new Map<string, Granted>();
  for (const grant of grants) {
    const known = granted.get(keyOf(grant)) ?? { ...grant, privileges: new Set<string>() };
    for (const privilege of grant.privileges) known.privileges.add(privilege);
    granted.set(keyOf(grant), known);
  }
  return granted;
}

function keyOf({ to, on }: Pick<GrantFacts, 'to' | 'on'>): string {
  return JSON.stringify([to, on]);
}

function inWords({ to, on, holdsFor }: Granted, verb: string, privileges: readonly string[]): string {
  const later = holdsFor === 'both' ? ' (tables made later included)' : '';
  return `'${to}' ${verb} ${[...privileges].sort().join(', ')} on ${on}${later}`;
}

/** Who may make objects owns what it makes: a view, or a table where the server has owners of tables. */
function mayOwn({ engine, grants }: DeclaredUser): boolean {
  const makes = engine === 'postgres' ? /^CREATE$/i : /^(?:ALL|CREATE|EVENT|TRIGGER)\b/i;
  return grants.some(({ privileges }) => privileges.some((privilege) => makes.test(privilege.trim())));
}

function owned({ facts }: Description): readonly Finding[] {
  return facts.owns.map((what) => finding('owns-objects', `It owns ${what}.`));
}

function publicFindings({ facts }: Description): readonly Finding[] {
  return facts.publicPrivileges.map((what) => finding('public-privilege', `All users have this: ${what}`));
}
