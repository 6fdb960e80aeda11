import {
  checkProps,
  checkStruct,
  checkType,
  isNothing,
  missingIn,
  missingProperty,
  STRING,
  STRINGS,
  type TypeProblem,
} from '../rules/type-check';
import type { AdminSecret } from './admin-secret';
import type { DatabaseUserProps } from './database-user-props';
import type { Grant } from './grant';

/** What a type checker would refuse about the properties of a `DatabaseUser`. */
export function databaseUserTypeProblems(props: DatabaseUserProps): TypeProblem[] {
  const outer = checkProps(props, 'DatabaseUserProps', notGiven);
  if (outer.length > 0) return outer;
  const { admin, grants, network } = props;
  return [
    ...adminProblems(admin),
    ...grants.flatMap((grant, i) => grantProblems(grant, `grants[${i}]`)),
    ...missingFrom(network, 'UserNetwork', 'network'),
  ];
}

function adminProblems({ _arn: arn, _options: options }: AdminSecret): TypeProblem[] {
  if (isNothing(arn)) return [notGiven('admin')];
  return [...checkType(arn, STRING, 'admin'), ...checkStruct(options, 'AdminSecretOptions', 'admin')];
}

function grantProblems({ _kind: kind, _on: on, _privileges: privileges, _props: props }: Grant, property: string) {
  if (kind !== 'custom') return scopeProblems(on, property);
  return [
    ...(isNothing(privileges)
      ? [notGiven(`${property}.privileges`)]
      : checkType(privileges, STRINGS, `${property}.privileges`)),
    ...checkStruct(props && { ...props, on: undefined, privileges: undefined }, 'CustomGrantProps', property),
    ...scopeProblems(on, `${property}.on`),
  ];
}

function scopeProblems(on: Grant['_on'], property: string): TypeProblem[] {
  if (isNothing(on)) return [notGiven(property)];
  const mistyped = checkStruct(on, 'GrantScope', property);
  return mistyped.length > 0 ? mistyped : missingFrom(on, 'GrantScope', property);
}

function missingFrom(given: object, struct: string, property: string): TypeProblem[] {
  return missingIn(given, struct, isNothing).map((name) => notGiven(`${property}.${name}`));
}

function notGiven(property: string): TypeProblem {
  return missingProperty(property, `Set the user's ${property}.`);
}
