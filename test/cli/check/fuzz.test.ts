import fc from 'fast-check';
import { parseServerFlight } from '../../../cli/check/connection/old-tls';
import type { Parser } from '../../../cli/check/connection/parsed';
import { GREETINGS, judgeGreeting } from '../../../cli/check/protocol/greetings';
import { judgeLogin, judgeOpening } from '../../../cli/check/protocol/mysql';
import { parseLoginAnswer, parseOpening } from '../../../cli/check/protocol/mysql-packets';
import { judgeComparison, judgePlaintext } from '../../../cli/check/protocol/postgresql';
import { parseMessage, parseSslAnswer } from '../../../cli/check/protocol/postgresql-messages';
import { judgePlaintext as judgePrelogin } from '../../../cli/check/protocol/sql-server';
import { parseSshBanner } from '../../../cli/check/protocol/ssh-banner';
import { parsePacket, parsePrelogin } from '../../../cli/check/protocol/tds-packets';
import { DatabaseEngine } from '../../../lib/engine/database-engine';
import { runs } from '../../support/property-runs';
import { check } from '../support/checking';
import { type Script, scripts, serverBytes } from '../support/server-bytes';
import { type Behaviour, closeServers, serve } from '../support/test-server';

const RUNS = 1_500;
let cases = 0;

afterEach(closeServers);

const accepts = (verdict: string) => expect(['accepted', 'refused', 'unknown']).toContain(verdict);

/** Each parser, and what is made of its value. */
const PARSERS: [name: string, parse: Parser<unknown>, judge: (bytes: Buffer) => void][] = [
  ['the answer to an SSLRequest', parseSslAnswer, () => undefined],
  [
    'the answer to a login of PostgreSQL',
    parseMessage,
    (bytes) => {
      const parsed = parseMessage(bytes);
      if (parsed.kind !== 'value') return;
      const verdict = judgePlaintext(parsed.value);
      accepts(verdict === 'compare' ? judgeComparison(parsed.value, parsed.value).verdict : verdict.verdict);
    },
  ],
  [
    'the greeting of MySQL',
    parseOpening,
    (bytes) => {
      const parsed = parseOpening(bytes);
      if (parsed.kind === 'value') accepts(judgeOpening(parsed.value)?.verdict ?? 'unknown');
    },
  ],
  [
    'the answer to a login of MySQL',
    parseLoginAnswer,
    (bytes) => {
      const parsed = parseLoginAnswer(bytes);
      if (parsed.kind === 'value') accepts(judgeLogin(parsed.value).verdict);
    },
  ],
  [
    'the PRELOGIN of SQL Server',
    parsePrelogin,
    (bytes) => {
      const parsed = parsePrelogin(bytes);
      if (parsed.kind === 'value') accepts(judgePrelogin(parsed.value).verdict);
    },
  ],
  ['a packet of SQL Server', parsePacket, () => undefined],
  ['the identification of SSH', parseSshBanner, () => undefined],
  ["the server's part of a TLS handshake", parseServerFlight, () => undefined],
];

describe('whatever a server sends,', () => {
  test.each(PARSERS)('%s is read or refused, and never beyond its end', (_, parse, judge) => {
    fc.assert(
      fc.property(serverBytes, (bytes) => {
        cases++;
        const parsed = parse(bytes);
        judge(bytes);

        if (parsed.kind !== 'value') return expect(['incomplete', 'malformed']).toContain(parsed.kind);
        expect(parsed.length).toBeGreaterThan(0);
        expect(parsed.length).toBeLessThanOrEqual(bytes.length);
        // What follows a message changes nothing about it.
        return expect(parse(bytes.subarray(0, parsed.length))).toEqual(parsed);
      }),
      { numRuns: RUNS },
    );
  });

  test.each([...Object.entries(GREETINGS), ['an unknown engine', undefined] as const])(
    'the answer to the greeting of %s gets a verdict',
    (_, greeting) => {
      fc.assert(
        fc.property(serverBytes, (bytes) => {
          cases++;
          const verdicts = ['plaintext', 'tls', 'http-refusal', 'other'];

          expect([...verdicts, 'more']).toContain(judgeGreeting(greeting, bytes, false));
          expect(verdicts).toContain(judgeGreeting(greeting, bytes, true));
        }),
        { numRuns: runs(200) },
      );
    },
  );

  const { POSTGRESQL, MARIADB, SQL_SERVER, REDIS, MONGODB, SFTP } = DatabaseEngine;
  const AT_ONCE = 30;

  test.each([POSTGRESQL, MARIADB, SQL_SERVER, REDIS, MONGODB, SFTP])(
    'a check of $displayName ends with a verdict',
    async (engine) => {
      const seed = Date.now();
      const waiting = fc.sample(scripts, { numRuns: runs(60), seed }).values();
      const work = async () => {
        for (const script of waiting) {
          cases++;
          const { port } = await serve(play(script));
          const start = performance.now();

          const { findings, exitCode } = await check(engine, port, { timeoutSeconds: 0.2, idleSeconds: 0.05 });

          const checks = findings.map(({ check: name }) => name);
          const message = `seed ${seed}, ${JSON.stringify(script)}`;
          expect({ message, last: exitCode === 3 ? 'reachable' : checks[2] }).toEqual({
            message,
            last: exitCode === 3 ? checks[0] : engine === SFTP ? 'ssh' : 'tls',
          });
          expect(performance.now() - start).toBeLessThan(60_000);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    },
  );

  it('is tried ten thousand times', () => {
    expect(cases).toBeGreaterThanOrEqual(10_000);
  });
});

/** Plays a script to every client: one word now or for each thing that it says. */
function play({ speaksFirst, words, ending }: Script): Behaviour {
  return (socket) => {
    const left = [...words];
    const next = () => {
      const word = left.shift();
      if (word) return void socket.write(word);
      if (ending === 'end') return void socket.end();
      return ending === 'reset' ? void socket.resetAndDestroy() : undefined;
    };
    socket.on('data', next);
    if (speaksFirst) next();
  };
}
