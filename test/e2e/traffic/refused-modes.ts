import { DatabaseEngine } from '../../../lib';
import { type MatrixMode, rowKey } from '../../support/engine-matrix';
import { nameOf } from './names';
import { conversationOf, follow, recipesOf, works } from './reader';
import type { Stage } from './stage';
import { runInTerminal } from './terminal';

interface Refused {
  readonly engine: DatabaseEngine;
  readonly id: string;
  /** What the client says for itself. */
  readonly complaint: RegExp;
}

const { POSTGRESQL, MARIADB, SFTP } = DatabaseEngine;

const NEGOTIATING: readonly Refused[] = [
  { engine: POSTGRESQL, id: 'postgresql', complaint: /server closed the connection unexpectedly|SSL SYSCALL|reset/ },
  { engine: MARIADB, id: 'mariadb', complaint: /Lost connection to server at 'handshake/ },
  { engine: SFTP, id: 'sftp', complaint: /Connection (closed|reset)|banner/ },
];

/** Every engine through the mode that the library refuses, and through the way around it. */
export function refusedModes(stage: () => Stage, seen: Map<string, string>): void {
  it.each(NEGOTIATING)('$id: its own client fails at a TLS listener', async ({ engine, id, complaint }) => {
    const [recipe] = recipesOf(stage(), `${id}-passthrough`);
    const elsewhere = recipe.command.replaceAll(nameOf(`${id}-passthrough`), nameOf(`${id}-wrapped`));
    const before = stage().plane.decisions.length;

    const { exitCode, screen } = await runInTerminal(
      stage().looker,
      elsewhere
        .replace('USER', 'looker')
        .replace('DATABASE', 'orders')
        .replace('StrictHostKeyChecking=yes', 'StrictHostKeyChecking=no'),
      conversationOf(`${id}-passthrough`, recipe.client).typed,
    );

    expect(screen).toMatch(complaint);
    expect(exitCode).not.toBe(0);
    // It was admitted, and got stuck before anything was sent to a target.
    expect(stage().plane.decisions.slice(before)).toEqual([]);
    seen.set(rowKey({ engine, mode: '`terminate`' }), `\`${recipe.client}\` fails`);
  });

  it.each(NEGOTIATING)(
    '$id: a client that wraps its connection in TLS gets through the same listener',
    async ({ engine, id }) => {
      const [recipe] = recipesOf(stage(), `${id}-wrapped`);

      const outcome = await follow(stage(), `${id}-wrapped`, recipe);

      expect({ ...outcome, works: works(`${id}-wrapped`, recipe, outcome) }).toEqual({ ...outcome, works: true });
      const mode: MatrixMode = '`terminate`, `clientsWrapTls`';
      seen.set(rowKey({ engine, mode }), '`stunnel` works, verifying the name and CA');
    },
  );

  it('neptune: a server that answers to its own name alone cannot be passed through', async () => {
    const url = `https://${nameOf('neptune-passthrough')}:8182/status`;

    const { exitCode, screen } = await runInTerminal(stage().looker, `curl --fail-with-body ${url}`);

    expect(screen).toMatch(/unrecognized name/);
    expect(exitCode).not.toBe(0);
    seen.set(
      rowKey({ engine: DatabaseEngine.NEPTUNE, mode: '`passthrough`' }),
      '`curl` fails (a web server in its place, which answers to its own name alone)',
    );
  });
}
