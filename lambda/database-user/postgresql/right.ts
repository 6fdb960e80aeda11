import { identifier } from './quoting';

/** A privilege that a role has on something. */
export interface Right {
  readonly grantee: Grantee;
  readonly privilege: string;
  readonly on: Target;
  readonly isGrantable: boolean;
  /** Who gave it, where that is not who owns the thing. */
  readonly grantor?: string;
}

/** A role, or all of them. */
export type Grantee = { readonly role: string } | 'PUBLIC';

/** What a privilege is on. Its owner is not part of what it is. */
export type Target = (
  | { readonly kind: 'database' | 'schema'; readonly name: string }
  | { readonly kind: 'table' | 'sequence'; readonly schema: string; readonly name: string; readonly column?: string }
  | { readonly kind: 'future'; readonly schema?: string; readonly objects: string; readonly maker: string }
  /** In the server's own words, such as `ROUTINE public.f(integer)`. */
  | { readonly kind: 'other'; readonly schema?: string; readonly clause: string }
) & { readonly owner?: string };

/** What is executed, and what is said about it. */
export interface Step {
  readonly statements: readonly string[];
  readonly words: string;
  /** Whose thing it is about: who may do it. */
  readonly owner?: string;
}

export function granteeName(grantee: Grantee): string {
  return grantee === 'PUBLIC' ? 'PUBLIC' : identifier(grantee.role);
}

/** What a right is on, as it stands behind ON. */
export function clauseOf(on: Target): string {
  switch (on.kind) {
    case 'database':
    case 'schema':
      return `${on.kind.toUpperCase()} ${identifier(on.name)}`;
    case 'table':
    case 'sequence':
      return `${on.kind.toUpperCase()} ${identifier(on.schema)}.${identifier(on.name)}`;
    case 'future':
      return `${on.objects} to come of ${identifier(on.maker)}${on.schema === undefined ? '' : ` in ${identifier(on.schema)}`}`;
    case 'other':
      return on.clause;
  }
}

/** The same for the same right, whoever gave it. */
export function keyOf({ grantee, privilege, on }: Right): string {
  return `${privilegeOf(privilege, on)} ON ${clauseOf(on)} TO ${granteeName(grantee)}`;
}

function privilegeOf(privilege: string, on: Target): string {
  return 'column' in on && on.column !== undefined ? `${privilege} (${identifier(on.column)})` : privilege;
}

/** Grants rights of one grantee on one thing. */
export function grantStep(rights: readonly Right[]): Step {
  const [{ grantee, on }] = rights as [Right];
  const privileges = rights.map(({ privilege }) => privilegeOf(privilege, on)).join(', ');
  const to = granteeName(grantee);
  return {
    statements: [
      on.kind === 'future'
        ? `${defaultsOf(on)} GRANT ${privileges} ON ${on.objects} TO ${to}`
        : `GRANT ${privileges} ON ${clauseOf(on)} TO ${to}`,
    ],
    words: `GRANT ${privileges} ON ${clauseOf(on)} TO ${to}`,
    owner: on.owner,
  };
}

/** Revokes rights of one grantee on one thing that one role gave, and what was passed on. */
export function revokeStep(rights: readonly Right[], isOptionOnly = false): Step {
  const [{ grantee, on, grantor }] = rights as [Right];
  const option = isOptionOnly ? 'GRANT OPTION FOR ' : '';
  const privileges = rights.map(({ privilege }) => privilegeOf(privilege, on)).join(', ');
  const from = granteeName(grantee);
  const revoke =
    on.kind === 'future'
      ? `${defaultsOf(on)} REVOKE ${option}${privileges} ON ${on.objects} FROM ${from} CASCADE`
      : `REVOKE ${option}${privileges} ON ${clauseOf(on)} FROM ${from} CASCADE`;
  return {
    // A privilege can be taken back only by who gave it; in the name of anybody else, nothing happens.
    statements: grantor === undefined ? [revoke] : [`SET LOCAL ROLE ${identifier(grantor)}`, revoke, 'RESET ROLE'],
    words: `REVOKE ${option}${privileges} ON ${clauseOf(on)} FROM ${from}`,
    owner: grantor ?? on.owner,
  };
}

function defaultsOf({ maker, schema }: Extract<Target, { kind: 'future' }>): string {
  const place = schema === undefined ? '' : ` IN SCHEMA ${identifier(schema)}`;
  return `ALTER DEFAULT PRIVILEGES FOR ROLE ${identifier(maker)}${place}`;
}
