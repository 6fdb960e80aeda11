import { writeFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { printableLines } from '../../lib/rules/printable';
import { UsageError } from '../usage-error';

/** A file to write, and what. */
export interface Output<Format extends string> {
  readonly format: Format;
  readonly file: string;
}

/** Reads `--output FORMAT=FILE`, which may be repeated. */
export function outputs<Format extends string>(formats: readonly Format[]) {
  return (text: string, before: readonly Output<Format>[] = []): readonly Output<Format>[] => {
    const [, name = '', file] = /^([a-z]+)=(.+)$/s.exec(text) ?? [];
    if (file === undefined) throw new InvalidArgumentError(`Write FORMAT=FILE, such as html=exposure.html.`);
    return [...before, { format: oneOf(name, formats), file }];
  };
}

export function writeOutput({ file }: Output<string>, text: string): void {
  try {
    writeFileSync(file, printableLines(text));
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

/** One of the names that are allowed. */
export function oneOf<Name extends string>(text: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`Write one of ${names.join(', ')}.`);
}
