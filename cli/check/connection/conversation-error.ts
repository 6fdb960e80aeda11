/** How a conversation with a server ends before it got anywhere. */
export type Ending =
  | 'timed-out'
  /** The server ended the connection in order. */
  | 'closed'
  /** The connection was cut. */
  | 'reset'
  /** Nobody listens on the port. */
  | 'refused'
  /** Somebody on the way says that the host cannot be reached. */
  | 'unreachable'
  /** This machine has no way to the address, so the server never heard of us. */
  | 'no-route'
  /** The server said something that its protocol does not know. */
  | 'malformed';

/** The message is a clause that continues "the server ...". */
export class ConversationError extends Error {
  public constructor(
    public readonly ending: Ending,
    message: string = PHRASES[ending],
    /** The alert with which the server ended TLS, as OpenSSL calls it: `CERTIFICATE_REQUIRED`. */
    public readonly alert?: string,
  ) {
    super(message);
  }

  /** What an error of a socket means; `undefined` for errors that no server can cause. */
  public static of(error: unknown): ConversationError | undefined {
    if (error instanceof ConversationError) return error;
    const { code = '', reason } = error as NodeJS.ErrnoException & { reason?: string };
    if (code.startsWith('ERR_SSL_')) {
      return new ConversationError('malformed', `fails in TLS: ${reason ?? code}`, /_ALERT_(\w+)$/.exec(code)?.[1]);
    }
    return code in CODES ? new ConversationError(CODES[code]) : undefined;
  }
}

const PHRASES: Record<Ending, string> = {
  'timed-out': 'does not answer in time',
  closed: 'hangs up',
  reset: 'resets the connection',
  refused: 'refuses the connection',
  unreachable: 'cannot be reached',
  'no-route': 'is at an address to which this machine has no route',
  malformed: 'breaks its protocol',
};

const CODES: Record<string, Ending> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timed-out',
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  EACCES: 'no-route',
  EPERM: 'no-route',
  ENETUNREACH: 'no-route',
  EADDRNOTAVAIL: 'no-route',
  EAFNOSUPPORT: 'no-route',
  EINVAL: 'no-route',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  EPROTO: 'malformed',
  ERR_STREAM_PREMATURE_CLOSE: 'closed',
};
