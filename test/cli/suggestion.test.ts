import { suggestion } from '../../cli/suggestion';
import { DatabaseEngine } from '../../lib/engine/database-engine';
import { command } from './support/command';

const engines = DatabaseEngine.all().map(({ name }) => name);

test.each([
  ['postgres', 'postgresql'],
  ['Postgresq', 'postgresql'],
  ['mongo', 'mongodb'],
  ['maria', 'mariadb'],
  ['rediss', 'redis'],
  ['oralce', 'oracle'],
  ['x', undefined],
  ['', undefined],
  ['something else', undefined],
  ['y'.repeat(1_000_000), undefined],
])('%.20s means %s', (word, meant) => {
  expect(suggestion(word, engines)).toBe(meant);
});

test.each([
  ['postgres', /Did you mean postgresql\?/],
  ['mssql', /Did you mean sqlserver\?/],
  ['pg', /Did you mean postgresql\?/],
  ['constructor', /is not an engine\. The engines/],
])('--engine %s', async (name, message) => {
  const { exitCode, err } = await command('check', 'db', '--engine', name);

  expect(exitCode).toBe(2);
  expect(err).toMatch(message);
});
