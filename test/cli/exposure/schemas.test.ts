import Ajv from 'ajv';
import fc from 'fast-check';
import { compare } from '../../../cli/exposure/diff/compare';
import { DIFF_SCHEMA, toJson as toDiff } from '../../../cli/exposure/diff/render/json';
import { maskedTexts } from '../../../cli/exposure/mask';
import { REPORT_SCHEMA, toJson as toReport } from '../../../cli/exposure/render/json';
import { select } from '../../../cli/exposure/select';
import { AllowedSource, AllowlistFile } from '../../../lib';
import { type Cidr, parseCidr } from '../../../lib/network/cidr';
import { files as publishedFiles } from '../../../package.json';
import diffSchema from '../../../schema/exposure-diff.schema.json';
import reportSchema from '../../../schema/exposure-report.schema.json';
import { runs } from '../../support/property-runs';
import { strict } from '../../support/strict-schema';
import { command } from '../support/command';
import { synthesized } from './app';
import { app } from './diff/arbitrary-apps';
import { everything } from './diff/everything';

const SCHEMAS = { report: reportSchema, diff: diffSchema };
type Name = keyof typeof SCHEMAS;

const validators = Object.fromEntries(
  Object.entries(SCHEMAS).map(([name, schema]) => [
    name,
    {
      published: new Ajv({ allowUnionTypes: true }).compile(schema),
      ofThisRelease: new Ajv({ allowUnionTypes: true }).compile({ ...strict(schema), $id: 'strict' }),
    },
  ]),
);

/** What the schema says is wrong, properties that it does not know included. */
function mistakes(name: Name, content: unknown) {
  const { ofThisRelease, published } = validators[name];
  const written = JSON.parse(JSON.stringify(content));
  ofThisRelease(written);
  published(written);
  return [...(ofThisRelease.errors ?? []), ...(published.errors ?? [])];
}

const now = new Date('2026-12-01T00:00:00Z');

test('the schemas are parts of the package, and named in what they describe', () => {
  expect(publishedFiles).toContain('schema');
  expect([reportSchema.$id, diffSchema.$id]).toEqual([REPORT_SCHEMA, DIFF_SCHEMA]);
  expect(toReport([])).toMatchObject({ $schema: REPORT_SCHEMA, version: 1 });
  expect(toDiff([])).toMatchObject({ $schema: DIFF_SCHEMA, version: 1 });
});

test('what both describe is the same in both', () => {
  for (const name of ['entry', 'user', 'grant', 'sizes', 'number', 'text'] as const) {
    expect(reportSchema.definitions[name]).toEqual(diffSchema.definitions[name]);
  }
});

test('everything that can be different is as the schema of the diff says, and nothing in it is unknown there', () => {
  const diff = toDiff(everything) as { endpoints: { changes: { kind: string }[] }[] };

  expect(mistakes('diff', diff)).toEqual([]);
  expect(mistakes('diff', toDiff([]))).toEqual([]);
  const kinds = new Set(diff.endpoints.flatMap(({ changes }) => changes.map(({ kind }) => kind)));
  const { definitions } = diffSchema;
  const declared = definitions.change.oneOf.flatMap(({ $ref }) => {
    const { kind } = definitions[$ref.replace('#/definitions/', '') as 'accessChange'].properties;
    return 'const' in kind ? [(kind as { const: string }).const] : kind.enum;
  });
  expect(kinds).toEqual(new Set(declared));
});

test('so is every random app, whatever is asked for, and every difference between two', () => {
  const block = parseCidr('10.0.0.0/28') as Cidr;
  const question = fc.constantFrom(
    {},
    { owner: 'a' },
    { integration: 'looker' },
    { expiringDays: 60 },
    { address: block },
  );
  fc.assert(
    fc.property(app, app, question, fc.boolean(), (base, head, asked, isMasked) => {
      const masked = <Value>(value: Value) => (isMasked ? maskedTexts(value) : value);

      expect(mistakes('report', toReport(select(head, { ...asked, now })))).toEqual([]);
      expect(mistakes('diff', toDiff(masked(compare(base, head))))).toEqual([]);
    }),
    { numRuns: runs(400) },
  );
});

