import type { Mistake } from '../network/mistake';
import { entriesOf, type RuleEntry } from '../rules/rule-book';

/**
 * The rules about allowlist files: their form, and how they include each other. What an entry says is judged by the
 * rules that hold in code as well.
 */
const FACTS = {
  AnywhereNeedsReason: { because: 'Whoever reviews an endpoint that is open to everybody must see why.' },
  ColumnMissing: { because: 'The names of its columns say what a row of a table lets in.' },
  ColumnUnclear: {
    because:
      'A column for an expiry or a refusal under another name would pass for a label, and everything would be admitted for good.',
  },
  EntrySourceInvalid: {
    because: 'A rule has exactly one source.',
    see: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html',
  },
  FileCharacterHidden: {
    because:
      'What a reviewer sees in a diff must be what the parser reads: characters that are invisible or reorder text, and a carriage return without a line feed, hide entries.',
  },
  FileEmpty: {
    because:
      'A file that is there and lists nobody, such as a download that failed, must not pass for a list. An empty list never means everybody.',
  },
  FileEncodingInvalid: {
    because: 'Editors, Git and Terraform read files as UTF-8; in another encoding the same bytes are other texts.',
  },
  FileGroupMissing: { because: 'A group that was asked for and does not exist would silently admit nobody.' },
  FileKeyMisplaced: { because: 'A key that has no effect where it stands was meant to have one.' },
  FileKeyMissing: { because: 'A group without a name cannot be referred to, and one without entries lets nobody in.' },
  FileKeyUnknown: { because: 'A misspelt key would be ignored, and so would its value.' },
  FileKindUnknown: { because: 'The extension of a file decides how it is read.' },
  FileSyntax: { because: 'A file that cannot be read as a whole may lack entries, so none of it is used.' },
  FileTemplate: {
    because:
      'What stands in a file is text. As a Terraform expression it would show values of the state, and mean something else in AWS than in the review.',
  },
  FileTooLarge: { because: 'A list of addresses is small. A large file would hold up every synthesis.' },
  FileUnreadable: { because: 'A missing file must not pass for an empty one, and a pipe or a device never ends.' },
  FileValueInvalid: {
    because: 'YAML reads 1234, yes and 2e3 as something else than text, and aliases hide what a reviewer should see.',
  },
  FileVersionUnknown: { because: 'A later version of the format may mean something else by the same words.' },
  GroupDuplicate: {
    because: 'Two groups of one name have two owners; one in an included file would join the one that was asked for.',
  },
  IncludeAmbiguous: { because: 'A file is read once, and its entries have one owner and one last day.' },
  IncludeCycle: { because: 'Of files that include each other, none is the first.' },
  IncludeNotRelative: { because: 'An absolute path leads elsewhere, or nowhere, on another machine.' },
  IncludeOutside: { because: 'Who may change the files of one folder must not decide that others are read.' },
  IncludeTooDeep: { because: 'A chain of files that long is a mistake, and nobody reviews it.' },
  IncludesTooMany: { because: 'A list in that many files is a mistake, and nobody reviews it.' },
};

/** What is wrong with a file or a part of it: one of these rules, whose names are checked by the compiler. */
export type FileMistake = Mistake<keyof typeof FACTS>;

/** The rules, for the documentation. */
export const ALLOWLIST_FILE_RULES: readonly RuleEntry[] = entriesOf(FACTS);
