import { checkStruct, checkType, isNothing, missingIn, readable, STRINGS, type TypeProblem } from '../rules/type-check';
import type { AllowedSource } from './allowed-source';

/** What a type checker would refuse about an entry of an allowlist, for callers who have none. */
export function sourceTypeProblems(
  { _kind, _values, _about, _origin }: AllowedSource,
  i: number,
  notGiven: (property: string) => TypeProblem,
): TypeProblem[] {
  if (_origin || _kind === 'mistakes') return [];
  const property = `allow[${i}]`;
  const { description, origin } = readable(_about);
  return [
    ...(_kind === 'anywhere' && description === undefined ? [notGiven(`${property}.reason`)] : []),
    ...(_values === undefined ? [notGiven(property)] : checkType(_values, STRINGS, property)),
    ...(origin === undefined
      ? []
      : missingIn(readable(origin), 'AllowedSourceOrigin', isNothing).map((name) =>
          notGiven(`${property}.origin.${name}`),
        )),
    ...checkStruct(_about, 'PrefixListOptions', property),
  ];
}
