import type { Keepalives } from './keepalive/client-keepalive';
import type { Recipes } from './recipes/client-connection';
import type { UrlForm } from './url-form';
import type { KnownParameter } from './url-parameters';
import type { UserDialect } from './user-statements/user-dialect';

/**
 * Everything about the clients of one engine, and about what its server requires of them. No property may be left out:
 * if there is nothing, that is stated.
 *
 * @internal
 */
export interface ClientFamily {
  /** What a URL of the engine looks like; none where its clients have no connection-URL format. */
  readonly url: UrlForm | undefined;
  /** Parameters that are allowed in that URL. */
  readonly urlParameters: readonly KnownParameter[];
  /** How clients connect, best first. */
  readonly recipes: Recipes;
  /** How clients keep idle connections. */
  readonly keepalives: Keepalives;
  /** How users are written; none where the engine has no users that could be told apart. */
  readonly users: UserDialect | undefined;
  /** A pattern for users that the clients read as they are written; none where they read any. */
  readonly userPattern: string | undefined;
  /** The same for databases. */
  readonly databasePattern: string | undefined;
  /** What else there is to say about the URL, as full sentences. */
  readonly urlNote: string | undefined;
  /**
   * What makes a server of one's own load a new certificate, as the rest of a sentence that begins with the name of the
   * engine; none where AWS does it.
   */
  readonly certificateReload: string | undefined;
  /**
   * The server's settings for its certificate, as one would look them up in its manual: names without a full stop, which
   * follow a colon.
   */
  readonly tlsSettings: string | undefined;
  /** The same for certificates of clients. */
  readonly clientCertificateSettings: string | undefined;
}
