/** Shorter pieces of a secret say nothing about it, and are parts of ordinary words. */
const PIECE = 8;

const HIDDEN = '***';

/**
 * The secret values that this process has seen, to keep them out of what it says. A driver's message may quote a
 * statement, and a server's message a piece of one.
 */
export class Secrecy {
  private readonly values = new Set<string>();

  /** Remembers a value and returns it. */
  public keep(value: string): string {
    for (const form of [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]) {
      if (form !== '') this.values.add(form);
    }
    return value;
  }

  /** The text without any of the values, whole or in pieces. */
  public hide(text: string): string {
    const isHidden = Array<boolean>(text.length).fill(false);
    for (const value of this.values) {
      const length = Math.min(PIECE, value.length);
      for (let from = 0; from + length <= value.length; from += 1) {
        const piece = value.slice(from, from + length);
        for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) {
          isHidden.fill(true, at, at + length);
        }
      }
    }
    if (!isHidden.includes(true)) return text;
    return [...isHidden.entries()]
      .map(([at, hidden]) => (hidden ? (isHidden[at - 1] ? '' : HIDDEN) : text[at]))
      .join('');
  }

  /** The value with none of them in any of its texts. */
  public hideIn<T>(value: T): T {
    if (typeof value === 'string') return this.hide(value) as T;
    if (Array.isArray(value)) return value.map((each) => this.hideIn(each)) as T;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.hideIn(each)])) as T;
  }

  /**
   * What may be said of an error: its code and its message. Drivers attach the statement, and the stack repeats the
   * message.
   */
  public errorOf(error: unknown, name: string): Error {
    const { code, message } = factsOf(error);
    return new Error(this.hide(`${name}: ${message}${code === undefined ? '' : ` [${code}]`}`));
  }
}

function factsOf(error: unknown): { readonly code?: string; readonly message: string } {
  if (typeof error !== 'object' || error === null) return { message: 'something that is no error was thrown' };
  const { code, name, message, errors } = error as { readonly [key: string]: unknown };
  // Where a name has several addresses, the message is empty and each of them has one of its own.
  const parts = Array.isArray(errors) ? errors.map((each) => factsOf(each).message) : [message];
  // The SDK gives its errors names where others have codes.
  const called = [code, name].find((each) => typeof each === 'string' && each !== 'Error');
  return {
    code: typeof called === 'string' ? called : undefined,
    message: parts.filter((part) => typeof part === 'string' && part !== '').join('; ') || 'no message',
  };
}
