// How the page makes elements: texts become text nodes, so that no text of a file is ever markup.

type Child = Node | string | undefined;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An HTML element. Attributes that are `undefined` or `false` are left out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return filled(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function drawing<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function filled<Made extends Element>(made: Made, attributes: Attributes, children: readonly Child[]): Made {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) if (child !== undefined) made.append(child);
  return made;
}

/** An element that the page has from the start. */
export function byId<Made extends HTMLElement>(id: string): Made {
  return document.getElementById(id) as Made;
}

/** A table with a head. */
export function table(
  caption: string,
  titles: readonly (string | readonly [text: string, kind: string])[],
  rows: readonly Node[],
): HTMLElement {
  const head = titles.map((title) => {
    const [text, kind] = typeof title === 'string' ? [title, undefined] : title;
    return element('th', { scope: 'col', class: kind }, text);
  });
  return element(
    'div',
    { class: 'scroll', role: 'group', tabindex: 0, 'aria-label': caption },
    element(
      'table',
      {},
      element('caption', { class: 'hidden' }, caption),
      element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...rows),
    ),
  );
}

/** A small word with a meaning that its color repeats. */
export function badge(text: string, kind: string): HTMLElement {
  return element('span', { class: `badge ${kind}` }, text);
}

/** The first of many, and a button that shows the rest. */
export function button(text: string, press: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button' }, text);
  made.addEventListener('click', press);
  return made;
}
