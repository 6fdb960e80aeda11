/** What a POSIX shell makes of a line that only has bare words and single quotes. */
export function shellWords(line: string): string[] {
  const words = line.match(/(?:'[^']*'|\\'|[^\s'\\])+/g) ?? [];
  return words.map((word) => word.replaceAll(/'([^']*)'|\\(')/g, (_all, quoted, escaped) => escaped ?? quoted));
}
