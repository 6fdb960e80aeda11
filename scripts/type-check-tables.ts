import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLASSES } from '../lib/rules/class-marks';

/*
 * Writes lib/rules/property-types.generated.ts from the jsii assembly: the properties of every struct that callers pass,
 * so that what a compiler would refuse is refused for callers without one.
 */

const root = join(__dirname, '..');
const target = join(root, 'lib/rules/property-types.generated.ts');
const assembly: Assembly = JSON.parse(readFileSync(join(root, '.jsii'), 'utf8'));

interface Assembly {
  readonly types: { readonly [fqn: string]: AssemblyType };
}

interface AssemblyType {
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly interfaces?: readonly string[];
  readonly properties?: readonly Property[];
  readonly methods?: readonly Callable[];
  readonly initializer?: Callable;
}

interface Callable {
  readonly parameters?: readonly { readonly type: TypeReference }[];
}

interface Property {
  readonly name: string;
  readonly optional?: boolean;
  readonly type: TypeReference;
  readonly docs?: { readonly custom?: { readonly [tag: string]: string } };
  readonly locationInModule?: { readonly line: number };
}

interface TypeReference {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
}

/** Every struct that a constructor, a method or a factory takes, with those that it extends and holds. */
function passedStructs({ types }: Assembly): AssemblyType[] {
  const found = new Set<AssemblyType>();
  const visit = ({ fqn, collection }: TypeReference): void => {
    if (collection) visit(collection.elementtype);
    const type = fqn === undefined ? undefined : types[fqn];
    if (!type?.datatype || found.has(type)) return;
    found.add(type);
    for (const base of type.interfaces ?? []) visit({ fqn: base });
    for (const property of type.properties ?? []) visit(property.type);
  };
  for (const { methods = [], initializer } of Object.values(types)) {
    for (const { parameters = [] } of initializer ? [initializer, ...methods] : methods) {
      for (const { type } of parameters) visit(type);
    }
  }
  return [...found].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The table as TypeScript. */
function tableOf(from: Assembly): string {
  return [
    '// Generated from the jsii assembly by `npm run build` (scripts/type-check-tables.ts). Do not edit.',
    "import type { StructType } from './property-type';",
    '',
    '/** The properties of every struct that callers pass. */',
    'export const STRUCTS: { readonly [struct: string]: StructType } = {',
    ...passedStructs(from).flatMap((struct) => linesOf(from, struct)),
    '};',
    '',
  ].join('\n');
}

function linesOf(from: Assembly, struct: AssemblyType): string[] {
  const { name } = struct;
  const lines = allProperties(from, struct).map((property) => `    ${property.name}: ${typeOf(from, name, property)},`);
  return [`  ${name}: {`, ...lines, '  },'];
}

/** As declared, those of its bases first: what is missing is then reported in the order in which one reads about it. */
function allProperties(from: Assembly, { interfaces = [], properties = [] }: AssemblyType): Property[] {
  const lineOf = ({ locationInModule }: Property) => locationInModule?.line ?? 0;
  return [
    ...interfaces.flatMap((fqn) => allProperties(from, from.types[fqn])),
    ...[...properties].sort((a, b) => lineOf(a) - lineOf(b)),
  ];
}

function typeOf(from: Assembly, struct: string, { name, type, optional, docs }: Property): string {
  const kind = kindOf(from, type);
  if (kind === undefined) {
    throw new Error(
      `${struct}.${name}: ${JSON.stringify(type)} cannot be checked yet. Add it to lib/rules/property-type.ts, and a class to class-marks.ts.`,
    );
  }
  const isDeciding = docs?.custom?.['deciding'] !== undefined;
  return `{ ${[kind, ...(isDeciding ? ['isDeciding: true'] : []), ...(optional ? [] : ['isRequired: true'])].join(', ')} }`;
}

function kindOf({ types }: Assembly, { primitive, fqn, collection }: TypeReference): string | undefined {
  if (primitive !== undefined)
    return ['string', 'number', 'boolean'].includes(primitive) ? `kind: '${primitive}'` : undefined;
  if (collection?.elementtype.primitive === 'string')
    return `kind: '${collection.kind === 'array' ? 'strings' : 'map'}'`;
  if (collection?.kind === 'array' && collection.elementtype.primitive === 'number') return "kind: 'numbers'";
  const named = fqn ?? (collection?.kind === 'array' ? collection.elementtype.fqn : undefined);
  if (named === undefined) return undefined;
  const type: AssemblyType | undefined = types[named];
  if (fqn !== undefined && type?.kind === 'enum') return "kind: 'string'";
  if (fqn !== undefined && type?.datatype) return `kind: 'struct', struct: '${type.name}'`;
  const name = named.split('.').slice(-1)[0];
  if (!(name in CLASSES)) return undefined;
  return `kind: '${collection ? 'classes' : 'class'}', name: '${name}'`;
}

if (require.main === module) {
  const text = tableOf(assembly);
  if (readFileSync(target, { encoding: 'utf8', flag: 'a+' }) !== text) {
    writeFileSync(target, text);
    // What was compiled holds the table from before.
    execFileSync('npm', ['run', '--silent', 'jsii'], { cwd: root, stdio: 'inherit' });
  }
}
