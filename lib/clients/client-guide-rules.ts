import type { DatabaseEngine } from '../engine/database-engine';
import type { Rule } from '../rules/rule';
import { isUnknown } from '../tokens/unresolved';
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
 * What is refused about the texts in a guide. Everything else is quoted for the shell, the file or the program that it
 * is written into.
 *
 * @internal
 */
export const GUIDE_RULES: readonly Rule<GuideTextsInput>[] = [
  {
    name: 'GuideTextInvalid',
    because: 'No quoting keeps a line break within its line in a configuration file, nor shows what is invisible.',
    check: (input) =>
      broken(input, ['user', 'database', 'caFile', 'address'], () => VISIBLE).map((finding) => ({
        ...finding,
        reason: 'has line breaks, control characters or invisible ones',
        remedy: 'Write it without them.',
      })),
  },
  {
    name: 'GuideUserInvalid',
    because:
      'Some clients take a user apart: curl at a colon, sqlplus at a slash, sftp at a colon, and sqlcmd takes a hyphen for an option.',
    check: (input) =>
      broken(input, ['user'], ({ engine }) => familyOf(engine)?.userPattern).map((finding) => ({
        ...finding,
        reason: `is read in another way by the client of ${input.engine.displayName}`,
        remedy: 'Use a user of another name, or write the command by hand.',
      })),
  },
  {
    name: 'GuideDatabaseInvalid',
    because:
      'A connect descriptor of Oracle is made of parentheses and equals signs, and sqlcmd takes a hyphen for an option.',
    see: 'https://docs.oracle.com/en/database/oracle/oracle-database/19/netrf/syntax-rules-configuration-files.html',
    check: (input) =>
      broken(input, ['database'], ({ engine }) => familyOf(engine)?.databasePattern).map((finding) => ({
        ...finding,
        reason: `is read in another way by the client of ${input.engine.displayName}`,
        remedy: 'Leave it out and put it in by hand.',
      })),
  },
  {
    name: 'GuideFileInvalid',
    because: 'Clients take a file that begins with a hyphen for an option, and cut spaces off its ends.',
    check: (input) =>
      broken(input, ['caFile'], () => FILE).map((finding) => ({
        ...finding,
        reason: 'is not the path of a file that every client reads as it is written',
        remedy: 'Write a path like ca.pem or ./-ca.pem, without spaces at its ends.',
      })),
  },
  {
    name: 'GuideAddressInvalid',
    because: 'Clients that take name and address apart connect to an address.',
    check: (input) =>
      broken(input, ['address'], () => NAME).map((finding) => ({
        ...finding,
        reason: 'is not an address',
        remedy: 'Write an address of the endpoint, like 203.0.113.7.',
      })),
  },
];

/** Parts of the syntax of patterns that JavaScript and RE2, which Terraform has, understand alike. */
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
    isUnknown(text)
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
  return isUnknown(name) ? terraform.matching(name, NAME) : name;
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
    .filter(({ value }) => value !== undefined && !isUnknown(value) && !isFine(String(value), pattern));
}

// Half a character is none that JavaScript's pattern would see.
function isFine(text: string, pattern: string): boolean {
  return new RegExp(pattern, 'u').test(text) && !/\p{Cs}/u.test(text);
}
