import type { Command } from 'commander';
import { ALL_RULES } from '../../lib/endpoint/endpoint-rules';
import { ExitCode } from '../exit-code';
import { suggestion } from '../suggestion';
import type { Terminal } from '../terminal';
import { UsageError } from '../usage-error';

/** Adds `explain`. */
export function registerExplain(program: Command, terminal: Terminal, finish: (exitCode: ExitCode) => void): void {
  program
    .command('explain')
    .description(
      'Prints why a rule exists, by the name in brackets at the end of a message; without a name, lists all rules.',
    )
    .argument('[rule]', 'the name of a rule, such as CidrHasHostBits')
    .action((name: string | undefined) => {
      terminal.out(name === undefined ? listed() : explained(name));
      finish(ExitCode.OK);
    });
}

interface Explained {
  readonly name: string;
  readonly because: string;
  readonly see?: string;
  /** What becomes of a mistake. */
  readonly outcome: string;
}

/** By the tables of rules; one that is not named here refuses. */
const OUTCOMES: Readonly<Record<string, string>> = {
  warnings: "Warned about at synthesis; acknowledge: ['<name>'] silences it.",
  targetSync: 'Refused by new TargetSync(...).',
  databaseUsers: 'Refused by new DatabaseUser(...).',
  urls: 'Refused by connectionUrl().',
  users: 'Refused by userStatements().',
  outputs: 'Refused by addOutputs().',
  files: 'Refused in allowlist files.',
  preconditions: 'Refused by Terraform, if the value is known after apply.',
};

const RULES: readonly Explained[] = Object.entries(ALL_RULES).flatMap(([table, rules]) =>
  rules.map(({ name, because, see }: Omit<Explained, 'outcome'>) => ({
    name,
    because,
    see,
    outcome: OUTCOMES[table] ?? 'Refused at synthesis.',
  })),
);

function explained(written: string): string {
  const wanted = written.replace(/^\[|\]$/g, '').toLowerCase();
  const found = RULES.filter(({ name }) => name.toLowerCase() === wanted);
  if (found.length === 0) {
    const meant = suggestion(wanted, NAMES);
    throw new UsageError(
      `'${written}' is not the name of a rule.${meant === undefined ? '' : ` Did you mean ${meant}?`} \`database-endpoint explain\` lists all names.`,
    );
  }
  return `${found[0].name}\n${found.map(paragraph).join('')}`;
}

function paragraph({ name, because, see, outcome }: Explained): string {
  return `  ${outcome.replace('<name>', name)}\n  ${because}\n${see === undefined ? '' : `  ${see}\n`}`;
}

const NAMES = [...new Set(RULES.map(({ name }) => name))].sort();

function listed(): string {
  return `${NAMES.join('\n')}\n`;
}
