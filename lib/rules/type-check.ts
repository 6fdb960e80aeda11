import { isUnresolved } from '../tokens/unresolved';
import { CLASSES } from './class-marks';
import type { PropertyType } from './property-type';
import { STRUCTS } from './property-types.generated';
import { entriesOf, type NamedFinding, type RuleEntry } from './rule-book';

const FACTS = {
  PropertyMissing: { because: 'Without it there is nothing to create.' },
  PropertyKnownTooLate: {
    because:
      'A value that decides which resources exist must be known at synthesis: a token counts as true, whatever its value.',
  },
  PropertyTypeInvalid: {
    because: "Apps are often run without a type check, where internetFacing: 'false' would count as true.",
  },
  PropertyUnknown: {
    because: 'Apps are often run without a type check, where a misspelt property would be dropped silently.',
  },
};

/** What a compiler would have refused. */
export type TypeProblem = NamedFinding<keyof typeof FACTS>;

/** The rules, for the documentation. */
export const TYPE_RULES: readonly RuleEntry[] = entriesOf(FACTS);

export const STRING: PropertyType = { kind: 'string' };
export const STRINGS: PropertyType = { kind: 'strings' };

/**
 * Checks what a compiler would refuse. Apps are often run without one, and `internetFacing: 'false'` would then be
 * true.
 */
export function checkType(value: unknown, type: PropertyType, property: string): TypeProblem[] {
  return readOrRefuse(property, () => (value === undefined ? [] : check(value, type, property)));
}

/** The same for an object that is passed, by the name of its struct. What is missing is for the caller to report. */
export function checkStruct(value: unknown, struct: string, property: string): TypeProblem[] {
  return checkType(value, { kind: 'struct', struct }, property);
}

/**
 * The same for the properties of a construct, what is missing included.
 *
 * @param missingOne the problem of a property that is missing.
 * @param prefix what messages call the properties as a whole.
 */
export function checkProps(
  props: object,
  struct: string,
  missingOne: (property: string) => TypeProblem,
  prefix = '',
): TypeProblem[] {
  const given = readable(props);
  const missing = missingIn(given, struct, isNothing);
  const written = Object.fromEntries(Object.entries(given).filter(([name]) => !missing.includes(name)));
  return [...missing.map(missingOne), ...checkProperties(written, struct, prefix)];
}

/** Whether a value that is required was left out. */
export function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** The properties that a struct requires and an object lacks, in the order in which they are declared. */
export function missingIn(
  given: object,
  struct: string,
  isMissing: (value: unknown) => boolean = (value) => value === undefined,
): string[] {
  const values: { readonly [property: string]: unknown } = { ...given };
  return Object.entries(STRUCTS[struct])
    .filter(([name, { isRequired }]) => isRequired && isMissing(values[name]))
    .map(([name]) => name);
}

/** A proxy or a getter can throw whenever it is looked at. */
export function readOrRefuse(property: string, look: () => TypeProblem[]): TypeProblem[] {
  try {
    return look();
  } catch {
    return [mistyped(property, undefined, 'a readable value')];
  }
}

