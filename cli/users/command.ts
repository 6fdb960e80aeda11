import type { Command } from 'commander';
import type { ExitCode } from '../exit-code';
import type { Terminal } from '../terminal';
import { describeUsers } from './describe-users';
import { parseFunction } from './function-name';
import { renderDescription } from './render-description';
import { renderDrift, renderProblem } from './render-drift';
import { type Asked, exitCodeOf, isUnanswered, type UserReport } from './user-report';

interface UsersOptions {
  readonly region?: string;
  readonly json?: boolean;
}

/** Adds `users describe` and `users drift`. */
export function registerUsers(program: Command, terminal: Terminal, finish: (exitCode: ExitCode) => void): void {
  const users = program.command('users').description('Commands for the logins that DatabaseUser makes.');
  const add = (verb: Verb) =>
    users
      .command(verb.name)
      .description(verb.description)
      .argument('<functions...>', "names or ARNs of the users' functions (user.lambdaFunction)")
      .option('--region <region>', 'the Region of functions that are given by name')
      .option('--json', 'print the answers as JSON')
      .addHelpText('after', `${HOW}\n\n${verb.exitCodes}`)
      .action(async (written: string[], { region, json }: UsersOptions) => {
        const functions = written.map((each) => parseFunction(each, region));
        const asked = await describeUsers(functions, terminal);
        const exitCode = exitCodeOf(asked, verb.isDrift);
        if (json) terminal.out(jsonOf(asked, exitCode));
        else print(asked, verb.render, terminal);
        finish(exitCode);
      });
  add(DESCRIBE);
  add(DRIFT);
}

interface Verb {
  readonly name: string;
  readonly description: string;
  readonly exitCodes: string;
  readonly isDrift: boolean;
  readonly render: (report: UserReport) => string;
}

const HOW = `
The database is private: the command invokes the function of each user, which reads the database's catalogues and
changes nothing. Credentials and Region are found as by other AWS tools: profiles (AWS_PROFILE), AWS_REGION, the role
of the machine. They need lambda:InvokeFunction, and nothing else. Nothing secret is printed.`;

const DESCRIBE: Verb = {
  name: 'describe',
  description: 'Prints what logins can really do, as the database itself says.',
  exitCodes: `Exit codes:
  0  every function has answered, whatever it said
  2  the command line is invalid
  3  a function could not be asked, or failed`,
  isDrift: false,
  render: renderDescription,
};

const DRIFT: Verb = {
  name: 'drift',
  description: 'Fails if what logins can really do differs from what is declared.',
  exitCodes: `Exit codes:
  0  every user is as it is declared; there may be remarks
  1  at least one differs
  2  the command line is invalid
  3  a function could not be asked, or failed, and none of the others found a difference`,
  isDrift: true,
  render: renderDrift,
};

function print(asked: readonly Asked[], render: (report: UserReport) => string, { out, err }: Terminal): void {
  for (const each of asked) {
    if (isUnanswered(each)) err(renderProblem(each));
    else out(render(each));
  }
}

function jsonOf(asked: readonly Asked[], exitCode: ExitCode): string {
  const users = asked.map((each) => (isUnanswered(each) ? each : { function: each.function, ...each.description }));
  return `${JSON.stringify({ exitCode, users }, undefined, 2)}\n`;
}
