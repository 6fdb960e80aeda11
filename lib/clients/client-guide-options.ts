/** What a client guide is written for. All values may be tokens. */
export interface ClientGuideOptions {
  /**
   * Who logs in.
   *
   * @default the word USER stands for it, where clients need one
   */
  readonly user?: string;

  /**
   * Database to open: for RabbitMQ the virtual host, for Oracle the service.
   *
   * @default the word DATABASE stands for it
   */
  readonly database?: string;

  /**
   * The file with the CA certificates at the client.
   *
   * @default the file name of the bundle that is to be downloaded
   */
  readonly caFile?: string;

  /**
   * An address of the endpoint, for clients that take name and address apart.
   *
   * @default the word ENDPOINT_ADDRESS stands for it
   */
  readonly address?: string;
}
