import { isObject, type JsonObject, listOf, objectOf } from '../../stack/json-file';
import { isExpression } from '../exposed-endpoint';
import type { User, UserGrant } from '../user';

/**
 * Reads the logins of an endpoint of `exposure.json`.
 *
 * @returns them, or what is wrong with one: a clause without a full stop that repeats none of the texts.
 */
export function readUsers(written: unknown): readonly User[] | string {
  if (written === undefined) return [];
  if (!Array.isArray(written)) return 'users is not a list';
  const users = written.map((each) => readUser(objectOf(each)));
  return users.find((each) => typeof each === 'string') ?? (users as readonly User[]);
}

function readUser(written: JsonObject): User | string {
  const { user, userName, integration, auth, database, grants, futureTables, rotateEveryDays, validUntil } = written;
  if (!isText(user) || !isText(userName)) return 'the path or name of a user is not a string';
  if (!isText(auth) || !isText(database)) return 'the auth or database of a user is not a string';
  if (integration !== undefined && !isText(integration)) return 'the integration of a user is not a string';
  if (validUntil !== undefined && !isText(validUntil)) return 'the validUntil of a user is not a string';
  if (rotateEveryDays !== undefined && typeof rotateEveryDays !== 'number' && !isExpression(rotateEveryDays)) {
    return 'the rotateEveryDays of a user is neither a number nor an expression';
  }
  const read = listOf(grants).map(readGrant);
  if (!Array.isArray(grants) || read.some((each) => each === undefined))
    return 'the grants of a user are not as expected';
  return {
    ...{ user, userName, integration, auth, database },
    grants: read as readonly UserGrant[],
    // Of something that is misspelt, the wider meaning is shown.
    futureTables: futureTables === false || isExpression(futureTables) ? (futureTables as boolean | string) : true,
    rotateEveryDays: rotateEveryDays as User['rotateEveryDays'],
    validUntil,
  };
}

function readGrant(written: unknown): UserGrant | undefined {
  if (!isObject(written)) return undefined;
  const { schema, tables, privileges } = written;
  if (!isText(schema) || !isTexts(privileges) || (tables !== undefined && !isTexts(tables))) return undefined;
  return { schema, ...(tables !== undefined && { tables }), privileges };
}

/** A list, or an expression for one. */
function isTexts(value: unknown): value is readonly string[] | string {
  return isExpression(value) || (Array.isArray(value) && value.every(isText));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0;
}
