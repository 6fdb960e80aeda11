import { readFileSync } from 'node:fs';
import { UsageError } from '../usage-error';

/** What `JSON.parse` makes of an object. */
export interface JsonObject {
  readonly [key: string]: unknown;
}

/** Reads a file of JSON. */
export function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words quote the file, which may hold secrets.
    throw new UsageError(`${file} is not JSON.`);
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
