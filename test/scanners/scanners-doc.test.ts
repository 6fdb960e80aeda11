import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources } from '../support/synthesis';
import { SYNTHESIZED } from './configurations';
import { EXCEPTIONS } from './exceptions';
import { NOT_EVALUATED } from './not-evaluated';
import { statementsOf } from './scanned-stack';
import { SCANNERS, type ScannerRule, sourceOf } from './scanner-rule';
import { SCANNER_RULES } from './scanner-rules';

const PAGE = join(__dirname, '../../docs/security.md');
const RULES = new Map(SCANNER_RULES.map((rule) => [rule.id, rule]));

const cell = (text: string) => text.replaceAll('|', '\\|');
const plain = (text: string) => `${text[0].toLowerCase()}${text.slice(1).replace(/\.$/, '')}`;

function exceptionsTable(): string {
  const rows = EXCEPTIONS.map(({ ids, type, because }) => {
    const wants = [...new Set(ids.map((id) => RULES.get(id)?.wants))].join('; ');
    const links = ids.map((id) => `[${id}](${sourceOf(RULES.get(id) as ScannerRule)})`);
    return `| ${links.join(', ')} | \`${type}\` | ${wants} | ${cell(because)} |`;
  });
  return ['| rule | resource | wants | why it does not pass |', '|---|---|---|---|', ...rows].join('\n');
}

function notEvaluatedTable(): string {
  const rows = NOT_EVALUATED.map(({ ids, because }) => `| ${ids.join(', ')} | ${cell(plain(because))} |`);
  return ['| rule | why it is not evaluated |', '|---|---|', ...rows].join('\n');
}

const idsOf = (scanner: keyof typeof SCANNERS) =>
  [...new Set(EXCEPTIONS.flatMap(({ ids }) => ids).filter((id) => RULES.get(id)?.scanner === scanner))].sort();

/** Files for the scanners, each a comment and the list. */
function checkovFile(): string {
  return ['```yaml', '# .checkov.yaml', 'skip-check:', ...idsOf('Checkov').map((id) => `  - ${id}`), '```'].join('\n');
}
function trivyFile(): string {
  return ['```text', '# .trivyignore', ...idsOf('Trivy'), '```'].join('\n');
}

const PARTS: { readonly [name: string]: () => string } = {
  'scanner-exceptions': exceptionsTable,
  'scanners-not-evaluated': notEvaluatedTable,
  'scanners-checkov': checkovFile,
  'scanners-trivy': trivyFile,
};

// UPDATE_DOCS=1 npx jest test/scanners writes them.
test.each(Object.entries(PARTS))('docs/security.md has the part %s as the tests have it', (name, write) => {
  const between = new RegExp(`(<!-- ${name}:begin -->\\n)([\\s\\S]*?)(\\n?<!-- ${name}:end -->)`);
  if (process.env['UPDATE_DOCS']) {
    writeFileSync(
      PAGE,
      readFileSync(PAGE, 'utf8').replace(between, (_, begin, __, end) => `${begin}${write()}${end}`),
    );
  }

  expect(between.exec(readFileSync(PAGE, 'utf8'))?.[2]).toEqual(write());
});

test('docs/security.md names the versions that the rules were read in', () => {
  const document = readFileSync(PAGE, 'utf8');

  for (const { version } of Object.values(SCANNERS)) expect(document).toContain(version);
});

/** Roles by their row in docs/security.md, with a configuration that has everything that the role can be given. */
const ROLES = {
  'the function that follows names': ['followed target, in the VPC with a key', 'Sync_'],
  'the function of a database user': ['database user with keys', 'Looker_'],
} as const;

test.each(Object.entries(ROLES))('docs/security.md says all that %s may do', (role, [configuration, prefix]) => {
  const [, row = ''] = new RegExp(`^\\| ${role} \\|(.*)\\|$`, 'm').exec(readFileSync(PAGE, 'utf8')) ?? [];
  const policies = resources(SYNTHESIZED[configuration], 'aws_iam_role_policy').filter(({ role: of }) =>
    String(of).includes(`.${prefix}`),
  );
  const allowed = policies
    .flatMap(({ policy }) => statementsOf(policy))
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ actions }) => actions);

  expect(policies).toHaveLength(1);
  expect([...new Set(row.match(/[a-z0-9]+:[A-Z]\w+/g))].sort()).toEqual([...new Set(allowed)].sort());
});
