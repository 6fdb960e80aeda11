import type { Growth, Row } from './rows';
import type { Spread } from './statistics';
import type { TerraformRow } from './terraform';

export interface Results {
  readonly runs: number;
  readonly node: string;
  readonly rows: readonly Row[];
  readonly growth: readonly Growth[];
  readonly terraform: readonly TerraformRow[];
}

/** The page with these tables in place of those between its markers. */
export function withTables(page: string, tables: string): string {
  const between = /<!-- tables -->\n[\s\S]*?<!-- \/tables -->/;
  if (!between.test(page)) throw new Error('the page has no place for tables');
  return page.replace(between, () => `<!-- tables -->\n${tables.trimEnd()}\n<!-- /tables -->`);
}

/** The tables of bench/performance.md. */
export function markdown({ runs, node, rows, growth, terraform }: Results): string {
  return [
    `Medians of ${runs} interleaved runs in fresh processes on Node ${node}; least and most in brackets. A ratio is this library's share of what the other takes.`,
    table(
      ['scenario', 'against', 'ratio, clock', 'ratio, processor', 'goal', 'this library (s)', 'other (s)'],
      rows.map((row) => [
        row.scenario,
        row.against ?? '-',
        shown(row.ratio),
        shown(row.processorRatio),
        row.limit ? `<= ${row.limit}` : '',
        shown(row.seconds),
        shown(row.otherSeconds),
      ]),
    ),
    table(
      ['scenario', 'against', 'peak memory, ratio', 'goal', 'peak memory (MB)', 'size of the JSON, ratio'],
      rows.map((row) => [
        row.scenario,
        row.against ?? '-',
        shown(row.memoryRatio),
        row.memoryLimit ? `<= ${row.memoryLimit}` : '',
        shown(row.peakMegabytes),
        String(row.jsonRatio ?? ''),
      ]),
    ),
    table(
      ['time grows with', 'exponent, clock', 'exponent, processor', 'goal'],
      growth.map((each) => [each.what, String(each.exponent), String(each.processorExponent), `<= ${each.limit}`]),
    ),
    table(
      ['Terraform', 'ratio to by hand, clock', 'this library (s)', 'by hand (s)'],
      terraform.map((each) => [
        each.scenario,
        shown(each.ratio),
        shown(each.endpointSeconds),
        shown(each.byHandSeconds),
      ]),
    ),
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return rows.length === 0 ? '' : `\n${line(head)}|${head.map(() => '---|').join('')}\n${rows.map(line).join('')}`;
}

function shown(spread: Spread | undefined): string {
  return spread === undefined ? '' : `${spread.median} (${spread.min} to ${spread.max})`;
}
