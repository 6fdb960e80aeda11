import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exposurePages } from '../../../scripts/exposure-page';

test('docs/exposure.md and README.md show what the command prints', () => {
  const pages = exposurePages();

  for (const [page, text] of Object.entries(pages)) {
    expect(readFileSync(join(__dirname, '../../..', page), 'utf8')).toBe(text);
  }
  expect(pages['docs/exposure.md']).toContain('198.51.100.0/24       256 IPv4 addresses  Metabase Cloud');
  expect(pages['docs/exposure.md']).toContain('+ 16 IPv4 addresses (203.0.113.64/28) gain access: Berlin office');
  expect(pages['README.md']).toContain('| **gained** | 16 IPv4 addresses: `203.0.113.64/28` | `Berlin office` |');
});
