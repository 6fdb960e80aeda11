import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lazy, TerraformStack, Testing } from 'cdktf';
import * as ts from 'typescript';
import { DatabaseEndpoint, type DatabaseEndpointProps, EndpointError } from '../../lib';
import type { Problem } from '../../lib/rules/endpoint-error';
import { STRUCTS } from '../../lib/rules/property-types.generated';
import { validProps } from '../support/endpoint';
import { sources } from '../support/imports';
import { type Given, MONITORING_PLACES, SHARED_CONSTRUCTS, STRUCT_PLACES, USER_PLACES } from '../support/struct-places';

/** Where a struct is passed: what is passed with some of its properties, and what messages call it. */
interface Place {
  readonly prefix: string;
  readonly pass: (given: Given) => unknown;
}

const make = (props: Partial<DatabaseEndpointProps> = {}) =>
  new DatabaseEndpoint(new TerraformStack(Testing.app(), 'prod'), 'Orders', { ...validProps(), ...props });

const PLACES: { readonly [struct: string]: Place } = {
  ...Object.fromEntries(
    Object.entries(STRUCT_PLACES).map(([struct, { prefix, propsWith }]) => [
      struct,
      { prefix, pass: (given: Given) => make(propsWith(given)) },
    ]),
  ),
  ...Object.fromEntries(Object.entries(SHARED_CONSTRUCTS).map(([struct, pass]) => [struct, { prefix: '', pass }])),
  ...Object.fromEntries(
    Object.entries(MONITORING_PLACES).map(([struct, [prefix, pass]]) => [struct, { prefix, pass }]),
  ),
  ...Object.fromEntries(Object.entries(USER_PLACES).map(([struct, [prefix, pass]]) => [struct, { prefix, pass }])),
  ClientGuideOptions: { prefix: 'clientGuide.', pass: (given) => make().clientGuide(given) },
  ConnectionUrlOptions: { prefix: 'connectionUrl.', pass: (given) => make().connectionUrl(given) },
  IntegrationProps: { prefix: "addIntegration('Looker').", pass: SHARED_CONSTRUCTS.IntegrationProps },
  PrivateLinkOutputsOptions: { prefix: 'addOutputs().', pass: SHARED_CONSTRUCTS.PrivateLinkOutputsOptions },
  PrivateLinkProps: { prefix: 'shareOverPrivateLink().', pass: SHARED_CONSTRUCTS.PrivateLinkProps },
  LoadBalancerOutputsOptions: { prefix: 'addOutputs().', pass: SHARED_CONSTRUCTS.LoadBalancerOutputsOptions },
  EndpointOutputsOptions: { prefix: 'addOutputs().', pass: (given) => make().addOutputs(given) },
  SharedAllowlistSettings: { prefix: 'allowlist.', pass: SHARED_CONSTRUCTS.SharedAllowlistSettings },
  UserStatementsOptions: {
    prefix: 'userStatements.',
    pass: (given) => make().userStatements({ user: 'looker', canRead: ['a'], ...given }),
  },
};

/** What is refused by another rule, or under another name. */
const OTHERWISE: { readonly [property: string]: Pick<Problem, 'rule' | 'property'> } = {
  'AnywhereProps.reason': { rule: 'PropertyTypeInvalid', property: 'allow[1].description' },
  // The text of a file is what the endpoint checks.
  'ImportedCertificateFiles.certificateFile': { rule: 'CertificateFileUnreadable', property: 'tls.certificate' },
  'ImportedCertificateFiles.privateKeyFile': { rule: 'CertificateFileUnreadable', property: 'tls.certificate' },
  'ImportedCertificateFiles.certificateChainFile': { rule: 'CertificateFileUnreadable', property: 'tls.certificate' },
};

const WRONG = () => undefined;
const TOKEN = Lazy.anyValue({ produce: () => '${var.x}' });

function problemsOf({ pass }: Place, given: object): { rule: string; property: string }[] {
  try {
    pass(given);
  } catch (error) {
    if (!EndpointError.isEndpointError(error)) throw error;
    return error.problems.map(({ rule, property }) => ({ rule, property }));
  }
  return [];
}

const PROPERTIES = Object.keys(STRUCTS).flatMap((struct) =>
  Object.entries(STRUCTS[struct]).map(([name, type]) => ({ struct, name, type })),
);

const INTERFACES = new Map(
  sources('lib')
    .map((file) =>
      ts.createSourceFile(file, readFileSync(join(__dirname, '../..', file), 'utf8'), ts.ScriptTarget.Latest),
    )
    .flatMap(({ statements }) => [...statements].filter(ts.isInterfaceDeclaration))
    .map((declaration) => [declaration.name.text, declaration]),
);

/** The properties of an interface as its source has them, by whether they are required. */
function declared(name: string): { readonly [property: string]: boolean } {
  const { heritageClauses = [], members } = INTERFACES.get(name)!;
  const bases = heritageClauses.flatMap(({ types }) =>
    types.map(({ expression }) => (expression as ts.Identifier).text),
  );
  const own = members
    .filter(ts.isPropertySignature)
    .map((property) => [(property.name as ts.Identifier).text, property.questionToken === undefined]);
  return Object.assign({}, ...bases.map(declared), Object.fromEntries(own));
}

test.each(Object.keys(STRUCTS))('the table has the properties of %s as its source declares them', (struct) => {
  const entries = Object.entries(STRUCTS[struct]).map(([name, { isRequired = false }]) => [name, isRequired]);

  expect(Object.fromEntries(entries)).toEqual(declared(struct));
});

test('the table has every public struct that is named as one that callers pass', () => {
  const face = readFileSync(join(__dirname, '../../lib/index.ts'), 'utf8');
  const passed = [...face.matchAll(/\b\w+(?:Props|Options|Settings|Quotas)\b/g)].map(([name]) => name);

  expect(passed.length).toBeGreaterThan(20);
  expect(Object.keys(STRUCTS)).toEqual(expect.arrayContaining(passed));
});

test('every struct that callers pass has its place here', () => {
  expect(Object.keys(PLACES).sort()).toEqual(Object.keys(STRUCTS));
  expect(PROPERTIES.length).toBeGreaterThan(150);
});

test.each(PROPERTIES)('$struct.$name takes no value of another type', ({ struct, name }) => {
  const place = PLACES[struct];

  expect(problemsOf(place, { [name]: WRONG })).toContainEqual(
    OTHERWISE[`${struct}.${name}`] ?? { rule: 'PropertyTypeInvalid', property: `${place.prefix}${name}` },
  );
});

test.each(PROPERTIES.filter(({ type }) => type.isDeciding))(
  '$struct.$name decides what there is to build, so it takes no token',
  ({ struct, name }) => {
    const place = PLACES[struct];

    expect(problemsOf(place, { [name]: TOKEN })).toContainEqual({
      rule: 'PropertyKnownTooLate',
      property: `${place.prefix}${name}`,
    });
  },
);

test.each(Object.keys(STRUCTS))('%s takes no property that it does not have', (struct) => {
  const place = PLACES[struct];

  expect(problemsOf(place, { misspelt: 1 })).toContainEqual({
    rule: 'PropertyUnknown',
    property: `${place.prefix}misspelt`,
  });
});

test.each(PROPERTIES.filter(({ type }) => type.isRequired))(
  'without $struct.$name there is an error',
  ({ struct, name }) => {
    expect(problemsOf(PLACES[struct], { [name]: undefined })).not.toEqual([]);
  },
);
