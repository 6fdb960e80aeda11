/** The document with this between the two markers of that name. */
export function withBlock(text: string, name: string, content: string): string {
  const block = new RegExp(`(<!-- ${name}:begin -->\n)[^]*?(<!-- ${name}:end -->)`);
  if (!block.test(text)) throw new Error(`There is no block named ${name}.`);
  return text.replace(block, (_, begin, end) => `${begin}${content}\n${end}`);
}

/** A block of code in Markdown. */
export function fenced(language: string, code: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}
