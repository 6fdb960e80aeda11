import type { DatabaseEngine } from '../../engine/database-engine';
import type { TlsMode } from '../../engine/tls-mode';
import type { TextFunctions } from '../quoting/text-functions';
import type { ClientRecipe } from './client-recipe';

/**
 * Everything a recipe needs to know about one endpoint. All texts may be unknown until apply: recipes quote them for
 * the languages that they write, put them together and never look into them.
 *
 * @internal
 */
export interface ClientConnection {
  readonly engine: DatabaseEngine;
  readonly hostname: string;
  readonly port: number;
  readonly tls: TlsMode;
  /** Absent if not given: recipes then write USER, or leave it out if clients can do without. */
  readonly user?: string;
  readonly database?: string;
  /** Addresses of the endpoint, at least one, for clients that take name and address apart. */
  readonly addresses: readonly string[];
  /** The name in the certificate. */
  readonly certificateName: string;
  /** Whether `certificateName` is another one than `hostname`. */
  readonly nameDiffers: boolean;
  /** Whether the database is known to be one of RDS. */
  readonly isOnRds: boolean;
  /** A file with the CA certificates. */
  readonly caFile: string;
  /** Whether clients that read the operating system's trust store need no file. */
  readonly caInSystemStore: boolean;
  /** After how many idle seconds a client should send something, so that the listener does not drop the connection. */
  readonly keepaliveSeconds: number;
  readonly terraform: TextFunctions;
}

/**
 * The recipes of one engine, best first.
 *
 * @internal
 */
export type Recipes = (connection: ClientConnection) => readonly ClientRecipe[];

/**
 * An option of a command that names the CA file, unless the client finds the CA by itself.
 *
 * @internal
 */
export function caOption({ caFile, caInSystemStore }: ClientConnection, option: string): readonly string[] {
  return caInSystemStore ? [] : [option, caFile];
}
