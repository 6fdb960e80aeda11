import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AllowedSource, AllowlistFile } from '../../lib';
import { refusal, validProps } from '../support/endpoint';

/** 500 single addresses with something else among them, at index 321. */
const many = (hidden: string) => {
  const texts = Array.from({ length: 500 }, (_, i) => `9.9.${i >> 7}.${(i & 127) * 2}`);
  return [...texts.slice(0, 321), hidden, ...texts.slice(321)];
};

describe('0.0.0.0/0 among 500 entries', () => {
  const inFolder = (name: string, content: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'allowlist-'));
    try {
      writeFileSync(join(folder, name), content);
      return refusal(validProps({ allow: AllowlistFile.read(join(folder, name)) }))?.message ?? '';
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test('is named with its index where it stands in code, with what to write in code', () => {
    const error = refusal(validProps({ allow: [AllowedSource.cidrs(many('0.0.0.0/0'))] }));

    expect(error?.message).toMatch(
      /^prod\/Orders: allow\[0\]\[321\] '0\.0\.0\.0\/0' admits 100 % .* write AllowedSource\.anywhere\(\{ reason \}\) if .* \[AllowlistTooBroad\]$/m,
    );
  });

  test.each([
    [
      'allowlist.yaml',
      `entries:\n${many('0.0.0.0/0')
        .map((text) => `  - ${text}\n`)
        .join('')}`,
      323,
      5,
    ],
    [
      'allowlist.json',
      `{ "entries": [\n${many('0.0.0.0/0')
        .map((text) => `  "${text}"`)
        .join(',\n')}\n] }`,
      323,
      3,
    ],
  ])('is named with line and column in %s, with what to write in a file', (name, content, line, column) => {
    const message = inFolder(name, content);

    expect(message).toMatch(
      new RegExp(
        `${name}:${line}:${column}: entries\\[321\\] '0\\.0\\.0\\.0/0' admits 100 % .* write an entry with anywhere: true and a reason if .* \\[AllowlistTooBroad\\]$`,
        'm',
      ),
    );
    expect(message).not.toContain('AllowedSource');
  });

  test('is no reason to advise a merge that would swallow all others', () => {
    const error = refusal(validProps({ allow: [AllowedSource.cidrs(many('0.0.0.0/0'))] }));

    expect(error?.problems.map(({ rule }) => rule)).toEqual(['AllowlistTooBroad', 'TooManyRules']);
    expect(error?.message).not.toContain('aggregate');
  });

  test('is none either where it is there on purpose', () => {
    const allow = [AllowedSource.anywhere({ reason: 'Roaming clients' }), AllowedSource.cidrs(many('8.8.8.8'))];

    expect(refusal(validProps({ allow }))?.message).toMatch(/\[TooManyRules\]$/);
    expect(refusal(validProps({ allow }))?.message).not.toContain('aggregate');
  });
});

test('a merge is advised where it helps', () => {
  const allow = [AllowedSource.cidrs(Array.from({ length: 320 }, (_, i) => `9.9.${i >> 8}.${i & 255}`))];

  expect(refusal(validProps({ allow }))?.message).toContain('aggregate: true } saves 318');
});
