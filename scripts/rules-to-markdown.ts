import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_RULES } from '../lib/endpoint/endpoint-rules';

// Writes docs/rules.md from the tables of rules, so that every name in a message can be looked up.
const target = join(__dirname, '..', 'docs', 'rules.md');

function table(rules: readonly { name: string; because: string; see?: string }[]): string {
  const rows = [...rules]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, because, see }) => `| \`${name}\` | ${because}${see ? ` ([source](${see}))` : ''} |`);
  return ['| name | because |', '|---|---|', ...rows].join('\n');
}

const text = `# Validation rules and warnings

Every message ends with the name of its rule. This page is generated from the rules (\`npm run docs\`).

## Refused at synthesis

${table(ALL_RULES.refusals)}

## Refused by \`new TargetSync(...)\`

${table(ALL_RULES.targetSync)}

## Refused by \`new DatabaseUser(...)\`

${table(ALL_RULES.databaseUsers)}

## Refused by \`connectionUrl()\`

${table(ALL_RULES.urls)}

## Refused by \`clientGuide()\`, \`clientGuideMarkdown()\` and \`addOutputs()\`

${table(ALL_RULES.guides)}

## Refused by \`userStatements()\`

${table(ALL_RULES.users)}

## Refused by \`addOutputs()\`

${table(ALL_RULES.outputs)}

## Refused in allowlist files

What is wrong with a block, an id or a description has the same name as in code.

${table(ALL_RULES.files)}

## Warned about

A warning that has been read can be silenced with \`acknowledge: ['<name>']\`.

${table(ALL_RULES.warnings)}

## Checked by Terraform

Values that are known after apply are checked by preconditions, with the same names: \`AllowlistEmpty\`,
\`AllowlistTooBroad\`, \`ComputedCidrInvalid\`, \`Ipv6NeedsDualStack\`, \`SubnetsTooFew\`, \`SyncConfigurationTooLong\`,
\`TargetHostnameInvalid\`, \`UserConfigurationTooLong\`.

What AWS has and the configuration has no longer, and the provider would silently keep, is refused by postconditions:
\`PrivateDnsNameKept\`, \`PrivateLinkRegionsKept\`. So is another name of a database user's login: \`UserNameChanged\`.
A precondition refuses an epoch of \`sessions\` that is not one more than the listener is at: \`SessionsEpochSkipped\`.
`;

if (readFileSync(target, { encoding: 'utf8', flag: 'a+' }) !== text) writeFileSync(target, text);
