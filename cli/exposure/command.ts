import { type Command, Option } from 'commander';
import type { Cidr } from '../../lib/network/cidr';
import { ExitCode } from '../exit-code';
import type { Terminal } from '../terminal';
import { registerDiff } from './diff/command';
import { assertEndpoint, block, collect, day, days } from './options';
import { type Output, outputs, writeOutput } from './output';
import { renderPage } from './page/page';
import { pageData } from './page/page-model';
import { readExposure } from './read/read-exposure';
import { toJson } from './render/json';
import { renderMarkdown } from './render/markdown';
import { renderTable } from './render/table';
import { type Question, type Selected, select } from './select';

interface ExposureOptions {
  readonly state?: readonly string[];
  readonly endpoint?: string;
  readonly owner?: string;
  readonly integration?: string;
  readonly expiring?: number;
  readonly address?: Cidr;
  readonly asOf?: Date;
  readonly format: Format;
  readonly output?: readonly Output<Format>[];
}

type Render = (selected: readonly Selected[], question: Question) => string;

const FORMATS = {
  table: renderTable,
  markdown: renderMarkdown,
  json: (selected) => `${JSON.stringify(toJson(selected), undefined, 2)}\n`,
  html: (selected, question) => renderPage(pageData(selected, question)),
} satisfies Record<string, Render>;

type Format = keyof typeof FORMATS;
const NAMES = Object.keys(FORMATS) as Format[];

/** Adds `exposure`. */
export function registerExposure(program: Command, terminal: Terminal, finish: (exitCode: ExitCode) => void): void {
  const exposure = program
    .command('exposure')
    .enablePositionalOptions()
    .description(
      'Shows who may reach the endpoints of a synthesized app: addresses, owners, expiries, logins, and where it is written.',
    )
    .argument('[folder]', 'the output folder of the app, the folder of a stack, or an exposure.json', 'cdktf.out')
    .option('--endpoint <path>', 'only this endpoint')
    .option('--owner <name>', 'only access that has this owner')
    .option('--integration <name>', 'only access and logins of this integration')
    .option('--expiring <days>', 'only access that ends within so many days, such as 30d', days)
    .option('--address <address>', 'only what admits this address, or some of this block', block)
    .option('--as-of <date>', 'count days from this one, YYYY-MM-DD in UTC (default: today)', day)
    .option(
      '--state <[stack=]file>',
      'what is known after apply: `terraform show -json` or `output -json` (repeatable)',
      collect,
    )
    .addOption(new Option('--format <format>', 'how to show it').choices(NAMES).default('table'))
    .option('--output <format=file>', 'also write this format to a file (repeatable)', outputs(NAMES))
    .addHelpText('after', '\nExit codes: 0 it was shown, 2 usage error, or a file that cannot be read.')
    .action((folder: string, { state, format, ...options }: ExposureOptions) => {
      const endpoints = readExposure(folder, state);
      assertEndpoint(options.endpoint, endpoints);
      const { endpoint, owner, integration, address, expiring: expiringDays, asOf: now = new Date() } = options;
      const question = { endpoint, owner, integration, address, expiringDays, now };
      const selected = select(endpoints, question);
      terminal.out(FORMATS[format](selected, question));
      for (const each of options.output ?? []) writeOutput(each, FORMATS[each.format](selected, question));
      finish(ExitCode.OK);
    });
  registerDiff(exposure, terminal, finish);
}
