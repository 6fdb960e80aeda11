/** An element of an answer of the query APIs: text, or elements by name. */
export class XmlElement {
  public constructor(
    private readonly name: string,
    public readonly text: string,
    private readonly children: readonly XmlElement[],
  ) {}

  /** Every element with this name directly below, in order. */
  public all(name: string): readonly XmlElement[] {
    return this.children.filter((child) => child.name === name);
  }

  /** The element at a path of names, where it is there. */
  public find(...path: readonly string[]): XmlElement | undefined {
    const [first, ...rest] = path;
    if (first === undefined) return this;
    return this.all(first)[0]?.find(...rest);
  }

  /** The element at a path of names; an answer without it is not understood. */
  public get(...path: readonly string[]): XmlElement {
    const found = this.find(...path);
    if (!found) throw new Error(`<${this.name}> has no ${path.join('/')}`);
    return found;
  }

  /** The text at a path of names; undefined where the element is missing or empty. */
  public value(...path: readonly string[]): string | undefined {
    return this.find(...path)?.text || undefined;
  }

  /** The elements of a list: EC2 calls them `item`, the load balancers' API `member`. */
  public list(...path: readonly string[]): readonly XmlElement[] {
    const found = this.find(...path);
    return found ? [...found.all('item'), ...found.all('member')] : [];
  }

  /** The names of everything directly below. */
  public get names(): readonly string[] {
    return [...new Set(this.children.map(({ name }) => name))];
  }
}

/** Reads XML as AWS writes it: elements and text, no mixture, attributes of no meaning. */
export function readXml(text: string): XmlElement {
  const tokens = text.replace(/<\?[^>]*\?>/g, '').match(/<[^>]+>|[^<]+/g) ?? [];
  const open: { name: string; text: string; children: XmlElement[] }[] = [{ name: '', text: '', children: [] }];
  for (const token of tokens) {
    const top = open[open.length - 1];
    if (token.startsWith('</')) {
      open.pop();
      open[open.length - 1].children.push(new XmlElement(top.name, unescaped(top.text.trim()), top.children));
    } else if (token.startsWith('<')) {
      const name = /^<([^\s/>]+)/.exec(token)?.[1] ?? '';
      if (token.endsWith('/>')) top.children.push(new XmlElement(name, '', []));
      else open.push({ name, text: '', children: [] });
    } else {
      top.text += token;
    }
  }
  const [root] = open[0].children;
  if (!root || open.length !== 1) throw new Error(`not a whole document of XML:\n${text}`);
  return root;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescaped(text: string): string {
  return text.replace(/&(\w+);/g, (whole, entity) => ENTITIES[entity] ?? whole);
}
