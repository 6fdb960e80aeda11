/** What the emulator answered: XML or JSON, from which tests need a value or two. */
export class EmulatorAnswer {
  public constructor(public readonly text: string) {}

  /** The text of every element with this name, in order. */
  public all(tag: string): string[] {
    return [...this.text.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, value]) => value ?? '');
  }

  /** The text of the first element with this name. */
  public first(tag: string): string {
    const [value] = this.all(tag);
    if (value === undefined) throw new Error(`no <${tag}> in the answer:\n${this.text}`);
    return value;
  }
}
