import { ALL_RULES } from '../../lib/endpoint/endpoint-rules';
import { bundledCommand } from './support/bundled-command';
import { command } from './support/command';

const bundled = bundledCommand();

describe('explain', () => {
  it('prints a rule, by the command as it is shipped', async () => {
    const { exitCode, out, err } = await bundled.run('explain', 'CidrHasHostBits');

    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toMatch(/^CidrHasHostBits\n {2}Refused at synthesis\.\n {2}\S.*\.\n/);
  });

  it('takes the name as it stands in a message, whatever its case', async () => {
    expect((await command('explain', '[cidrhashostbits]')).out).toMatch(/^CidrHasHostBits\n/);
  });

  it('knows every rule', async () => {
    const names = Object.values(ALL_RULES).flatMap((rules) => rules.map(({ name }) => name));

    for (const name of names) expect((await command('explain', name)).exitCode).toBe(0);
    expect((await command('explain')).out.trim().split('\n')).toEqual([...new Set(names)].sort());
  });

  it('tells how to silence a warning, and where a fact stands', async () => {
    expect((await command('explain', 'EngineCaveat')).out).toMatch(/acknowledge: \['EngineCaveat'\]/);
    expect((await command('explain', 'OutputPrefixInvalid')).out).toMatch(
      /Refused by addOutputs\(\)[\s\S]*\n {2}https:/,
    );
  });

  it('guesses what was meant', async () => {
    const { exitCode, out, err } = await command('explain', 'CidrHostBits');

    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toMatch(/'CidrHostBits' is not the name of a rule\. Did you mean CidrHasHostBits\?/);
    expect((await command('explain', 'zzzzzzzzzzzzzzzzzzz')).err).not.toMatch(/Did you mean/);
  });
});
