/** How one client connects, and what it verifies when it does. */
export interface ClientRecipe {
  /** Name of the client. */
  readonly client: string;

  /**
   * What to run, in a POSIX shell, or the connection string to paste. It asks for the password where one is needed.
   *
   * Words in capitals, such as USER, are placeholders.
   */
  readonly command: string;

  /** Whether it refuses a certificate that does not cover the server's name. */
  readonly verifiesName: boolean;

  /** Whether it refuses a certificate that no trusted CA has signed. */
  readonly verifiesChain: boolean;

  /**
   * What to know about it, as full sentences.
   *
   * @default - nothing
   */
  readonly note?: string;
}
