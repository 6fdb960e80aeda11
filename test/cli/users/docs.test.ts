import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FINDING_KINDS } from '../../../lib/users/description';
import { METRICS, SERVICE } from '../../../lib/users/metrics';

const page = readFileSync(join(__dirname, '../../../docs/cli.md'), 'utf8');

test.each(FINDING_KINDS)('docs/cli.md says what %s means', (kind) => {
  const rows = page.split('\n').filter((line) => /^\| `/.test(line) && line.split(' | ')[0].includes(`\`${kind}\``));

  expect(rows.length).toBeGreaterThan(0);
});

test('docs/cli.md names the metrics and their dimensions', () => {
  for (const name of [...Object.keys(METRICS), SERVICE]) expect(page).toContain(`\`${name}\``);
});
