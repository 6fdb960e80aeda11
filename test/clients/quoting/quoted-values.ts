import { execFileSync } from 'node:child_process';
import { pythonString } from '../../../lib/clients/quoting/python';
import { shellWord } from '../../../lib/clients/quoting/shell';
import type { TextFunctions } from '../../../lib/clients/quoting/text-functions';
import { percentEncoded } from '../../../lib/clients/quoting/url';
import { xmlText } from '../../../lib/clients/quoting/xml';

/** Texts that mean something in one language or another. */
export const VALUES: readonly string[] = [
  'looker',
  "x'; touch PWNED; echo '",
  'x"; touch PWNED; echo "',
  '$(touch PWNED)',
  '`touch PWNED`',
  '--ssl-mode=DISABLED',
  '-oProxyCommand=touch PWNED',
  "'",
  '"""',
  "\\'",
  '\\',
  '\\\\',
  'a"b\\c',
  '${path.module}',
  '$${path.module}',
  '%{ if true }x%{ endif }',
  '%%{x}',
  '$',
  '$$',
  '%',
  'a b+c&d<e>f;g=h',
  '&amp;',
  ']]></caConfig><x>',
  ')(HOST=evil',
  'Größe 漢字 😀',
  '{{ x }} #{x} <script>alert(1)</script>',
  'line\nEND\ntouch PWNED',
  'tab\there',
];

/** How a text is written into a language, and what reads it back. */
export interface Language {
  readonly write: (text: string, terraform: TextFunctions) => string;
  /** What the language's own reader makes of several such texts. */
  readonly read: (written: readonly string[], folder: string) => readonly string[];
}

const lines = (output: Buffer) => output.toString('utf8').split('\0').slice(0, -1);

const FROM_XML = `import sys, xml.etree.ElementTree as tree
for each in tree.fromstring(sys.stdin.read()): sys.stdout.write((each.text or '') + '\\0')`;

/** Runs several programs one after the other: starting Python for each would take long. */
const RUN_EACH = `import sys
for each in sys.stdin.buffer.read().decode().split('\\0')[:-1]:
    exec(each)
    sys.stdout.buffer.write(b'\\0')`;

export const LANGUAGES: Readonly<Record<string, Language>> = {
  sh: {
    write: shellWord,
    read: (written, cwd) => lines(execFileSync('sh', ['-c', `printf '%s\\0' ${written.join(' ')}`], { cwd })),
  },
  Python: {
    write: pythonString,
    read: (written, cwd) => {
      const program = `import sys\nfor each in [${written.join(',')}]: sys.stdout.buffer.write(each.encode() + b'\\0')`;
      return lines(execFileSync('python3', ['-'], { cwd, input: program }));
    },
  },
  'Python within sh': {
    write: (text, terraform) =>
      shellWord(`import sys; sys.stdout.buffer.write(${pythonString(text, terraform)}.encode())`, terraform),
    read: (written, cwd) => {
      const script = `printf '%s\\0' ${written.join(' ')} | python3 -c ${shellWord(RUN_EACH)}`;
      return lines(execFileSync('sh', ['-c', script], { cwd }));
    },
  },
  XML: {
    write: xmlText,
    read: (written, cwd) => {
      const input = `<x>${written.map((text) => `<y>${text}</y>`).join('')}</x>`;
      return lines(execFileSync('python3', ['-c', FROM_XML], { cwd, input }));
    },
  },
  'a URL': { write: percentEncoded, read: (written) => written.map(decodeURIComponent) },
};
