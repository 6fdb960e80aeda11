import { isExpression } from '../exposed-endpoint';
import type { User } from '../user';
import type { Fact, PrivilegesChange, UserChange, UserSettingChange } from './difference';
import { pairedByFirst } from './pairs';
import { privilegesOnlyOf } from './privileges';

/**
 * What is different about the logins that an app makes. The name of a login is what the database knows it by; a login whose
 * name is another one is told apart by the path of its `DatabaseUser`.
 */
export function userChanges(
  base: readonly User[],
  head: readonly User[],
): (UserChange | PrivilegesChange | UserSettingChange)[] {
  const { both, added, removed } = pairedByFirst(
    base,
    head,
    (user) => user.userName,
    (user) => user.user,
  );
  return [
    ...added.flatMap((user) => [userChange('userAdded', user), ...privileges('privilegesGained', user, undefined)]),
    ...both.flatMap(([before, after]) => [
      ...privileges('privilegesGained', after, before),
      ...privileges('privilegesLost', before, after),
      ...settings(before, after),
    ]),
    ...removed.flatMap((user) => [userChange('userRemoved', user), ...privileges('privilegesLost', user, undefined)]),
  ];
}

function userChange(kind: UserChange['kind'], user: User): UserChange {
  return { kind, user, facts: kind === 'userAdded' ? ['gained', 'any'] : ['any'] };
}

function privileges(kind: PrivilegesChange['kind'], user: User, other: User | undefined): PrivilegesChange[] {
  return privilegesOnlyOf(user, other).map((grant) => ({
    kind,
    user,
    grant,
    facts: kind === 'privilegesGained' ? ['gained', 'any'] : ['any'],
  }));
}

function settings(before: User, after: User): UserSettingChange[] {
  return (Object.keys(JUDGES) as UserSettingChange['name'][]).flatMap((name): UserSettingChange[] => {
    const [old, now] = [before, after].map((user) => textOf(user[name]));
    if (old === now) return [];
    return [
      {
        kind: 'userSetting',
        user: after,
        name,
        before: old,
        after: now,
        facts: [...JUDGES[name](before, after), 'any'],
      },
    ];
  });
}

function textOf(value: string | number | boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** What a change of a property is beside being one. Of what is known after apply, the worse is taken to be true. */
const JUDGES: Readonly<Record<UserSettingChange['name'], (before: User, after: User) => readonly Fact[]>> = {
  // The secret and the password may be the same; the name is one that nobody had.
  userName: () => ['gained'],
  integration: () => [],
  // A password can be passed on.
  auth: (_, { auth }) => (auth === 'iam' ? [] : ['weakened']),
  // Which privileges come of it is told by themselves.
  database: () => [],
  futureTables: (_, { futureTables }) => (futureTables === false ? [] : ['gained']),
  rotateEveryDays: (before, after) => (after.auth !== 'iam' && isRarer(before, after) ? ['weakened'] : []),
  validUntil: (before, after) => (after.auth !== 'iam' && endsLater(before, after) ? ['weakened'] : []),
};

function isRarer({ rotateEveryDays: before }: User, { rotateEveryDays: after }: User): boolean {
  if (after === undefined || before === undefined) return after === undefined;
  return isExpression(before) || isExpression(after) || after > before;
}

function endsLater({ validUntil: before }: User, { validUntil: after }: User): boolean {
  if (after === undefined || before === undefined) return after === undefined;
  const [old, now] = [Date.parse(before), Date.parse(after)];
  return Number.isNaN(old) || Number.isNaN(now) || now > old;
}
