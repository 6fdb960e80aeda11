import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from './connection';
import { ConversationError } from './conversation-error';

/** What became of a connection without traffic. */
export interface HoldOutcome {
  readonly verdict: 'survived' | 'closed-meanwhile' | 'forgotten' | 'noisy' | 'not-held';
  /** How long it was silent. */
  readonly seconds: number;
  /** A clause that continues "the server ...". */
  readonly evidence: string;
}

/** A server that talks all the time keeps the connection busy: there is nothing to measure. */
const MOST_UNASKED_BYTES = 64 * 1024;

/**
 * Leaves a connection idle, then closes it. Load balancers and firewalls drop idle connections silently
 * and answer the next packet with a reset, or not at all; a server that still knows the connection ends it in order.
 */
export async function holdIdle(
  connection: Connection,
  stream: Duplex,
  seconds: number,
  answerMs: number,
): Promise<HoldOutcome> {
  connection.extend(seconds * 1000 + 2 * answerMs);
  const start = performance.now();
  const ending = endingOf(stream, connection);
  const timer = new AbortController();
  const early = await Promise.race([ending, sleep(seconds * 1000, 'silence' as const, { signal: timer.signal })]);
  const elapsed = (performance.now() - start) / 1000;
  if (early !== 'silence') {
    timer.abort();
    const verdict = early.ending === 'malformed' ? 'noisy' : 'closed-meanwhile';
    return { verdict, seconds: elapsed, evidence: early.message };
  }
  connection.extend(answerMs);
  stream.end();
  const { ending: how, message } = await ending;
  return how === 'closed'
    ? { verdict: 'survived', seconds: elapsed, evidence: 'still answers' }
    : { verdict: 'forgotten', seconds: elapsed, evidence: message };
}

function endingOf(stream: Duplex, connection: Connection): Promise<ConversationError> {
  let unasked = 0;
  return new Promise((resolve) => {
    const fail = (error: unknown) => resolve(ConversationError.of(error) ?? new ConversationError('reset'));
    stream.once('end', () => resolve(new ConversationError('closed')));
    stream.on('error', fail);
    stream.once('close', () => fail(connection.failure));
    stream.on('data', (chunk: Buffer) => {
      unasked += chunk.length;
      if (unasked > MOST_UNASKED_BYTES) resolve(new ConversationError('malformed', 'never stops talking'));
    });
  });
}
