import type { Mistake } from '../network/mistake';
import type { ProblemLocation } from '../rules/location';
import { isUnresolved } from '../tokens/unresolved';
import type { AllowedSourceOrigin } from './allowed-source';

/** What is wrong with a part of an origin. */
export interface OriginMistake extends Mistake<'OriginInvalid'> {
  readonly part: keyof AllowedSourceOrigin;
  readonly value?: unknown;
}

/** Checks where code says that an entry stands. A place that nobody finds is worse than none. */
export function checkOrigin({ file, line, column }: AllowedSourceOrigin): OriginMistake | undefined {
  if (isUnresolved(file)) return mistake('file', undefined, 'is known after apply, but messages of synthesis name it');
  if (file.trim() === '') return mistake('file', file, 'names no file');
  if (line !== undefined && !isPosition(line)) return mistake('line', line, NOT_A_POSITION);
  if (column === undefined) return undefined;
  if (!isPosition(column)) return mistake('column', column, NOT_A_POSITION);
  return line === undefined ? mistake('column', column, 'is a column of no line') : undefined;
}

/** The same as a location; none where something is wrong with it. */
export function locationOf(origin: AllowedSourceOrigin): ProblemLocation | undefined {
  if (checkOrigin(origin)) return undefined;
  return { ...origin, file: origin.file.replace(/\\/g, '/') };
}

const NOT_A_POSITION = 'is not a position in a file';

function isPosition(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}

function mistake(part: OriginMistake['part'], value: unknown, reason: string): OriginMistake {
  const remedy = {
    file: 'Write the path of the file, as people open it.',
    line: 'Write the line, counted from 1, or leave it out.',
    column: 'Write line and column, both counted from 1, or leave the column out.',
  }[part];
  return { rule: 'OriginInvalid', part, value, reason, remedy };
}
