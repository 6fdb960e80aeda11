/**
 * Cuts the name of a table at its dots. A part in double quotes may hold dots; two double quotes in it stand for one.
 * `undefined` where the text is no such name.
 *
 * @internal
 */
export function namePath(text: string): readonly string[] | undefined {
  const parts: string[] = [];
  let rest = text;
  for (;;) {
    const match = /^(?:"((?:[^"]|"")+)"|([^."]+))(\.|$)/.exec(rest);
    if (!match) return undefined;
    parts.push(match[1] === undefined ? match[2] : match[1].replace(/""/g, '"'));
    if (match[3] === '') return parts;
    rest = rest.slice(match[0].length);
  }
}
