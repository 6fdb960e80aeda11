import { isUnresolved } from '../../tokens/unresolved';

/** How one client keeps the load balancer from dropping an idle connection. */
export interface ClientKeepalive {
  /** The client, driver or pooler. */
  readonly client: string;

  /**
   * The setting, in the client's own syntax.
   *
   * @default - the client does it by itself
   */
  readonly setting?: string;

  /**
   * After how many seconds of silence the client then sends something; always less than the listener's idle timeout.
   *
   * @default - the operating system decides, see the last entry of the list
   */
  readonly afterSeconds?: number;

  /** Where the setting goes, and what to know about it, as full sentences. */
  readonly note: string;
}

/**
 * What the entries of an engine are made of.
 *
 * @internal
 */
export interface KeepaliveInput {
  /** After how many idle seconds a client should send something. */
  readonly seconds: number;
}

/**
 * The entries of the clients of one engine.
 *
 * @internal
 */
export type Keepalives = (input: KeepaliveInput) => readonly ClientKeepalive[];

/**
 * After how many idle seconds clients should send something: well within the listener's limit, so that lost packets do
 * no harm.
 *
 * @param idleTimeoutSeconds of the listener; may be unknown until apply.
 * @internal
 */
export function keepaliveSeconds(idleTimeoutSeconds: number | undefined): number {
  const limit = idleTimeoutSeconds === undefined || isUnresolved(idleTimeoutSeconds) ? LEAST_LIMIT : idleTimeoutSeconds;
  return Math.min(60, Math.floor(limit / 2));
}

/** AWS takes no shorter idle timeout. */
const LEAST_LIMIT = 60;

/**
 * For clients that enable keepalive and leave the times to the operating system, whose own are two hours on Linux.
 *
 * @see https://docs.kernel.org/networking/ip-sysctl.html
 * @internal
 */
export function kernelSetting({ seconds }: KeepaliveInput): string {
  return `sysctl -w net.ipv4.tcp_keepalive_time=${seconds} net.ipv4.tcp_keepalive_intvl=${interval(seconds)}`;
}

/**
 * How long to wait before a probe without an answer is sent again.
 *
 * @internal
 */
export function interval(seconds: number): number {
  return Math.floor(seconds / 4);
}

/**
 * After how many seconds without an answer a connection is given up: the silence, and four probes.
 *
 * @internal
 */
export function givesUpSeconds(seconds: number): number {
  return seconds + 4 * interval(seconds);
}

/**
 * The note for a client whose keepalive time cannot be set.
 *
 * @internal
 */
export const KERNEL_DECIDES = 'It enables TCP keepalive by default; the operating system decides when to send.';
