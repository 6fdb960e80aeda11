import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { isExpiry } from '../../lib/allowlist/expiry';
import { describeProblem } from '../../lib/endpoint-error';
import { ExitCode } from '../exit-code';
import type { Terminal } from '../terminal';
import { type AllowlistReport, checkAllowlistFile } from './check-file';

interface Options {
  readonly today?: string;
  readonly mustInclude?: string[];
  readonly aggregate?: boolean;
  readonly json?: boolean;
}

/** Adds `allowlist check`. */
export function registerAllowlist(program: Command, terminal: Terminal, finish: (exitCode: ExitCode) => void): void {
  program
    .command('allowlist')
    .description('Works on allowlist files.')
    .command('check')
    .description('Checks an allowlist file, and those that it includes, as an endpoint would at synthesis.')
    .argument('<file>', 'a YAML or JSON file')
    .option('--today <date>', 'judge expiry on this day, YYYY-MM-DD in UTC', day)
    .option('--must-include <blocks...>', 'fail if one of these addresses or blocks would have no access')
    .option('--aggregate', 'count rules as with aggregate: true')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', '\nExit codes: 0 the file is sound (there may be warnings), 1 it is not, 2 usage.')
    .action((file: string, { today, mustInclude, aggregate, json }: Options) => {
      const report = checkAllowlistFile(file.replace(/\\/g, '/'), (path) => readFileSync(path, 'utf8'), {
        today,
        mustInclude,
        aggregate,
        dualStack: true,
      });
      terminal.out(json ? `${JSON.stringify(report, undefined, 2)}\n` : textOf(file, report));
      finish(report.problems.length > 0 ? ExitCode.FAILED : ExitCode.OK);
    });
}

function day(text: string): string {
  if (!isExpiry(text)) throw new InvalidArgumentError('It must be a day as YYYY-MM-DD.');
  return text;
}

function textOf(
  file: string,
  { files, entries, expired, addresses, securityGroups, problems, warnings }: AllowlistReport,
): string {
  const lines = [
    ...problems.map((problem) => `error: ${describeProblem(problem)}`),
    ...warnings.map((warning) => `warning: ${describeProblem(warning)}`),
  ];
  if (problems.length > 0)
    return [...lines, `${problems.length} to mend in ${files.length > 0 ? files.join(', ') : file}`, ''].join('\n');
  const groups = securityGroups.map(({ name, ipv4, ipv6 }) => `${name} (${ipv4} IPv4, ${ipv6} IPv6)`).join(', ');
  return [
    ...lines,
    `${files.join(', ')}: ${entries} entries${expired > 0 ? `, ${expired} of them expired` : ''}`,
    `admits ${addresses.ipv4} IPv4 and ${addresses.ipv6} IPv6 addresses`,
    `rules by security group: ${groups}`,
    '',
  ].join('\n');
}
