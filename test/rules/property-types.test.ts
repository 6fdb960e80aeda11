import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lazy, TerraformStack, Testing } from 'cdktf';
import * as ts from 'typescript';
import {
  AllowedSource,
  AllowlistFile,
  DatabaseEndpoint,
  type DatabaseEndpointProps,
  DatabaseEngine,
  DatabaseTarget,
  EndpointCertificate,
  EndpointError,
  EndpointTls,
  SharedCertificate,
  TargetSync,
  TlsHandshake,
} from '../../lib';
import type { Problem } from '../../lib/rules/endpoint-error';
import { STRUCTS } from '../../lib/rules/property-types.generated';
import { CERTIFICATE_ARN, terminatingProps, validProps } from '../support/endpoint';
import { sources } from '../support/imports';

// biome-ignore lint/suspicious/noExplicitAny: what callers without a compiler pass
type Given = any;

/** Where a struct is passed: what is passed with some of its properties, and what messages call it. */
interface Place {
  readonly prefix: string;
  readonly pass: (given: Given) => unknown;
}

const make = (props: Partial<DatabaseEndpointProps>) =>
  new DatabaseEndpoint(new TerraformStack(Testing.app(), 'prod'), 'Orders', { ...validProps(), ...props });
const terminate = (termination: Given) => make({ ...terminatingProps(), tls: EndpointTls.terminate(termination) });
const certificate = EndpointCertificate.fromArn(CERTIFICATE_ARN);
const endpoint = (pass: (given: Given) => Partial<DatabaseEndpointProps>): Place => ({
  prefix: '',
  pass: (given) => make(pass(given)),
});
const inside = (property: string): Place => ({
  ...endpoint((given) => ({ [property]: given })),
  prefix: `${property}.`,
});
const target = (pass: (given: Given) => DatabaseTarget): Place => ({
  ...endpoint((given) => ({ target: pass(given) })),
  prefix: 'target.',
});
const source = (pass: (given: Given) => AllowedSource): Place => ({
  ...endpoint((given) => ({ allow: [pass(given)] })),
  prefix: 'allow[0].',
});
const method = (name: string, prefix: string): Place => ({
  prefix,
  pass: (given) => (make({}) as Given)[name]({ user: 'looker', canRead: ['a'], ...given }),
});
const identified = { identifier: 'orders', address: 'a.b', endpoint: 'a.b', role: 'writer' };

const PLACES: { readonly [struct: string]: Place } = {
  AllowedSourceOptions: source((given) => AllowedSource.cidr('8.8.8.8', given)),
  AllowlistBreadth: {
    ...endpoint((given) => ({ allowlist: { maxBreadth: given } })),
    prefix: 'allowlist.maxBreadth.',
  },
  AllowlistFileOptions: {
    prefix: 'AllowlistFile.read(options).',
    pass: (given) => make({ allow: AllowlistFile.read('a.yaml', given) }),
  },
  AllowlistSettings: inside('allowlist'),
  AnywhereProps: source((given) => AllowedSource.anywhere({ reason: 'A public service', ...given })),
  ClientGuideOptions: {
    prefix: 'clientGuide.',
    pass: (given) => make({}).clientGuide(given),
  },
  ConnectionUrlOptions: { prefix: 'connectionUrl.', pass: (given) => make({}).connectionUrl(given) },
  CustomEngineProps: {
    ...endpoint((given) => ({
      engine: DatabaseEngine.custom({ name: 'mine', port: 9, handshake: TlsHandshake.NEGOTIATED, ...given }),
    })),
    prefix: 'engine.',
  },
  DatabaseEndpointProps: endpoint((given) => given),
  DatabaseTargetOptions: target((given) => DatabaseTarget.ipAddresses(['10.0.1.5'], given)),
  EndpointDomain: { ...endpoint((given) => ({ domain: { name: 'a.b', ...given } })), prefix: 'domain.' },
  EndpointHealthCheck: inside('healthCheck'),
  EndpointLoadBalancerProps: endpoint((given) => given),
  EndpointOutputsOptions: { prefix: 'addOutputs().', pass: (given) => make({}).addOutputs(given) },
  EndpointProps: endpoint((given) => given),
  EndpointQuotas: inside('quotas'),
  FollowedTargetOptions: target((given) => DatabaseTarget.hostname('a.b', given)),
  HostnameTargetOptions: target((given) => DatabaseTarget.hostname('a.b', given)),
  ImportedCertificateFiles: {
    prefix: 'tls.certificate.',
    pass: (given) => terminate({ certificate: EndpointCertificate.importedFiles(given) }),
  },
  ImportedCertificateProps: {
    prefix: 'tls.certificate.',
    pass: (given) =>
      terminate({ certificate: EndpointCertificate.imported({ certificate: 'x', privateKey: 'x', ...given }) }),
  },
  InstanceTargetOptions: target((given) => DatabaseTarget.instances(['i-0123456789abcdef0'], given)),
  IpAddressTargetOptions: target((given) => DatabaseTarget.ipAddresses(['10.0.1.5'], given)),
  IssuedCertificateProps: {
    prefix: 'tls.certificate.',
    pass: (given) => terminate({ certificate: EndpointCertificate.issue(given) }),
  },
  PrefixListOptions: source((given) => AllowedSource.prefixList('pl-0123456789abcdef0', given)),
  RdsClusterTargetProps: target((given) => DatabaseTarget.rdsCluster({ ...without(identified, 'address'), ...given })),
  RdsInstanceTargetProps: target((given) =>
    DatabaseTarget.rdsInstance({ ...without(identified, 'endpoint', 'role'), ...given }),
  ),
  RdsProxyTargetProps: target((given) => DatabaseTarget.rdsProxy({ endpoint: 'a.b', ...given })),
  SelfRegisteringTargetOptions: target((given) => DatabaseTarget.selfRegistering(given)),
  SharedCertificateProps: {
    prefix: '',
    pass: (given) =>
      new SharedCertificate(new TerraformStack(Testing.app(), 'prod'), 'x', { domainName: 'a.b', ...given }),
  },
  TargetSyncProps: {
    prefix: '',
    pass: (given) => new TargetSync(new TerraformStack(Testing.app(), 'prod'), 'x', { vpcId: 'vpc-0a', ...given }),
  },
  TlsTerminationProps: { prefix: 'tls.', pass: (given) => terminate({ certificate, ...given }) },
  UserStatementsOptions: method('userStatements', 'userStatements.'),
};

/** What is refused by another rule, or under another name. */
const OTHERWISE: { readonly [property: string]: Pick<Problem, 'rule' | 'property'> } = {
  'AnywhereProps.reason': { rule: 'PropertyTypeInvalid', property: 'allow[0].description' },
  // The text of a file is what the endpoint checks.
  'ImportedCertificateFiles.certificateFile': { rule: 'CertificateFileUnreadable', property: 'tls.certificate' },
  'ImportedCertificateFiles.privateKeyFile': { rule: 'CertificateFileUnreadable', property: 'tls.certificate' },
  'ImportedCertificateFiles.certificateChainFile': { rule: 'CertificateFileUnreadable', property: 'tls.certificate' },
};

const WRONG = () => undefined;
const TOKEN = Lazy.anyValue({ produce: () => '${var.x}' });

function without(given: object, ...names: string[]): Given {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)));
}

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
