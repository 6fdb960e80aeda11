import type { Duplex } from 'node:stream';
import type { Wire } from '../connection/wire';
import type { Refusal } from './refusal';

/** Whether the server agreed to speak TLS. */
export type TlsStart =
  | {
      readonly ready: true;
      readonly transport: Duplex;
      /** To be called when the handshake is done. */
      readonly onSecure?: () => void;
    }
  /** The server has no TLS. The reason is a clause that continues "the server ...". */
  | { readonly ready: false; readonly reason: string; readonly remedy?: undefined }
  | ({ readonly ready: false } & Refusal);

/** Whether a client without TLS gets anywhere. The evidence is a clause that continues "the server ...". */
export interface PlaintextAnswer {
  readonly verdict: 'refused' | 'accepted' | 'unknown';
  readonly evidence: string;
  /** What to do where that is something else than refusing plaintext. Full sentences. */
  readonly remedy?: string;
}

/** Whether a server serves a client without a certificate. The evidence is a clause that continues "the server ...". */
export interface ClientCertificateAnswer {
  readonly verdict:
    | 'not-demanded'
    | 'demanded'
    /** It ends the connection and does not say why. */
    | 'hangs-up'
    | 'unknown';
  readonly evidence: string;
  /** What to do where that is something else than showing a certificate. Full sentences. */
  readonly remedy?: string;
}

/** Fresh connections to the endpoint under check. */
export interface Dialer {
  /** Nothing was said on it yet. */
  readonly plain: () => Promise<Wire>;
  /** After the TLS handshake, before anything else. */
  readonly encrypted: () => Promise<Wire>;
}

/** How the clients of an engine open a connection, up to the login, which no probe ever attempts with a password. */
export interface Protocol {
  /**
   * What a client says first; absent where the server speaks first.
   */
  readonly opening?: (serverName: string) => Buffer;
  /** Brings a fresh connection to where the client sends its ClientHello. */
  readonly startTls: (wire: Wire) => Promise<TlsStart>;
  /** Tries to get in without TLS. Rejects with a `ConversationError` where the conversation breaks off. */
  readonly tryPlaintext: (dialer: Dialer) => Promise<PlaintextAnswer>;
  /**
   * Says a client's first words over TLS, without a login. In TLS 1.3 a server hears of the client's certificate only
   * once the client takes the handshake for done: its answer proves that it goes on without one. Rejects with a
   * `ConversationError` where no answer comes. Absent where the engine's clients have nothing to say before a login.
   */
  readonly greet?: (wire: Wire, serverName: string) => Promise<ClientCertificateAnswer>;
  /** What a connection that breaks off means to a client without TLS; "refused" unless the question was a guess. */
  readonly hangUpMeans?: 'unknown';
  /** The newest TLS that fits into the protocol. */
  readonly maxTlsVersion?: 'TLSv1.2';
  /** What ends connections that do not log in, where the server does not wait forever. */
  readonly loginDeadline?: string;
}

/** The login that probes name where a protocol asks for one before it answers. It has no password. */
export const MADE_UP_USER = 'database_endpoint_check';

/** What an answer over TLS proves. */
export const NOT_DEMANDED: ClientCertificateAnswer = {
  verdict: 'not-demanded',
  evidence: 'serves clients without a client certificate',
};
