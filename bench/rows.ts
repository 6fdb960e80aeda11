import type { Run } from './contest';
import { type Contestant, GROWTHS, type Scenario } from './scenarios';
import { exponentOf, rounded, type Spread, spreadOf } from './statistics';

/** One scenario against one other contestant, or this library alone. Ratios are this library's share of the other's. */
export interface Row {
  /** Of the scenario. */
  readonly name: string;
  /** The same, with what of it was measured. */
  readonly scenario: string;
  readonly endpoints: number;
  readonly entries: number;
  readonly against?: Contestant;
  readonly seconds: Spread;
  readonly otherSeconds?: Spread;
  /** On the clock. */
  readonly ratio?: Spread;
  /** Of a processor, which says little about what else the machine had to do. */
  readonly processorRatio?: Spread;
  readonly processorSeconds: Spread;
  readonly limit?: number;
  readonly memoryRatio?: Spread;
  readonly memoryLimit?: number;
  readonly peakMegabytes: Spread;
  readonly jsonRatio?: number;
}

export function rowsOf(scenario: Scenario, results: Record<Contestant, Run[]>): Row[] {
  const [library, ...others] = scenario.contestants;
  const own = results[library];
  const clock = ({ clock, construct, synth }: Run) => (scenario.measured === 'process' ? clock : construct + synth);
  const processor = (run: Run) => (scenario.measured === 'process' ? run.processor : run.processorOfWork);
  const alone = {
    name: scenario.name,
    scenario: library === 'compile' ? scenario.name : `${scenario.name}, ${scenario.measured}`,
    endpoints: scenario.endpoints,
    entries: scenario.entries,
    seconds: spreadOf(own.map(clock)),
    processorSeconds: spreadOf(own.map(processor)),
    peakMegabytes: spreadOf(own.map(({ peakMegabytes }) => peakMegabytes)),
  };
  if (others.length === 0) return [alone];
  return others.map((against) => {
    const other = results[against];
    const ratio = (of: (run: Run) => number) => spreadOf(own.map((run, i) => of(run) / of(other[i])));
    return {
      ...alone,
      against,
      otherSeconds: spreadOf(other.map(clock)),
      ratio: ratio(clock),
      processorRatio: ratio(processor),
      limit: scenario.limits?.[against],
      memoryRatio: ratio(({ peakMegabytes }) => peakMegabytes),
      memoryLimit: against === 'by-hand' ? scenario.memoryLimit : undefined,
      jsonRatio: rounded(own[0].jsonBytes / other[0].jsonBytes),
    };
  });
}

/** How time grows with size: the exponents of the clock and of the processor. */
export interface Growth {
  readonly what: string;
  readonly exponent: number;
  readonly processorExponent: number;
  readonly limit: number;
}

export function growthOf(rows: readonly Row[]): Growth[] {
  return GROWTHS.flatMap(({ what, scenarios, size, limit }) => {
    const found = scenarios.flatMap((scenario) => rows.find(({ name }) => name === scenario) ?? []);
    if (found.length < scenarios.length) return [];
    const exponent = (of: (row: Row) => Spread) => exponentOf(found.map((row) => [row[size], of(row).median] as const));
    return [
      {
        what,
        exponent: exponent((row) => row.seconds),
        processorExponent: exponent((row) => row.processorSeconds),
        limit:
          limit === 'n log n' ? exponentOf(found.map((row) => [row[size], row[size] * Math.log(row[size])])) : limit,
      },
    ];
  });
}
