import type { ServerName } from './server-name';

/** Parameters of a URL. `undefined` stands for a flag: a name without a value. */
export type UrlParameters = Readonly<Record<string, string | undefined>>;

/** What the URL of one engine can say, and what it says by default. */
export interface UrlForm {
  /** Where the name of the database goes. */
  readonly database: 'path' | 'parameter' | 'nowhere';
  /** Name of the parameter, or of what the path names, in the words of the engine. */
  readonly databaseWord?: string;
  /** Whether the URL names the user. */
  readonly user: boolean;
  /** Whether readers want a slash before the query even when nothing is in the path. */
  readonly slash?: boolean;
  /**
   * Verification of the certificate, and what keeps the driver on the endpoint; `by scheme` where the scheme says that the
   * certificate is verified, and there is nothing else to say.
   */
  readonly parameters: 'by scheme' | ((certificate: ServerName) => UrlParameters);
}

/** What a URL of an engine that negotiates TLS looks like: its scheme promises nothing, so parameters have to. */
export interface VerifyingUrlForm extends UrlForm {
  readonly parameters: (certificate: ServerName) => UrlParameters;
}

/** Scheme, user, host, port and database in the usual places. */
export const PATH = { database: 'path', user: true } as const;
