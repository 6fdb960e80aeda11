/** Values to fill into a client guide. All of them may be tokens. */
export interface ClientGuideOptions {
  /**
   * Who logs in.
   *
   * @default the placeholder USER, if clients need one
   */
  readonly user?: string;

  /**
   * Database to open: for RabbitMQ the virtual host, for Oracle the service.
   *
   * @default the placeholder DATABASE
   */
  readonly database?: string;

  /**
   * The file with the CA certificates at the client.
   *
   * @default the file name of the bundle that is to be downloaded
   */
  readonly caFile?: string;

  /**
   * An address of the endpoint, for clients that accept name and address separately.
   *
   * @default the addresses that `addresses` gives the load balancer; otherwise the placeholder ENDPOINT_ADDRESS
   */
  readonly address?: string;
}
