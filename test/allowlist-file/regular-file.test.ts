import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type AllowlistContent, readAllowlistFiles } from '../../lib/allowlist-file/allowlist-reader';
import { fromDisk } from '../../lib/allowlist-file/read-allowlist';
import { readRegularFile } from '../../lib/allowlist-file/regular-file';
import { describeProblem } from '../../lib/rules/endpoint-error';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regular-file-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function read(path = 'in/a.yaml', includeFolder?: string): AllowlistContent {
  return readAllowlistFiles(join(folder, path), fromDisk, {
    includeFolder: includeFolder === undefined ? undefined : join(folder, includeFolder),
  });
}

function mistakes(content = read()): string[] {
  return content.problems.map((problem) => describeProblem(problem).replaceAll(`${folder}/`, ''));
}

describe('an include', () => {
  test('of a pipe is refused, and nobody waits for it', () => {
    write('in/a.yaml', 'include: [b.yaml]\nentries: [203.0.113.7]\n');
    execFileSync('mkfifo', [join(folder, 'in/b.yaml')]);

    expect(mistakes()).toEqual([
      expect.stringMatching(/^in\/a\.yaml:1:11: include\[0\] 'b\.yaml' is not a regular file\..*\[FileUnreadable\]$/),
    ]);
  });

  test('of a folder is refused', () => {
    write('in/a.yaml', 'include: [b.yaml]\nentries: [203.0.113.7]\n');
    mkdirSync(join(folder, 'in/b.yaml'));

    expect(mistakes()).toEqual([expect.stringMatching(/is not a regular file\./)]);
  });

  test.each([
    ['a device', '/dev/zero'],
    ['a file', undefined],
    ['a file that is not there', '/nowhere/at/all.yaml'],
  ])('that is a link to %s outside of the folder is not opened, and nothing of it is told', (_, target) => {
    write('in/a.yaml', 'include: [b.yaml]\nentries: [203.0.113.7]\n');
    symlinkSync(target ?? write('outside.yaml', 'password: hunter2\n'), join(folder, 'in/b.yaml'));

    const found = mistakes();

    expect(found).toEqual([
      expect.stringMatching(/^in\/a\.yaml:1:11: include\[0\] 'b\.yaml' .*\[(IncludeOutside|FileUnreadable)\]$/),
    ]);
    expect(found[0]).not.toMatch(/hunter2|password|nowhere/);
  });

  test('through a folder that is a link outside is refused', () => {
    write('in/a.yaml', 'include: [shared/b.yaml]\nentries: [203.0.113.7]\n');
    write('out/b.yaml', 'entries: [203.0.113.8]\n');
    symlinkSync(join(folder, 'out'), join(folder, 'in/shared'));

    expect(mistakes()).toEqual([expect.stringMatching(/\[IncludeOutside\]$/)]);
    expect(mistakes(read('in/a.yaml', 'out'))).toEqual([]);
  });

  test('that is a link within the folder is read', () => {
    write('in/a.yaml', 'include: [b.yaml]\n');
    symlinkSync(write('in/c.yaml', 'entries: [203.0.113.8]\n'), join(folder, 'in/b.yaml'));

    expect(mistakes()).toEqual([]);
  });

  test('from beside the folder is read where a wider folder is named', () => {
    write('in/a.yaml', 'include: [../shared/b.yaml]\n');
    write('shared/b.yaml', 'entries: [203.0.113.8]\n');

    expect(mistakes()).toEqual([
      expect.stringMatching(/^in\/a\.yaml:1:11: include\[0\] '\.\.\/shared\/b\.yaml' is outside .*\[IncludeOutside\]$/),
    ]);
    expect(read('in/a.yaml', 'shared').entries).toHaveLength(1);
    expect(read('in/a.yaml', '.').entries).toHaveLength(1);
  });
});

describe('the first file', () => {
  test('may be a link to anywhere, and its own folder is the one that counts', () => {
    write('in/b.yaml', 'entries: [203.0.113.8]\n');
    symlinkSync(write('out/a.yaml', 'include: [b.yaml]\n'), join(folder, 'in/a.yaml'));

    expect(mistakes()).toEqual([]);
  });

  test('is no pipe', () => {
    execFileSync('mkfifo', [join(folder, 'a.yaml')]);

    expect(mistakes(read('a.yaml'))).toEqual([
      'a.yaml:1:1: is not a regular file. Write the path of a file; the command reads standard input as -. [FileUnreadable]',
    ]);
  });
});

describe('a file', () => {
  test('comes with all its bytes', () => {
    const text = 'x'.repeat(100_000);

    expect(Buffer.from(readRegularFile(write('a.txt', text), 100_000)).toString()).toBe(text);
    expect(readRegularFile(write('empty.txt', ''), 100)).toHaveLength(0);
  });

  test('that is too large is not read', () => {
    const file = write('a.txt', 'x'.repeat(101));

    expect(() => readRegularFile(file, 100)).toThrow('exceeds the limit');
  });

  test('that says it is empty and is not, is read up to the limit', () => {
    expect(readRegularFile('/proc/self/status', 1_000_000).length).toBeGreaterThan(0);
    expect(() => readRegularFile('/proc/self/status', 10)).toThrow('exceeds the limit');
  });
});
