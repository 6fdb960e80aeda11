import { blocksOf } from './filter';
import type { PageEntry } from './page-data';

// Where in the address space of IPv4 access comes from. It runs in the browser, and is tested without one. Addresses of
// IPv4 are plain numbers here, which are exact up to 2^53 and a hundred times faster to sort.

/** A run of IPv4 addresses, the end not included. */
export interface Run {
  readonly first: number;
  readonly end: number;
}

/** What one of 256 parts of a block admits. */
export interface MapCell {
  /** The block: `203.0.113.0/24`. */
  readonly block: string;
  /** The octet that tells it from its neighbours. */
  readonly octet: number;
  /** How many of its addresses reach any endpoint, each counted once. */
  readonly count: number;
  /** How many endpoints they reach. */
  readonly endpoints: number;
}

/** A block that is shown, by its octets: none of them is all of IPv4, three are a /24. */
export type Zoom = readonly number[];

const ALL = 2 ** 32;

/** The IPv4 addresses that entries admit, as runs that neither overlap nor touch. */
export function runsOf(entries: readonly PageEntry[]): Run[] {
  const runs = entries.flatMap((entry) =>
    blocksOf(entry)
      .filter(({ family }) => family === 4)
      .map(({ first, last }) => ({ first: Number(first), end: Number(last) + 1 })),
  );
  return joined(runs);
}

/** Joins runs that overlap or touch. */
export function joined(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of [...runs].sort((a, b) => a.first - b.first)) {
    const previous = result.at(-1);
    if (previous === undefined || run.first > previous.end) result.push(run);
    else if (run.end > previous.end) result[result.length - 1] = { first: previous.first, end: run.end };
  }
  return result;
}

/** The first address and the size of what is shown. */
export function blockOf(zoom: Zoom): { readonly first: number; readonly size: number } {
  return { first: zoom.reduce((sum, octet, i) => sum + octet * 256 ** (3 - i), 0), size: ALL / 256 ** zoom.length };
}

/** The text of the block that is shown. */
export function zoomText(zoom: Zoom): string {
  return `${[...zoom, 0, 0, 0, 0].slice(0, 4).join('.')}/${zoom.length * 8}`;
}

/**
 * The 256 parts of a block.
 *
 * @param endpoints the runs of each endpoint.
 */
export function cellsOf(endpoints: readonly (readonly Run[])[], zoom: Zoom): MapCell[] {
  const counts = countsOf(joined(endpoints.flat()), zoom);
  const reached = new Array<number>(256).fill(0);
  for (const runs of endpoints) {
    for (const [octet, count] of countsOf(runs, zoom).entries()) if (count > 0) reached[octet]++;
  }
  return counts.map((count, octet) => ({
    block: zoomText([...zoom, octet]),
    octet,
    count,
    endpoints: reached[octet],
  }));
}

/** How many addresses of runs are in each of the 256 parts of a block. */
function countsOf(runs: readonly Run[], zoom: Zoom): number[] {
  const { first: start, size } = blockOf(zoom);
  const part = size / 256;
  const counts = new Array<number>(256).fill(0);
  for (const { first, end } of runs) {
    const [from, to] = [Math.max(first, start) - start, Math.min(end, start + size) - start];
    for (let octet = Math.floor(from / part); octet * part < to; octet++) {
      counts[octet] += Math.min(to, (octet + 1) * part) - Math.max(from, octet * part);
    }
  }
  return counts;
}
