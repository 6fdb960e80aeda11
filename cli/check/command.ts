import type { Command } from 'commander';
import { printable } from '../../lib/rules/printable';
import type { ExitCode } from '../exit-code';
import type { Terminal } from '../terminal';
import { systemResolver } from './connection/dial';
import { type CheckOptions, engineNames, requestsOf } from './options';
import { Progress } from './progress';
import { toJson } from './render/json';
import { renderTable } from './render/table';
import { renderText } from './render/text';
import { exitCodeOfAll, type Report } from './report';
import { runChecks } from './run-checks';
import type { Missing } from './stack/missing';

const SURROUNDINGS = { resolve: systemResolver, now: () => new Date() };

/** Adds `check`. */
export function registerCheck(program: Command, terminal: Terminal, finish: (exitCode: ExitCode) => void): void {
  program
    .command('check')
    .description('Connects to an endpoint like a client of its engine, and reports what such a client can rely on.')
    .argument('[host[:port]]', "where to connect; the default port is the engine's TLS port")
    .option('--engine <name>', `the engine at that address: ${engineNames().join(', ')}`)
    .option('--from <folder>', 'check every endpoint that was synthesized into the folder, and print a table')
    .option('--state <[stack=]file>', 'with --from: the output of `terraform output -json` (repeatable)', collect)
    .option('--ca-folder <folder>', 'with --from: the folder with the CA certificate files (default: ".")')
    .option('--ca <file>', 'the only CA certificates to trust, in PEM format (default: those that Node.js trusts)')
    .option('--servername <name>', 'the name that the certificate must cover, if it is not the host')
    .option('--idle <seconds>', 'also hold a connection open that long without traffic, and see whether it survives')
    .option('--expect <outcome>', '"blocked": turn the check into a test of the allowlist')
    .option('--timeout <seconds>', 'how long each connection may take', '10')
    .option('--json', 'write the report as JSON')
    .addHelpText('after', EXIT_CODES)
    .action(async (address: string | undefined, options: CheckOptions & { readonly json?: boolean }) => {
      const { requests, missing } = requestsOf(address, options);
      const progress = new Progress(terminal, requests.length);
      const reports = await runChecks(requests, SURROUNDINGS, progress).finally(() => progress.stop());
      if (options.from === undefined) terminal.out(shown(reports[0], options.json));
      else showTogether(reports, missing, terminal, options.json);
      finish(exitCodeOfAll(reports, missing.length > 0));
    });
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function shown(report: Report, isJson = false): string {
  return isJson ? `${JSON.stringify(toJson(report), undefined, 2)}\n` : renderText(report);
}

function showTogether(
  reports: readonly Report[],
  missing: readonly Missing[],
  { out, err }: Terminal,
  isJson = false,
): void {
  if (isJson) {
    const exitCode = exitCodeOfAll(reports, missing.length > 0);
    out(`${JSON.stringify({ exitCode, endpoints: reports.map(toJson), missing }, undefined, 2)}\n`);
    return;
  }
  if (reports.length > 0) out(renderTable(reports));
  for (const { endpoints, what, remedy } of missing) {
    const whose = endpoints.length > 0 ? `${endpoints.join(', ')}: ` : '';
    err(`missing: ${printable(`${whose}${what}`)}${remedy ? `\n  -> ${printable(remedy)}` : ''}\n`);
  }
}

const EXIT_CODES = `
It never asks for a password and never sends one.

Exit codes:
  0  no check failed; with --expect blocked, the connection was dropped
  1  a check failed; with --expect blocked, the connection got through
  2  the command line is invalid, or something that --from needs is missing (the rest was checked)
  3  nothing was reached, or nothing was proven: no address, no answer, no route, an error before TLS
  4  a bug in this command`;
