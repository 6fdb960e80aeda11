import { isUnknown } from '../tokens/unresolved';
import type { Problem } from './endpoint-error';

/** What a value must be, as far as a type checker would have seen it. */
export type Shape =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'strings'; readonly isDeciding?: boolean }
  | { readonly kind: 'class' | 'classes'; readonly mark: string; readonly example: string }
  | { readonly kind: 'object'; readonly properties: { readonly [property: string]: Shape } }
  | { readonly kind: 'map' };

export const STRING: Shape = { kind: 'string' };
export const NUMBER: Shape = { kind: 'number' };
export const BOOLEAN: Shape = { kind: 'boolean' };
export const STRINGS: Shape = { kind: 'strings' };
/** A choice that decides what there is to build, so it must be known at synthesis. */
export const DECIDING_BOOLEAN: Shape = { kind: 'boolean', isDeciding: true };
export const DECIDING_STRING: Shape = { kind: 'string', isDeciding: true };
export const MAP: Shape = { kind: 'map' };
/** A provider of Terraform. */
export const PROVIDER: Shape = { kind: 'class', mark: 'fqn', example: 'new AwsProvider(...)' };

/** An object whose properties are known; all may be left out here. */
export function object(properties: { readonly [property: string]: Shape }): Shape {
  return { kind: 'object', properties };
}

/**
 * A choice that is made with a class of this library, known by a member of it: names of classes do not survive
 * bundlers, and `instanceof` does not survive two copies of the library.
 */
export function instance(mark: string, example: string): Shape {
  return { kind: 'class', mark, example };
}

/** Several of them. */
export function instances(mark: string, example: string): Shape {
  return { kind: 'classes', mark, example };
}

/**
 * Looks for what a type checker would refuse. Apps are often run without one, and `internetFacing: 'false'` would
 * then be true.
 */
export function checkShape(value: unknown, shape: Shape, property: string): Problem[] {
  return readOrRefuse(property, () => (value === undefined ? [] : check(value, shape, property)));
}

/** A proxy or a getter can throw whenever it is looked at. */
export function readOrRefuse(property: string, look: () => Problem[]): Problem[] {
  try {
    return look();
  } catch {
    return [mistyped(property, undefined, 'a value that can be read')];
  }
}

function check(value: unknown, shape: Shape, property: string): Problem[] {
  switch (shape.kind) {
    case 'string':
    case 'number':
    case 'boolean':
      if (shape.isDeciding && isUnknownScalar(value)) return [knownTooLate(property, shape.kind)];
      return typeof value === shape.kind || isUnknownScalar(value)
        ? []
        : [mistyped(property, value, `a ${shape.kind}`)];
    case 'strings':
      return (
        Array.isArray(value)
          ? Array.from(value).every((each) => typeof each === 'string')
          : isUnknownScalar(value)
      )
        ? []
        : [mistyped(property, value, 'a list of strings')];
    case 'class':
      return isInstance(value, shape.mark) ? [] : [mistyped(property, value, `made by ${shape.example}`)];
    case 'classes':
      if (!Array.isArray(value)) return [mistyped(property, value, 'a list')];
      return Array.from(value).flatMap((each, i) =>
        isInstance(each, shape.mark) ? [] : [mistyped(`${property}[${i}]`, each, `made by ${shape.example}`)],
      );
    case 'map':
      if (!isObject(value)) return [mistyped(property, value, 'a map of strings')];
      return Object.entries(value).flatMap(([key, each]) =>
        typeof each === 'string' || isUnknownScalar(each)
          ? []
          : [mistyped(`${property}[${JSON.stringify(key)}]`, each, 'a string')],
      );
    case 'object':
      return isObject(value)
        ? checkProperties(value, shape.properties, property)
        : [mistyped(property, value, 'an object')];
  }
}

/** The same for the properties of an object; what it does not know is refused as well. */
export function checkProperties(
  value: object,
  properties: { readonly [property: string]: Shape },
  prefix = '',
): Problem[] {
  return Object.entries(value).flatMap(([name, each]) => {
    const property = prefix === '' ? name : `${prefix}.${name}`;
    const shape = Object.keys(properties).includes(name) ? properties[name] : undefined;
    return shape ? checkShape(each, shape, property) : [unknownProperty(property, Object.keys(properties))];
  });
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

/** A token that can stand for a text, a number or whatever else, but is no list with tokens in it. */
function isUnknownScalar(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isUnknown(value);
  return typeof (value as { resolve?: unknown }).resolve === 'function';
}

function isInstance(value: unknown, mark: string): boolean {
  return typeof value === 'object' && value !== null && mark in value;
}

function mistyped(property: string, value: unknown, what: string): Problem {
  return {
    rule: 'PropertyTypeInvalid',
    property,
    value: ['string', 'number', 'boolean'].includes(typeof value) && !isUnknown(value) ? value : undefined,
    reason: `is not ${what}`,
    remedy: `Write a value that is ${what}.`,
  };
}

function knownTooLate(property: string, kind: string): Problem {
  return {
    rule: 'PropertyKnownTooLate',
    property,
    reason: 'is known only to Terraform, and it decides what there is to build',
    remedy: `Write ${kind === 'boolean' ? 'true or false' : `a ${kind}`} that is known at synthesis, for example from the environment or the context of the app.`,
  };
}

function unknownProperty(property: string, known: readonly string[]): Problem {
  return {
    rule: 'PropertyUnknown',
    property,
    reason: 'does not exist',
    remedy: `Write one of ${[...known].sort().join(', ')}.`,
  };
}
