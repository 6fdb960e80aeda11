/** What a connection URL says besides host and port. All values may be tokens. */
export interface ConnectionUrlOptions {
  /**
   * Who logs in. There is no property for a password: URLs end up in outputs, state, logs and shell histories.
   *
   * @default the URL names no user
   */
  readonly user?: string;

  /**
   * Database to open: for RabbitMQ the virtual host, for Oracle the service, for Redis the number.
   *
   * @default the URL names no database
   */
  readonly database?: string;

  /**
   * Additional driver parameters that are known to be harmless. Parameters that carry a secret, weaken certificate
   * verification, point to another host or are unknown are refused.
   *
   * @default only those that make the client verify the certificate
   */
  readonly parameters?: { [key: string]: string };
}
