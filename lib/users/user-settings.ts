import { databaseAuthority } from '../engine/certificate-authority';
import type { ManagedAuthority } from '../engine/managed-name';
import { DatabaseRole } from '../targets/followed-target';
import { isUnresolved } from '../tokens/unresolved';
import type { DatabaseBehindEndpoint } from './database-endpoint-interface';
import type { DatabaseUserProps } from './database-user-props';
import { type UserEngine, userEngineOf } from './user-engine';
import { userNameFor } from './user-name';

/** A user with every default filled. Texts and numbers may be tokens. */
export interface UserSettings {
  readonly props: DatabaseUserProps;
  readonly database: DatabaseBehindEndpoint;
  /** Undefined for engines whose users the function cannot make. */
  readonly engine?: UserEngine;
  /** Undefined where none was written, and none can be made of the construct's id. */
  readonly userName?: string;
  readonly server: ServerSettings;
  /** What clients connect to. Each time that an endpoint is asked, its answer is another token. */
  readonly client: { readonly hostname: string; readonly port: number };
  readonly auth: 'password' | 'iam';
  readonly vpcId: string;
}

/** The server that the function connects to. */
export interface ServerSettings {
  /** Undefined where the endpoint tells none that users can be made on. */
  readonly host?: string;
  readonly port: number;
  readonly certificateAuthorities?: string;
  /** Whose CA signs its certificate, as far as it is known. */
  readonly authority?: ManagedAuthority;
  readonly securityGroupId?: string;
}

/**
 * Fills the defaults.
 *
 * @param id of the construct.
 * @param textOf what a token comes to as text.
 */
export function resolveUser(id: string, props: DatabaseUserProps, textOf: (text: string) => string): UserSettings {
  const { _database: database, hostname, port } = props.endpoint;
  return {
    props,
    database,
    engine: userEngineOf(database.engine),
    userName: props.userName ?? userNameFor(id),
    server: serverOf(props, database, textOf),
    client: { hostname, port },
    auth: props.auth?._method ?? 'password',
    vpcId: props.network.vpcId ?? database.vpcId,
  };
}

function serverOf(
  { server = {} }: DatabaseUserProps,
  { engine, target, port }: DatabaseBehindEndpoint,
  textOf: (text: string) => string,
): ServerSettings {
  const takesUsers = target._name?.kind !== 'rdsProxy' && target._name?.role !== DatabaseRole.READER;
  const told = takesUsers ? (target._certificateName ?? target._name?.hostname) : undefined;
  const host = server.host ?? told;
  return {
    host,
    port: server.port ?? port,
    certificateAuthorities: server.certificateAuthorities,
    authority: databaseAuthority({
      engine,
      certificateName: host && textOf(host),
      isExpression: isUnresolved(host),
      targetAuthority: takesUsers && server.host === undefined ? target._authority : undefined,
    }),
    securityGroupId:
      server.securityGroupId ?? (target._name?.kind === 'rdsProxy' ? undefined : target._options.securityGroupId),
  };
}
