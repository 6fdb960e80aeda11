import { grouped } from '../words';
import { button } from './dom';

/**
 * The first of many things, and a button that shows all of them. Which lists are shown in full is remembered by their
 * names, as long as the page is open.
 */
const inFull = new Set<string>();

/** How many of a list to show, and what stands below it. */
export function limited<Item>(
  name: string,
  items: readonly Item[],
  most: number,
  isPrinted: boolean,
  again: () => void,
): { readonly shown: readonly Item[]; readonly rest: readonly Node[] } {
  if (isPrinted || items.length <= most || inFull.has(name)) return { shown: items, rest: [] };
  const all = button(`Show all ${grouped(items.length)}`, () => {
    inFull.add(name);
    again();
  });
  all.className = 'all';
  return { shown: items.slice(0, most), rest: [all] };
}
