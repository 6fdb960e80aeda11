/** What stands inside of `${jsonencode(...)}`, with every reference, and every template in a text, as its own text. */
export function encodedPolicy(expression: string): unknown {
  const [, inner] = /^\$\{jsonencode\((.*)\)\}$/s.exec(expression) ?? [];
  if (inner === undefined) throw new Error(`${expression} is not the encoding of a policy.`);
  let json = '';
  for (let at = 0; at < inner.length; ) {
    const end = inner[at] === '"' ? textEnd(inner, at) : partEnd(inner, at);
    const part = inner.slice(at, end);
    if (part[0] === '"') json += isText(part) ? part : JSON.stringify(part.slice(1, -1));
    else json += /^([{}[\]:,\s]|-?\d+|true|false|null)$/.test(part) ? part : JSON.stringify(part);
    at = end;
  }
  return JSON.parse(json);
}

/** Whether it is a text of JSON, which one with a template in it need not be. */
function isText(part: string): boolean {
  return /^"(?:[^"\\]|\\.)*"$/s.test(part);
}

/** Where a text ends that begins here: a template in it may hold texts. */
function textEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith('${', at)) at = closing(text, at + 1) - 1;
    else if (text[at] === '"') return at + 1;
  }
  throw new Error(`${text.slice(from)} does not end.`);
}

/** Where a brace or bracket that opens here is closed again. */
function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '"') at = textEnd(text, at) - 1;
    else if ('{[('.includes(text[at])) depth++;
    else if ('}])'.includes(text[at]) && --depth === 0) return at + 1;
  }
  throw new Error(`${text.slice(from)} is not closed.`);
}

/** Where a sign, a number or a reference ends that begins here. */
function partEnd(text: string, from: number): number {
  if (/[{}[\]:,\s]/.test(text[from])) return from + 1;
  let at = from;
  while (at < text.length && !',}]'.includes(text[at])) at = '[('.includes(text[at]) ? closing(text, at) : at + 1;
  return at;
}