test('so is what the command prints of an app', async () => {
  const allow = AllowlistFile.parse(
    'entries: [{ cidr: 8.8.8.0/24, owner: data-team, expires: 2027-01-31 }, { prefixList: pl-0123456789abcdef0, maxEntries: 3 }]',
    { name: 'allowlist.yaml' },
  );
  const [base, head] = [
    synthesized({ prod: { Orders: {} } }),
    synthesized({
      prod: {
        Orders: { allow, allowlist: { asOf: '2026-12-01' } },
        New: { allow: [AllowedSource.cidr('8.8.8.8/32')] },
      },
    }),
  ];
  const printed = async (...args: string[]) => JSON.parse((await command('exposure', ...args, '--format', 'json')).out);

  const report = await printed(head);
  expect(report.endpoints).toHaveLength(2);
  expect(mistakes('report', report)).toEqual([]);
  expect(mistakes('report', await printed(head, '--address', '8.8.8.8'))).toEqual([]);
  const diff = await printed('diff', base, head);
  expect(diff.endpoints.length).toBeGreaterThan(1);
  expect(mistakes('diff', diff)).toEqual([]);
});

test.each<[schema: Name, what: string, path: string, value: unknown]>([
  ['diff', 'another version', 'version', 2],
  ['diff', 'a fact that is missing', 'facts.weakened', undefined],
  ['diff', 'a kind that does not exist', 'endpoints.0.changes.0.kind', 'opened'],
  ['diff', 'a change without facts', 'endpoints.0.changes.0.facts', undefined],
  ['diff', 'a fact that does not exist', 'endpoints.0.changes.0.facts', ['lost']],
  ['diff', 'access without its entry', 'endpoints.0.changes.0.entry', undefined],
  ['diff', 'a change of another kind', 'endpoints.0.changes.0.kind', 'setting'],
  ['diff', 'a number of addresses that JSON rounds', 'endpoints.0.gained.ipv6', 1e20],
  ['diff', 'an endpoint without changes', 'endpoints.0.changes', []],
  ['diff', 'an endpoint that is neither new nor gone', 'endpoints.0.change', 'moved'],
  ['diff', 'a side without a port', 'endpoints.0.after.port', undefined],
  ['report', 'another version', 'version', '1'],
  ['report', 'no endpoints', 'endpoints', undefined],
  ['report', 'an endpoint without users', 'endpoints.0.users', undefined],
  ['report', 'an entry without a value', 'endpoints.0.entries.0.value', undefined],
  ['report', 'addresses that are a number', 'endpoints.0.entries.0.addresses', 1],
  ['report', 'a user without grants', 'endpoints.0.users.0.grants', undefined],
  ['report', 'a grant without privileges', 'endpoints.0.users.0.grants.0.privileges', undefined],
  ['report', 'a port out of range', 'endpoints.0.port', 0],
])('the schema of the %s refuses %s', (name, _, path, value) => {
  const after = everything.flatMap((each) => (each.after === undefined ? [] : [each.after]));
  const content = JSON.parse(JSON.stringify(name === 'diff' ? toDiff(everything) : toReport(select(after, { now }))));
  expect(mistakes(name, content)).toEqual([]);

  const keys = path.split('.');
  const last = keys.pop()!;
  keys.reduce((node, key) => node[key], content)[last] = value;

  expect(validators[name].published(JSON.parse(JSON.stringify(content)))).toBe(false);
});

test.each<Name>(['report', 'diff'])('the schema of the %s admits properties that a later release adds', (name) => {
  const content = name === 'diff' ? toDiff(everything) : toReport([]);

  expect(validators[name].published(JSON.parse(JSON.stringify({ ...content, more: true })))).toBe(true);
  expect(mistakes(name, { ...content, more: true })).not.toEqual([]);
});
