import { isUnresolved } from '../tokens/unresolved';
import type { Finding, Rule } from './rule';

/** A number that AWS limits. */
export interface Bounds {
  readonly property: string;
  readonly value: number | undefined;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

/** The rule about numbers that AWS limits, for the numbers of one room. */
export function numberRange<Input>(boundsOf: (input: Input) => readonly Bounds[]): Rule<Input> {
  return {
    name: 'NumberOutOfRange',
    because: 'AWS refuses other values at apply.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html',
    check: (input) => boundsOf(input).flatMap(outOfRange),
  };
}

function outOfRange({ property, value, min, max, unit }: Bounds): Finding | [] {
  return value === undefined || isUnresolved(value) || (Number.isInteger(value) && value >= min && value <= max)
    ? []
    : {
        property,
        value,
        reason: `is not a whole number from ${min} to ${max}`,
        remedy: `Write ${min} to ${max}${unit}.`,
      };
}
