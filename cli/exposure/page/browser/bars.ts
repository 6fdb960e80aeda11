import { drawing } from './dom';

// How much of the address space something admits: a bar on a logarithmic scale, as prefix lengths are.

const WIDTH = 240;
const HEIGHT = 14;
const BITS = { ipv4: 32, ipv6: 128 } as const;

type Family = keyof typeof BITS;

/** A bar of one family of addresses. The number stands beside it as text. */
export function sizeBar(family: Family, now: string, before?: string): SVGElement {
  return drawing(
    'svg',
    { class: `bar ${family}`, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, 'aria-hidden': 'true' },
    drawing('rect', { class: 'track', x: 0, y: 0, width: WIDTH, height: HEIGHT, rx: 2 }),
    now === '0'
      ? undefined
      : drawing('rect', { class: 'fill', x: 0, y: 0, width: at(family, now), height: HEIGHT, rx: 2 }),
    ...[1, 2, 3].map((i) => {
      const x = (WIDTH / 4) * i;
      return drawing('line', { class: 'tick', x1: x, x2: x, y1: 0, y2: HEIGHT });
    }),
    before === undefined || before === '0' || before === now
      ? undefined
      : drawing('line', { class: 'before', x1: at(family, before), x2: at(family, before), y1: 0, y2: HEIGHT }),
  );
}

/** The prefix lengths at the ends and the ticks of a bar. */
export function scaleText(family: Family): string[] {
  return [1, 0.75, 0.5, 0.25, 0].map((part) => `/${BITS[family] * part}`);
}

/** The end of a bar: a single address is a narrow one, and everything all of the track. */
function at(family: Family, size: string): number {
  const least = 3;
  return Math.round((least + (Math.log2(Number(size)) / BITS[family]) * (WIDTH - least)) * 10) / 10;
}
