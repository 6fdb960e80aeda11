import type { Construct } from 'constructs';
import { serverName } from '../clients/server-name';
import { inOrder, resolvedText } from '../tokens/resolved-text';
import { isUnresolvedList } from '../tokens/unresolved';
import type { ClientEndpoint, DeclaredGrant, DeclaredUser } from './contract';
import type { Grant } from './grant';
import { privilegesOf, type UserEngine } from './user-engine';
import type { UserSettings } from './user-settings';

/** What is written, with tokens and expressions in place of values. */
type Written<Type> = { readonly [property in keyof Type]: unknown };

/** The user as the program reads it. The order of grants, tables and privileges makes no difference. */
export function declaredUser(
  scope: Construct,
  settings: UserSettings,
  secretArn: string | undefined,
): Written<DeclaredUser> {
  const { props, engine, userName, server, auth } = settings;
  return {
    name: scope.node.path,
    engine: engine?.name,
    host: server.host,
    port: server.port,
    certificateAuthorities: server.certificateAuthorities,
    database: props.database,
    userName,
    auth,
    grants: engine && declaredGrants(scope, props.grants, engine),
    futureTables: props.futureTables ?? false,
    connectionLimit: props.connectionLimit,
    statementTimeoutSeconds: props.statementTimeoutSeconds,
    validUntil: props.validUntil,
    revokePublic: props.revokePublic ?? false,
    ownedObjects: props.reassignOwnedObjects ? 'reassign-to-admin' : 'refuse',
    adminSecretArn: props.admin._arn,
    secretArn,
    endpoint: clientEndpoint(settings),
  };
}

/** What is granted, in an order that is that of nothing but the grants. */
export function declaredGrants(
  scope: Construct,
  grants: readonly Grant[],
  engine: UserEngine,
): Written<DeclaredGrant>[] {
  const declared = grants.map((grant) => ({
    schema: grant._on.schema,
    tables: grant._on.tables && inOrder(scope, grant._on.tables),
    privileges: sortedPrivileges(scope, privilegesOf(grant, engine)),
  }));
  const keyed = declared.map((grant) => ({ grant, key: resolvedText(scope, grant) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ grant }) => grant);
}

function sortedPrivileges(scope: Construct, privileges: readonly string[]): readonly string[] {
  return isUnresolvedList(privileges) ? privileges : inOrder(scope, privileges);
}

function clientEndpoint({ client: { hostname, port }, server, database }: UserSettings): Written<ClientEndpoint> {
  const { engine, tls, certificateName } = database;
  const { differs } = serverName({ engine, hostname, tls, certificateName });
  // Where TLS ends at the listener, clients see a certificate of ACM.
  const authorities = tls === 'terminate' ? undefined : server.certificateAuthorities;
  return {
    hostname,
    port,
    sslmode: differs ? 'verify-ca' : 'verify-full',
    certificateAuthorities: authorities,
    certificateAuthoritiesUrl: authorities === undefined ? database.certificateAuthoritiesUrl : undefined,
  };
}
