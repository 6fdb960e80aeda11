import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CODE_FILES } from '../../lib/assets';
import { codeHash } from '../../lib/function/code';

test.each(Object.values(CODE_FILES))('the hash of %s is the one that Lambda states', (file) => {
  expect(codeHash(file)).toBe(createHash('sha256').update(readFileSync(file)).digest('base64'));
});

test('a library that was not built says so', () => {
  expect(() => codeHash(join(tmpdir(), 'nowhere.zip'))).toThrow(/nowhere\.zip is missing.*npm run build/);
});
