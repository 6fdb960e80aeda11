import type { DatabaseEngine } from '../../../lib/engine/database-engine';
import { serverText } from '../../server-text';
import { clientHello } from '../connection/client-hello';
import { ConversationError } from '../connection/conversation-error';
import { INCOMPLETE, value } from '../connection/parsed';
import type { Wire } from '../connection/wire';
import {
  type Greeting,
  type GreetingVerdict,
  greetingOf,
  judgeGreeting,
  judgeSecureAnswer,
  type SecureVerdict,
  shown,
} from './greetings';
import { type ClientCertificateAnswer, NOT_DEMANDED, type PlaintextAnswer, type Protocol } from './protocol';

/** Engines whose clients begin with a ClientHello. Their plaintext protocols differ, so each has its own greeting. */
export function immediate(engine: DatabaseEngine): Protocol {
  const greeting = greetingOf(engine._dialect);
  return {
    opening: (serverName) => clientHello({ newest: 'TLSv1.2', serverName }),
    hangUpMeans: greeting ? undefined : 'unknown',
    loginDeadline: engine._dialect === 'rabbitmq' ? 'handshake_timeout, 10 seconds by default' : undefined,
    startTls: async (wire) => ({ ready: true, transport: wire.handOver() }),
    greet: greeting && ((wire, serverName) => greet(wire, greeting, serverName)),
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

async function greet(wire: Wire, greeting: Greeting, serverName: string): Promise<ClientCertificateAnswer> {
  wire.send(greeting.questionFor?.(serverName) ?? greeting.question);
  try {
    return await wire.read((bytes) => {
      const verdict = judgeSecureAnswer(bytes, false);
      return verdict.type === 'more' ? INCOMPLETE : value(secureAnswerOf(verdict), bytes.length);
    });
  } catch (error) {
    const { unread } = wire;
    if (!(error instanceof ConversationError)) throw error;
    if (unread.length > 0) return secureAnswerOf(judgeSecureAnswer(unread, true));
    if (error.alert !== undefined || error.ending === 'timed-out' || !greeting.isTakenAmiss) throw error;
    return { verdict: 'unknown', evidence: `${error.message} when sent a request over TLS` };
  }
}

function secureAnswerOf(verdict: SecureVerdict): ClientCertificateAnswer {
  if (verdict.type !== 'demand') return NOT_DEMANDED;
  return { verdict: 'demanded', evidence: `answers: '${serverText(verdict.words, 100)}'` };
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
