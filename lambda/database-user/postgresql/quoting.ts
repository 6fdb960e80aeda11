import { doubleQuoted } from '../../../lib/clients/quoting/identifiers';

/** Longer names are cut by the server, with a notice only: two names could become one. */
const MAX_BYTES = 63;

/** An identifier, or an error where the server would not take the name as it is. */
export function identifier(name: string): string {
  const bytes = Buffer.byteLength(name);
  if (bytes > MAX_BYTES) {
    throw new Error(`The name '${name}' has ${bytes} bytes, and PostgreSQL takes ${MAX_BYTES}. Choose a shorter one.`);
  }
  if (name === '' || name.includes('\0'))
    throw new Error(`'${name}' is empty or has a NUL: PostgreSQL takes no such name.`);
  return doubleQuoted(name);
}

/** A literal that means the same whatever `standard_conforming_strings` is. */
export function literal(text: string): string {
  const quoted = `'${text.replace(/['\\]/g, '$&$&')}'`;
  return text.includes('\\') ? ` E${quoted}` : quoted;
}
