import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testNames } from './support/test-names';

const ROOT = join(__dirname, '..');
const document = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');

const TEST = /^- `(test\/[\w/.-]+\.test\.ts)`: "(.+)"$/;
const cited = document.split('\n').flatMap((line) => {
  const [, file, name] = TEST.exec(line) ?? [];
  return file && name ? [{ file, name }] : [];
});

describe('docs/security.md', () => {
  test('cites every test in the form that is checked here', () => {
    expect(document.match(/test\/[\w/.-]+\.test\.ts/g)).toHaveLength(cited.length);
    expect(cited.length).toBeGreaterThan(30);
  });

  test.each(cited)('cites a test that exists: $file "$name"', ({ file, name }) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    expect(testNames(file)).toContain(name);
  });

  test('shows the limit of everybody who is trusted with something', () => {
    const [, actors = ''] = /## Who is trusted with what\n([\s\S]*?)\n## /.exec(document) ?? [];
    const sections = actors.split('\n### ').slice(1);

    expect(sections.length).toBeGreaterThan(7);
    for (const section of sections) {
      expect(section).toContain('- **At worst**: ');
      expect(section).toContain('- **Limit**: ');
      expect(section).toMatch(new RegExp(TEST.source, 'm'));
    }
  });
});
