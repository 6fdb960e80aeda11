import type { CertificateFacts } from './certificate-facts';
import type { ConversationError } from './connection/conversation-error';
import type { HoldOutcome } from './connection/hold';
import type { OldTlsAnswer } from './connection/old-tls';
import type { ClientCertificateAnswer, PlaintextAnswer } from './protocol/protocol';
import type { SshBanner } from './protocol/ssh-banner';
import type { CheckRequest } from './request';

/** Everything that was seen of one endpoint. Judging it needs no network. */
export interface Observation {
  readonly request: CheckRequest;
  readonly now: Date;
  /** Why the name has no address. */
  readonly nameError?: string;
  /** Each address of the name. */
  readonly addresses: readonly AddressSeen[];
  /** Each address of a name that is expected to be blocked. */
  readonly waysIn?: readonly WayIn[];
  readonly tls?: TlsSeen;
  readonly plaintext?: PlaintextAnswer;
  readonly oldTls?: OldTlsAnswer;
  readonly ssh?: SshBanner | ConversationError;
  readonly hold?: HoldOutcome;
}

/** One address, and whether it took a connection. */
export interface AddressSeen {
  readonly address: string;
  readonly connectMs?: number;
  readonly failure?: ConversationError;
}

/** Whether an address lets us in. The evidence is a clause that continues "the server ...". */
export interface WayIn {
  readonly address: string;
  readonly verdict:
    | 'blocked'
    | 'open'
    /** Somebody answered, and it cannot be told who. */
    | 'unknown'
    /** This machine has no route to the address, so nothing there was contacted. */
    | 'not-tried';
  readonly evidence: string;
}

export type TlsSeen = TlsOpened | TlsFailed;

export interface TlsOpened {
  readonly opened: true;
  readonly version: string;
  readonly cipher: string;
  /** Only a client with weakened settings got in. */
  readonly lenient: boolean;
  /** OpenSSL's name of what is wrong with the chain. */
  readonly chainError?: string;
  readonly certificate: CertificateFacts;
  readonly handshakeMs: number;
  readonly clientCertificate: ClientCertificateAnswer;
}

export interface TlsFailed {
  readonly opened: false;
  /** A clause that continues "the server ...". */
  readonly reason: string;
  /** Whether the server said in its own protocol that it has no TLS. */
  readonly hasNoTls: boolean;
  /** What to do about an error that tells nothing of TLS. Full sentences. */
  readonly remedy?: string;
  /** Where the missing certificate of the client is the reason. */
  readonly clientCertificate?: ClientCertificateAnswer;
}
