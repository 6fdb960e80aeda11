import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STRUCTS } from '../../lib/rules/property-types.generated';

const page = readFileSync(join(__dirname, '../../docs/tokens.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| '));
const named = rows.flatMap((row) => [...row.split(' | ')[0].matchAll(/`([^`]+)`/g)].map(([, name]) => name));

/** Structs that the page names as a whole, since all of their properties are treated alike. */
const WHOLE: { readonly [struct: string]: string } = {
  AllowedSourceOrigin: 'origin',
  AllowlistRequirements: 'allowlist.require',
  ClientGuideOptions: 'clientGuide()',
  ConnectionUrlOptions: 'connectionUrl()',
  CustomEngineProps: 'DatabaseEngine.custom',
  EndpointHealthCheck: 'healthCheck.*',
  EndpointOutputsOptions: 'addOutputs()',
  ImportedCertificateFiles: 'EndpointCertificate.importedFiles',
  ImportedCertificateProps: 'EndpointCertificate.imported',
  TargetSyncProps: 'TargetSync',
  UserStatementsOptions: 'userStatements()',
};

// Objects are no tokens; the properties of structs are rows of their own.
const VALUES = ['string', 'number', 'boolean', 'strings', 'map'];

test.each(Object.keys(STRUCTS))('docs/tokens.md says of every value in %s whether it may be a token', (struct) => {
  const names = Object.entries(STRUCTS[struct]).flatMap(([name, { kind }]) => (VALUES.includes(kind) ? name : []));
  const isNamed = (name: string) => named.some((each) => new RegExp(`(^|\\.)${name}(\\[i\\])?$`).test(each));

  if (struct in WHOLE) expect(named).toContain(WHOLE[struct]);
  else expect(names.filter((name) => !isNamed(name))).toEqual([]);
});

test('every struct that docs/tokens.md names as a whole exists', () => {
  expect(Object.keys(WHOLE).filter((struct) => !(struct in STRUCTS))).toEqual([]);
});
