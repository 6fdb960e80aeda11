import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { load } from 'js-yaml';
import { refusal } from '../support/endpoint';
import { eachInItsFolder, FULL, OFFICES, props, read, write } from './allowlist-folder';

eachInItsFolder();

describe('the published JSON Schema', () => {
  const schema = JSON.parse(readFileSync(join(__dirname, '../../schema/allowlist.schema.json'), 'utf8'));
  const accepts: ValidateFunction = new Ajv({ allowUnionTypes: true, formats: { date: true } }).compile(schema);

  test.each([
    ['everything that can be said', FULL],
    ['an included file', OFFICES],
    ['everybody', 'entries: [{ anywhere: true, reason: Public demo data }]'],
    [
      'what is required of entries',
      'require: { owner: true, ticket: false, expires: false, maxDays: 9, ticketIfWiderThan: { ipv4: 28, ipv6: 0 } }\nowner: a\nentries: [52.20.30.40]',
    ],
    ['a block alone', 'entries: [52.20.30.40]'],
  ])('accepts %s, as the endpoint does', (_, text) => {
    write('allowlist.yaml', text);
    write('shared/offices.yaml', OFFICES);

    expect(accepts(load(text))).toBe(true);
    expect(refusal(props(read()))).toBeUndefined();
  });

  test.each([
    ['a misspelt key', 'entires: [52.20.30.40]'],
    ['an entry of two sources', 'entries: [{ cidr: 52.20.30.40, securityGroup: sg-0123456789abcdef0 }]'],
    ['everybody without a reason', 'entries: [{ anywhere: true }]'],
    ['a date in another form', 'entries: [{ cidr: 52.20.30.40, expires: 31.01.2031 }]'],
    ['a group without a name', 'groups: [{ entries: [52.20.30.40] }]'],
    ['a list too large', 'entries: [{ prefixList: pl-0123456789abcdef0, maxEntries: 1001 }]'],
    ['requirements that require nothing', 'require: {}\nentries: [52.20.30.40]'],
    ['a misspelt requirement', 'require: { owners: true }\nentries: [52.20.30.40]'],
    ['access for no day', 'require: { maxDays: 0 }\nentries: [52.20.30.40]'],
    ['a prefix length too large', 'require: { ticketIfWiderThan: { ipv4: 33 } }\nentries: [52.20.30.40]'],
    ['an absolute include', 'include: [/etc/offices.yaml]'],
  ])('refuses %s, as the endpoint does', (_, text) => {
    write('allowlist.yaml', text);

    expect(accepts(load(text))).toBe(false);
    expect(refusal(props(read()))).toBeDefined();
  });
});
