import { appendFileSync } from 'node:fs';
import type { Command } from 'commander';
import { printable, printableLines } from '../../../lib/rules/printable';
import { ExitCode } from '../../exit-code';
import type { Terminal } from '../../terminal';
import { UsageError } from '../../usage-error';
import { withBaseRef } from '../base/base-ref';
import { prefixOf } from '../base/git';
import type { ExposedEndpoint } from '../exposed-endpoint';
import { maskedTexts } from '../mask';
import { collect, day } from '../options';
import { type Output, oneOf, outputs, writeOutput } from '../output';
import { renderPage } from '../page/page';
import { pageData } from '../page/page-model';
import { readExposure, stacksIn } from '../read/read-exposure';
import { select } from '../select';
import { compare } from './compare';
import { type Difference, FACTS, type Fact, factsOf } from './difference';
import { toJson } from './render/json';
import { renderJunit } from './render/junit';
import { renderMarkdown } from './render/markdown';
import { toSarif } from './render/sarif';
import { renderText } from './render/text';

interface DiffOptions {
  readonly baseRef?: string;
  readonly synthCommand?: string;
  readonly state?: readonly string[];
  readonly failOn?: readonly Fact[];
  readonly format: Format;
  readonly output?: readonly Output<Format>[];
  readonly asOf?: Date;
  readonly summary?: boolean;
  readonly maskIds?: boolean;
}

/** What is different between two states, and the state after. */
interface Comparison {
  readonly differences: readonly Difference[];
  readonly after: readonly ExposedEndpoint[];
}

interface Rendered {
  readonly failOn: readonly Fact[];
  readonly after: readonly ExposedEndpoint[];
  readonly now: Date;
}

type Render = (differences: readonly Difference[], rendered: Rendered) => string;

const FORMATS = {
  text: renderText,
  markdown: renderMarkdown,
  json: (differences) => jsonText(toJson(differences)),
  sarif: (differences, { failOn }) => jsonText(toSarif(differences, failOn, prefixOf(process.cwd()))),
  junit: (differences, { failOn }) => renderJunit(differences, failOn),
  html: (differences, { after, now }) => renderPage(pageData(select(after, { now }), { now }, differences)),
} satisfies Record<string, Render>;

type Format = keyof typeof FORMATS;
const NAMES = Object.keys(FORMATS) as Format[];

/** Adds `exposure diff`. */
export function registerDiff(exposure: Command, terminal: Terminal, finish: (exitCode: ExitCode) => void): void {
  exposure
    .command('diff')
    .description('Shows who gains and loses access between two synthesized states of an app.')
    .argument('[base]', 'the folder or file of the state before; left out with --base-ref')
    .argument('[head]', 'the folder or file of the state after')
    .option('--base-ref <ref>', 'compare with another commit of the app in this folder, which is synthesized for it')
    .option('--synth-command <command>', 'with --base-ref: what synthesizes the app (default: "app" in its cdktf.json)')
    .option('--state <[stack=]file>', 'what is known after apply, for both states (repeatable)', collect)
    .option('--fail-on <facts>', `exit with 1 if the difference is one of these: ${FACTS.join(', ')}`, facts)
    .option('--format <format>', `what to print: ${NAMES.join(', ')}`, format, 'text')
    .option('--output <format=file>', 'also write this format to a file (repeatable)', outputs(NAMES))
    .option('--as-of <date>', 'with html: count days from this one, YYYY-MM-DD in UTC (default: today)', day)
    .option('--summary', 'also append the Markdown to the file in GITHUB_STEP_SUMMARY')
    .option('--mask-ids', 'leave out ids of AWS and numbers of accounts, except for their last 4 characters')
    .addHelpText('after', EXIT_CODES)
    .action(async (base: string | undefined, head: string | undefined, options: DiffOptions) => {
      const { failOn = [] } = options;
      const summary = options.summary ? summaryFile() : undefined;
      const found = await comparisonOf(base, head, options);
      const { differences, after } = options.maskIds ? maskedTexts(found) : found;
      const rendered = { failOn, after, now: options.asOf ?? new Date() };
      terminal.out(FORMATS[options.format](differences, rendered));
      for (const each of options.output ?? []) writeOutput(each, FORMATS[each.format](differences, rendered));
      if (summary !== undefined) appendFileSync(summary, printableLines(renderMarkdown(differences)));
      const met = failOn.filter((fact) => factsOf(differences).has(fact));
      for (const fact of met) terminal.err(`--fail-on ${fact}: ${endpointsOf(differences, fact)}\n`);
      finish(met.length > 0 ? ExitCode.FAILED : ExitCode.OK);
    });
}

async function comparisonOf(
  base: string | undefined,
  head: string | undefined,
  { baseRef: ref, synthCommand: command, state }: DiffOptions,
): Promise<Comparison> {
  const between = (before: string, after: string) => {
    // A stack that only one side has may have a state all the same.
    const stacks = [...stacksIn(before), ...stacksIn(after)];
    // An app may have had no endpoint yet.
    const read = (path: string) => readExposure(path, state, { mayBeEmpty: true, stacks });
    const head = read(after);
    return { differences: compare(read(before), head), after: head };
  };
  if (ref !== undefined) {
    if (head !== undefined)
      throw new UsageError('--base-ref is the state before. Pass at most one folder, the state after.');
    return withBaseRef({ ref, head: base, command }, between);
  }
  if (command !== undefined) throw new UsageError('--synth-command belongs to --base-ref REF. Leave it out.');
  if (base === undefined || head === undefined) throw new UsageError('Write BASE and HEAD, or --base-ref REF.');
  return between(base, head);
}

function summaryFile(): string {
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (file) return file;
  throw new UsageError(
    '--summary needs the file in GITHUB_STEP_SUMMARY, which GitHub Actions sets. Leave it out elsewhere.',
  );
}

/** Where a fact was found. */
function endpointsOf(differences: readonly Difference[], fact: Fact): string {
  const found = differences.filter(({ changes }) => changes.some(({ facts }) => facts.includes(fact)));
  return found.map(({ endpoint }) => printable(endpoint, 200)).join(', ');
}

function jsonText(content: object): string {
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

function facts(text: string, before: readonly Fact[] = []): readonly Fact[] {
  return [...before, ...text.split(',').map((each) => oneOf(each.trim(), FACTS))];
}

function format(text: string): Format {
  return oneOf(text, NAMES);
}

const EXIT_CODES = `
--fail-on:
  public    it faces the internet now, or everybody may connect, or make an interface endpoint
  gained    somebody has access who had none
  weakened  a guard is weaker (limits, acknowledged warnings, anywhere), or access ends later
  any       anything is different

Exit codes: 0 nothing of --fail-on was found, 1 something was, 2 usage error, or a state that cannot be read.`;
