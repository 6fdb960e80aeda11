import fc from 'fast-check';
import { prelogin } from '../../../cli/check/protocol/tds-packets';
import { ACCESS_DENIED, greeting, LETS_IN, error as mysqlError, SWITCHES } from './mysql-behaviour';
import { ASKS_FOR_PASSWORD, message, NO_RULE, error as postgresqlError } from './postgresql-behaviour';
import { preloginAnswer, packet as tdsPacket } from './tds-behaviour';

/** What real servers say: the fuzzer bends it, because noise alone hardly gets past a first byte. */
const SAID: readonly Buffer[] = [
  Buffer.from('S'),
  Buffer.from('N'),
  NO_RULE,
  ASKS_FOR_PASSWORD,
  message('N', Buffer.from('SNOTICE\0Mhello\0\0')),
  message('v', Buffer.alloc(8)),
  postgresqlError('53300', 'too many clients'),
  greeting(true),
  greeting(false),
  ACCESS_DENIED,
  LETS_IN,
  SWITCHES,
  mysqlError(0, 1129, 'blocked', ''),
  preloginAnswer(1),
  preloginAnswer(2),
  prelogin(1),
  tdsPacket(0x12, Buffer.from([22, 3, 3, 0, 2, 2, 0])),
  Buffer.from('SSH-2.0-OpenSSH_9.2p1\r\n'),
  Buffer.from('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nsent to HTTPS port'),
  Buffer.from('+PONG\r\n'),
  Buffer.from('AMQP\0\0\x09\x01', 'latin1'),
  Buffer.from([0x84, 0, 0, 0, 6, 0, 0, 0, 0]),
  Buffer.from([21, 3, 1, 0, 2, 2, 70]),
  // ServerHello, the beginning of a certificate, ServerHelloDone.
  Buffer.from('160301000802000004030100001603010005' + '0b00000109' + '16030100040e000000', 'hex'),
];

const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
const said = fc.constantFrom(...SAID);
const bent = fc.tuple(said, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 })).map(([bytes, changes]) => {
  const copy = Buffer.from(bytes);
  for (const [at, byte] of changes) copy[at % copy.length] = byte;
  return copy;
});
const truncated = fc.tuple(bent, fc.nat()).map(([bytes, length]) => bytes.subarray(0, length % (bytes.length + 1)));

/** Bytes as a server might send them: noise, true words, bent ones, halves of them, and all of that in a row. */
export const serverBytes: fc.Arbitrary<Buffer> = fc
  .array(fc.oneof(noise, said, bent, truncated), { minLength: 1, maxLength: 4 })
  .map((parts) => Buffer.concat(parts));

/** What a server does in a row: the words it answers with, and how it ends. */
export interface Script {
  readonly speaksFirst: boolean;
  readonly words: readonly Buffer[];
  readonly ending: 'end' | 'reset' | 'silence';
}

export const scripts: fc.Arbitrary<Script> = fc.record({
  speaksFirst: fc.boolean(),
  words: fc.array(serverBytes, { maxLength: 3 }),
  ending: fc.constantFrom('end', 'reset', 'silence'),
});
