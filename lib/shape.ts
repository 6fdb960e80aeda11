import type { Problem } from './endpoint-error';
import { isUnknown } from './unknown';

/** What a value must be, as far as a type checker would have seen it. */
export type Shape =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'strings' }
  | { readonly kind: 'class' | 'classes'; readonly mark: string; readonly example: string }
  | { readonly kind: 'object'; readonly properties: { readonly [property: string]: Shape } }
  | { readonly kind: 'map' };

export const STRING: Shape = { kind: 'string' };
export const NUMBER: Shape = { kind: 'number' };
export const BOOLEAN: Shape = { kind: 'boolean' };
export const STRINGS: Shape = { kind: 'strings' };
export const MAP: Shape = { kind: 'map' };

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
  if (value === undefined) return [];
  switch (shape.kind) {
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === shape.kind || isUnknown(value) ? [] : [mistyped(property, value, `a ${shape.kind}`)];
    case 'strings':
      return isUnknown(value) || (Array.isArray(value) && value.every((each) => typeof each === 'string'))
        ? []
        : [mistyped(property, value, 'a list of strings')];
    case 'class':
      return isInstance(value, shape.mark) ? [] : [mistyped(property, value, `made by ${shape.example}`)];
    case 'classes':
      if (!Array.isArray(value)) return [mistyped(property, value, 'a list')];
      return value.flatMap((each, i) =>
        isInstance(each, shape.mark) ? [] : [mistyped(`${property}[${i}]`, each, `made by ${shape.example}`)],
      );
    case 'map':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? []
        : [mistyped(property, value, 'a map of strings')];
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
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

function isInstance(value: unknown, mark: string): boolean {
  return typeof value === 'object' && value !== null && mark in value;
}

function mistyped(property: string, value: unknown, what: string): Problem {
  return {
    rule: 'PropertyTypeInvalid',
    property,
    value: typeof value === 'object' ? undefined : value,
    reason: `is not ${what}`,
    remedy: `Write a value that is ${what}.`,
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
