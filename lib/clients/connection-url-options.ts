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
   * Further parameters of the driver: those that are known to be harmless. What carries a secret, weakens the check
   * of the certificate or leads to another host is refused, and so is what is not known.
   *
   * @default only those that make the client verify the certificate
   */
  readonly parameters?: { [key: string]: string };
}
