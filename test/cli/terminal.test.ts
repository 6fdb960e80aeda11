import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledCommand, type Outcome } from './support/bundled-command';

const command = bundledCommand();

const HOSTILE = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e\u200b##[error]x';

function expectHarmless({ out, err }: Outcome) {
  expect(`${out}${err}`).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\u2028\u2029]/u);
  expect(`${out}${err}`).not.toMatch(/##\w*\[|^\s*::/m);
}

/** A folder of the test, with one file in it. */
function write(folder: string, name: string, content: unknown): string {
  const path = join(command.folder, folder, name);
  mkdirSync(join(command.folder, folder), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('nothing that somebody else wrote commands the terminal or the CI system', () => {
  it('as an argument', async () => {
    const outcome = await command.run('check', 'db', '--engine', HOSTILE);

    expect(outcome.exitCode).toBe(2);
    expect(outcome.err).toContain('\\u001b]0;owned');
    expectHarmless(outcome);
    expectHarmless(await command.run(`--${HOSTILE}`));
    expectHarmless(await command.run('check', `${HOSTILE} `, '--engine', 'redis'));
    expectHarmless(await command.run('check', 'db', '--engine', 'redis', '--ca', `${HOSTILE}\n::error::x`));
  });

  it('as a text of an allowlist file', async () => {
    const entries = [{ cidr: '8.8.8.8/1', description: HOSTILE, [HOSTILE]: HOSTILE }, HOSTILE];
    const file = write('allowlist', 'allow.json', { entries });

    const outcome = await command.run('allowlist', 'check', file);

    expect(outcome.exitCode).toBe(1);
    expect(outcome.out).toContain('\\u001b]0;owned');
    expectHarmless(outcome);
  });

  it('as the name of an allowlist file', async () => {
    const file = write('allowlist', 'a\n::error::x\n##[error]y.json', { entries: ['8.8.8.8/1'] });

    expectHarmless(await command.run('allowlist', 'check', file));
    expectHarmless(
      await command.run('allowlist', 'check', write('allowlist', '\u001b[2J.json', { entries: ['8.8.8.8'] })),
    );
  });

  it('in JSON, which still says the same', async () => {
    const file = write('allowlist', 'json.json', { entries: ['##[error]x'] });

    const outcome = await command.run('allowlist', 'check', file, '--json');

    expectHarmless(outcome);
    expect(JSON.parse(outcome.out).problems[0].value).toBe('##[error]x');
  });
});
