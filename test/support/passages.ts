/** A piece of prose that is read as one: a paragraph, an item of a list, a row of a table, a comment. */
export interface Passage {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** The passages of a page in Markdown. Code is left out. */
export function passagesOfMarkdown(file: string, source: string): Passage[] {
  return grouped(file, source.split('\n'), (line, state) => {
    if (/^\s*```/.test(line)) state.inside = !state.inside;
    if (state.inside || /^\s*(```|#|<!--)/.test(line) || line.trim() === '') return 'apart';
    return /^\s*([-*] |\d+\. |\|)/.test(line) ? 'begins' : 'goes on';
  });
}

/** The comments of a program in TypeScript: each one is a passage, and so are lines of comments that follow each other. */
export function passagesOfProgram(file: string, source: string): Passage[] {
  return grouped(file, source.split('\n'), (line, state) => {
    const opens = /^\s*\/\*\*?/.test(line);
    if (opens) state.inside = true;
    const inBlock = state.inside;
    if (/\*\/\s*$/.test(line)) state.inside = false;
    if (opens) return 'begins';
    return inBlock || /^\s*\/\/ /.test(line) ? 'goes on' : 'apart';
  }).map((passage) => ({
    ...passage,
    text: passage.text.replace(/(^|\s)(\/\*\*?|\*\/|\*|\/\/)(?=\s|$)/g, ' ').trim(),
  }));
}

type Place = 'begins' | 'goes on' | 'apart';

function grouped(
  file: string,
  lines: readonly string[],
  placeOf: (line: string, state: { inside: boolean }) => Place,
): Passage[] {
  const state = { inside: false };
  const passages: { file: string; line: number; text: string }[] = [];
  let open = false;
  for (const [i, line] of lines.entries()) {
    const place = placeOf(line, state);
    const last = passages.at(-1);
    if (place === 'goes on' && open && last) last.text += ` ${line.trim()}`;
    else if (place !== 'apart') passages.push({ file, line: i + 1, text: line.trim() });
    open = place !== 'apart';
  }
  return passages;
}
