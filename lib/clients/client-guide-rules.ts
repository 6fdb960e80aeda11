import type { DatabaseEngine } from '../engine/database-engine';
import type { Rule } from '../rules/rule';
import { isUnresolved } from '../tokens/unresolved';
import { familyOf } from './families';
import type { TextFunctions } from './quoting/text-functions';

/**
 * What a guide is written for.
 *
 * @internal
 */
export interface GuideTexts {
  readonly user?: string;
  readonly database?: string;
  readonly caFile?: string;
  readonly address?: string;
}

/**
 * What rules about a guide look at.
 *
 * @internal
 */
export interface GuideTextsInput {
  readonly engine: DatabaseEngine;
  readonly texts: GuideTexts;
  /** What the texts are given to, for messages. */
  readonly property: string;
}

/**
 * Validation rules for the texts in a guide. Everything else is quoted for the shell, the file or the program that it
 * is written into.
 *
 * @internal
 */
export const GUIDE_RULES: readonly Rule<GuideTextsInput>[] = [
  {
    name: 'GuideTextInvalid',
    because: 'A configuration file cannot quote a line break, and nobody sees invisible characters.',
    check: (input) =>
      broken(input, ['user', 'database', 'caFile', 'address'], () => VISIBLE).map((finding) => ({
        ...finding,
        reason: 'has line breaks, control characters or invisible characters',
        remedy: 'Write it without them.',
      })),
  },
  {
    name: 'GuideUserInvalid',
    because:
      'Some clients split a user: curl at a colon, sqlplus at a slash, sftp at a colon; and sqlcmd treats a leading hyphen as an option.',
    check: (input) =>
      broken(input, ['user'], ({ engine }) => familyOf(engine)?.userPattern).map((finding) => ({
        ...finding,
        reason: `is read differently by the client for ${input.engine.displayName}`,
        remedy: 'Use another user name, or write the command by hand.',
      })),
  },
  {
    name: 'GuideDatabaseInvalid',
    because:
      'An Oracle connect descriptor consists of parentheses and equals signs, and sqlcmd treats a leading hyphen as an option.',
    see: 'https://docs.oracle.com/en/database/oracle/oracle-database/19/netrf/syntax-rules-configuration-files.html',
    check: (input) =>
      broken(input, ['database'], ({ engine }) => familyOf(engine)?.databasePattern).map((finding) => ({
        ...finding,
        reason: `is read differently by the client for ${input.engine.displayName}`,
        remedy: 'Leave it out and add it by hand.',
      })),
  },
  {
    name: 'GuideFileInvalid',
    because: 'Clients treat a file name that begins with a hyphen as an option, and trim spaces.',
    check: (input) =>
      broken(input, ['caFile'], () => FILE).map((finding) => ({
        ...finding,
        reason: 'is not a file path that every client reads as written',
        remedy: 'Write a path like ca.pem or ./-ca.pem, without leading or trailing spaces.',
      })),
  },
  {
    name: 'GuideAddressInvalid',
    because: 'Clients that accept name and address separately connect to an address.',
    check: (input) =>
      broken(input, ['address'], () => NAME).map((finding) => ({
        ...finding,
        reason: 'is not an address',
        remedy: 'Write an address of the endpoint, like 203.0.113.7.',
      })),
  },
];

/** Regular expression syntax that JavaScript and RE2, which Terraform uses, share. */
const VISIBLE = '^[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]*$';
const NAME = '^[A-Za-z0-9._:-]+$';
const FILE = '^[^\\s-](?:[\\s\\S]*\\S)?$';
/**
 * The same texts with those that are known after apply under its watch: the plan fails where one of them is what a
 * literal is refused for, or holds what would end a code span of Markdown.
 *
 * @internal
 */
export function watchedTexts(engine: DatabaseEngine, texts: GuideTexts, terraform: TextFunctions): GuideTexts {
  const watched = (text: string | undefined, ...patterns: readonly (string | undefined)[]) =>
    isUnresolved(text)
      ? patterns.reduce<string>(
          (checked, pattern) => (pattern === undefined ? checked : terraform.matching(checked, pattern)),
          String(text),
        )
      : text;
  const { user, database, caFile, address } = texts;
  const family = familyOf(engine);
  return {
    user: watched(user, NO_BACKTICK, family?.userPattern),
    database: watched(database, NO_BACKTICK, family?.databasePattern),
    caFile: watched(caFile, NO_BACKTICK, FILE),
    address: watched(address, NAME),
  };
}

/**
 * The name of a server that is known after apply, under its watch: the plan fails where it is no name.
 *
 * @internal
 */
export function watchedName(name: string, terraform: TextFunctions): string {
  return isUnresolved(name) ? terraform.matching(name, NAME) : name;
}

const NO_BACKTICK = '^[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}`]*$';

function broken(
  input: GuideTextsInput,
  names: readonly (keyof GuideTexts)[],
  patternOf: (input: GuideTextsInput) => string | undefined,
) {
  const pattern = patternOf(input);
  if (pattern === undefined) return [];
  return names
    .map((name) => ({ property: `${input.property}.${name}`, value: input.texts[name] }))
    .filter(({ value }) => value !== undefined && !isUnresolved(value) && !isFine(String(value), pattern));
}

// JavaScript's pattern does not match half a character.
function isFine(text: string, pattern: string): boolean {
  return new RegExp(pattern, 'u').test(text) && !/\p{Cs}/u.test(text);
}
