import { createHash } from 'node:crypto';
import { printable } from '../../../../lib/rules/printable';
import { version } from '../../../../package.json';
import type { Entry } from '../../exposed-endpoint';
import { identityOf } from '../../exposed-endpoint';
import type { Change, Difference, Fact } from '../difference';
import { sentenceOf } from './sentences';

/** Where code scanning shows what no file says: changes of the app's code have no line of their own. */
const FALLBACK = 'cdktf.json';

/** What each kind of change is called. The names are part of the command's interface: code scanning keeps them. */
const RULES: Readonly<Record<Change['kind'], { readonly id: string; readonly text: string }>> = {
  added: { id: 'EndpointAdded', text: 'A database endpoint is new.' },
  removed: { id: 'EndpointRemoved', text: 'A database endpoint is gone.' },
  gained: { id: 'AccessGained', text: 'Somebody can reach a database who could not before.' },
  lost: { id: 'AccessLost', text: 'Somebody can no longer reach a database.' },
  setting: { id: 'EndpointChanged', text: 'A property of a database endpoint has another value.' },
  expiry: { id: 'ExpiryMoved', text: 'Access to a database ends on another day.' },
  guard: { id: 'GuardChanged', text: 'What keeps an allowlist narrow is different.' },
  renamed: { id: 'EndpointRenamed', text: 'A database endpoint has another path.' },
  record: { id: 'RecordChanged', text: 'Who owns access to a database, and why, is recorded differently.' },
  userAdded: { id: 'LoginAdded', text: 'A login of a database is new.' },
  userRemoved: { id: 'LoginRemoved', text: 'A login of a database is gone.' },
  privilegesGained: { id: 'PrivilegesGained', text: 'A login may do more in a database.' },
  privilegesLost: { id: 'PrivilegesLost', text: 'A login may do less in a database.' },
  userSetting: { id: 'LoginChanged', text: 'A property of a login has another value.' },
};

const KINDS = Object.keys(RULES) as Change['kind'][];

/**
 * The differences for code scanning.
 *
 * @param failOn what makes the command fail; such changes are errors.
 * @param prefix of the folder that the app runs in, from the root of the repository: `infra/`.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function toSarif(differences: readonly Difference[], failOn: readonly Fact[], prefix = ''): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'database-endpoint',
            version,
            informationUri: 'https://github.com/cdktf-database-endpoint/cdktf-database-endpoint',
            rules: KINDS.map((kind) => ({ id: RULES[kind].id, shortDescription: { text: RULES[kind].text } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: differences.flatMap((difference) =>
          difference.changes.map((change) => resultOf(change, difference, failOn, prefix)),
        ),
      },
    ],
  };
}

function resultOf(change: Change, difference: Difference, failOn: readonly Fact[], prefix: string): object {
  const { endpoint } = difference;
  const text = `${endpoint}: ${sentenceOf(change, difference, (each) => printable(each, 200))}`;
  const identity = JSON.stringify([endpoint, change.kind, 'name' in change ? change.name : '', entryOf(change)]);
  return {
    ruleId: RULES[change.kind].id,
    ruleIndex: KINDS.indexOf(change.kind),
    level: levelOf(change, failOn),
    message: { text: withoutLinks(printable(text)) },
    locations: [
      {
        physicalLocation: placeOf(change, prefix),
        logicalLocations: [{ fullyQualifiedName: printable(endpoint), kind: 'resource' }],
      },
    ],
    partialFingerprints: { 'exposureChange/v1': createHash('sha256').update(identity).digest('hex') },
  };
}

/** A message may hold links: `[text](target)`. */
function withoutLinks(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&');
}

function levelOf({ facts }: Change, failOn: readonly Fact[]): 'error' | 'warning' | 'note' {
  if (facts.some((fact) => failOn.includes(fact))) return 'error';
  return facts.length > 1 ? 'warning' : 'note';
}

function entryOf(change: Change): string {
  if ('user' in change) {
    const { schema, tables, privileges } = 'grant' in change ? change.grant : {};
    return JSON.stringify([change.user.userName, change.user.database, schema, tables, privileges]);
  }
  if (!('entry' in change)) return '';
  // Whoever has none keeps the fingerprint that it had.
  const { entry } = change;
  return [identityOf(entry), ...(entry.integration === undefined ? [] : [entry.integration])].join(' ');
}

function placeOf(change: Change, prefix: string): object {
  const entry: Entry | undefined = 'entry' in change ? change.entry : undefined;
  const { file, location = '' } = entry ?? {};
  const artifactLocation = { uri: uriOf(`${prefix}${file ?? FALLBACK}`), uriBaseId: '%SRCROOT%' };
  // A line of the base is not one of the head, which code scanning shows.
  const [, line, column] = (change.kind !== 'lost' && /:(\d{1,9}):(\d{1,9})$/.exec(location)) || [];
  if (file === undefined || line === undefined) return { artifactLocation };
  return { artifactLocation, region: { startLine: Number(line), startColumn: Number(column) } };
}

function uriOf(path: string): string {
  // Half of a character has no form in a URI.
  return path
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}
