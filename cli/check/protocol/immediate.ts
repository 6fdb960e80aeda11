import type { DatabaseEngine } from '../../../lib/engine/database-engine';
import { clientHello } from '../connection/client-hello';
import { ConversationError } from '../connection/conversation-error';
import { INCOMPLETE, value } from '../connection/parsed';
import type { Wire } from '../connection/wire';
import { GREETINGS, type Greeting, type GreetingVerdict, judgeGreeting, shown } from './greetings';
import type { PlaintextAnswer, Protocol } from './protocol';

/** Engines whose clients begin with a ClientHello. Their plaintext protocols differ, so each has its own greeting. */
export function immediate(engine: DatabaseEngine): Protocol {
  const greeting = engine._dialect && GREETINGS[engine._dialect];
  return {
    opening: (serverName) => clientHello({ newest: 'TLSv1.2', serverName }),
    hangUpMeans: greeting ? undefined : 'unknown',
    loginDeadline: engine._dialect === 'rabbitmq' ? 'handshake_timeout, 10 seconds by default' : undefined,
    startTls: async (wire) => ({ ready: true, transport: wire.handOver() }),
    tryPlaintext: async ({ plain }) => {
      const wire = await plain();
      wire.send(greeting?.question ?? ANYTHING);
      return ask(wire, greeting);
    },
  };
}

async function ask(wire: Wire, greeting: Greeting | undefined): Promise<PlaintextAnswer> {
  try {
    return await wire.read((bytes) => {
      const verdict = judgeGreeting(greeting, bytes, false);
      return verdict === 'more' ? INCOMPLETE : value(answerOf(verdict, bytes), bytes.length);
    });
  } catch (error) {
    if (!(error instanceof ConversationError) || wire.unread.length === 0) throw error;
    return answerOf(judgeGreeting(greeting, wire.unread, true), wire.unread);
  }
}

/** Two empty lines: many text protocols answer them, and TLS servers hang up. */
const ANYTHING = Buffer.from('\r\n\r\n');

function answerOf(verdict: GreetingVerdict, bytes: Buffer): PlaintextAnswer {
  switch (verdict) {
    case 'tls':
      return { verdict: 'refused', evidence: 'answers a client without TLS with a TLS alert' };
    case 'http-refusal':
      return { verdict: 'refused', evidence: 'tells a client without TLS to use HTTPS' };
    case 'plaintext':
      return { verdict: 'accepted', evidence: `answers a client without TLS: ${shown(bytes)}` };
    default:
      return { verdict: 'unknown', evidence: `answers a client without TLS with something else: ${shown(bytes)}` };
  }
}