function check(value: unknown, type: PropertyType, property: string): TypeProblem[] {
  switch (type.kind) {
    case 'string':
    case 'number':
    case 'boolean':
      if (type.isDeciding && isUnknownScalar(value)) return [knownTooLate(property, type.kind)];
      return typeof value === type.kind || isUnknownScalar(value) ? [] : [mistyped(property, value, `a ${type.kind}`)];
    case 'strings':
      return (
        Array.isArray(value)
          ? Array.from(value).every((each) => typeof each === 'string')
          : isUnknownScalar(value)
      )
        ? []
        : [mistyped(property, value, 'a list of strings')];
    case 'numbers':
      if (!Array.isArray(value)) {
        if (!isUnknownScalar(value)) return [mistyped(property, value, 'a list of numbers')];
        return type.isDeciding ? [knownTooLate(property, 'list of numbers')] : [];
      }
      return Array.from(value).flatMap((each, i) => {
        return check(each, { kind: 'number', isDeciding: type.isDeciding }, `${property}[${i}]`);
      });
    case 'class':
      return checkInstance(value, type.name, property);
    case 'classes':
      if (!Array.isArray(value)) return [mistyped(property, value, 'a list')];
      return Array.from(value).flatMap((each, i) => checkInstance(each, type.name, `${property}[${i}]`));
    case 'map':
      if (!isObject(value)) return [mistyped(property, value, 'a map of strings')];
      return Object.entries(value).flatMap(([key, each]) =>
        typeof each === 'string' || isUnknownScalar(each)
          ? []
          : [mistyped(`${property}[${JSON.stringify(key)}]`, each, 'a string')],
      );
    case 'struct':
      return isObject(value)
        ? checkProperties(value, type.struct, property)
        : [{ ...mistyped(property, value, 'an object'), remedy: objectRemedy(type.struct) }];
  }
}

function objectRemedy(struct: string): string {
  const properties = Object.entries(STRUCTS[struct]);
  const required = properties.filter(([, { isRequired }]) => isRequired).map(([name]) => name);
  const all = properties.map(([name]) => name).sort();
  return required.length > 0
    ? `Write an object with ${required.length > 1 ? 'the properties' : 'the property'} ${required.join(', ')}.`
    : `Write an object with any of the properties ${all.join(', ')}.`;
}

/** The same for the properties of an object; what it does not know is refused as well. */
export function checkProperties(value: object, struct: string, prefix = ''): TypeProblem[] {
  const known = STRUCTS[struct];
  const names = Object.keys(known);
  return Object.entries(value).flatMap(([name, each]) => {
    const property = prefix === '' ? name : `${prefix}.${name}`;
    return names.includes(name) ? checkType(each, known[name], property) : [unknownProperty(property, struct)];
  });
}

/** The properties of an object that a struct does not have. */
export function unknownIn(given: object, struct: string): string[] {
  return Object.keys(given).filter((name) => !Object.keys(STRUCTS[struct]).includes(name));
}

/** A property that a struct does not have. */
export function unknownProperty(property: string, struct: string): TypeProblem {
  return {
    rule: 'PropertyUnknown',
    property,
    reason: 'does not exist',
    remedy: `Write one of ${Object.keys(STRUCTS[struct]).sort().join(', ')}.`,
  };
}

/** A property that must be given and is not. */
export function missingProperty(property: string, remedy: string): TypeProblem {
  return { rule: 'PropertyMissing', property, reason: 'is missing', remedy };
}

/** What was given as an object; nothing where it is none, or cannot be read. */
export function readable<Given extends object>(given: Given | undefined): Partial<Given> {
  try {
    return isObject(given) ? { ...given } : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A token for a string, a number or any other value, as opposed to a list that contains tokens. */
function isUnknownScalar(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isUnresolved(value);
  return typeof (value as { resolve?: unknown }).resolve === 'function';
}

function checkInstance(value: unknown, name: string, property: string): TypeProblem[] {
  const { mark, madeBy } = CLASSES[name];
  const isInstance = typeof value === 'object' && value !== null && mark in value;
  return isInstance ? [] : [mistyped(property, value, `made by ${madeBy}`)];
}

function mistyped(property: string, value: unknown, what: string): TypeProblem {
  return {
    rule: 'PropertyTypeInvalid',
    property,
    value: ['string', 'number', 'boolean'].includes(typeof value) && !isUnresolved(value) ? value : undefined,
    reason: `is not ${what}`,
    remedy: `Write a value that is ${what}.`,
  };
}

function knownTooLate(property: string, kind: string): TypeProblem {
  return {
    rule: 'PropertyKnownTooLate',
    property,
    reason: 'is known after apply, but it decides which resources are created',
    remedy: `Write ${kind === 'boolean' ? 'true or false' : `a ${kind}`} that is known at synthesis, for example from the environment or the app's context.`,
  };
}
