import type { Mistake } from '../network/mistake';
import { entriesOf, type RuleEntry } from '../rules/rule-book';

/**
 * The rules about allowlist files: their form, and how they include each other. The content of an entry is validated by
 * the same rules as in code.
 */
const FACTS = {
  AnywhereNeedsReason: { because: 'Anyone who reviews an endpoint that is open to everybody must see why.' },
  ColumnMissing: { because: 'The column names say what each row of a table admits.' },
  ColumnUnclear: {
    because:
      'A column for an expiry or a denial under another name would be read as a label, and everything would be admitted permanently.',
  },
  EntrySourceInvalid: {
    because: 'A rule has exactly one source.',
    see: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html',
  },
  FeedLockConflict: { because: 'Of a file in two versions, nobody knows which blocks are meant.' },
  FeedLockEdited: {
    because:
      'The lock file says what was published, and reviewers trust it to. An address of your own belongs in the allowlist file.',
  },
  FeedLockInvalid: { because: 'A lock file that cannot be read may lack blocks, so none of it is used.' },
  FeedNotLocked: {
    because:
      'Synthesis never asks the network, so that the same commit always admits the same addresses: it reads what was fetched and reviewed.',
  },
  FeedProviderWide: {
    because:
      'On the addresses of a whole cloud provider, anyone can run a program: such a list admits everybody who rents a server.',
  },
  FeedUrlInvalid: {
    because: 'Whoever can change a list on its way decides who reaches the database, so it is fetched over TLS.',
  },
  FeedUrlSecret: { because: 'Allowlist files and lock files are in Git, and the exposure shows the URL.' },
  FileCharacterHidden: {
    because:
      'What a reviewer sees in a diff must be what the parser reads: characters that are invisible or reorder text, and a carriage return without a line feed, hide entries.',
  },
  FileEmpty: {
    because: 'An empty file, such as a failed download, must not pass for a list. An empty list never means everybody.',
  },
  FileEncodingInvalid: {
    because: 'Editors, Git and Terraform read files as UTF-8; in another encoding the same bytes are different text.',
  },
  FileGroupMissing: { because: 'A requested group that does not exist would silently admit nobody.' },
  FileKeyMisplaced: { because: 'A key that has no effect in its place was meant to have one.' },
  FileKeyMissing: { because: 'A group without a name cannot be referred to, and one without entries admits nobody.' },
  FileKeyUnknown: { because: 'A misspelt key would be ignored, and so would its value.' },
  FileKindUnknown: { because: 'The extension of a file decides how it is read.' },
  FileSyntax: { because: 'A file that cannot be read as a whole may lack entries, so none of it is used.' },
  FileTemplate: {
    because:
      'Files contain literal text. As a Terraform expression it could reveal values from the state, and mean something else in AWS than in the review.',
  },
  FileTooLarge: { because: 'A list of addresses is small. A large file would slow down every synthesis.' },
  FileUnreadable: { because: 'A missing file must not pass for an empty one, and a pipe or a device never ends.' },
  FileValueInvalid: {
    because: 'YAML does not read 1234, yes and 2e3 as text, and aliases hide what a reviewer should see.',
  },
  FileVersionUnknown: { because: 'A later version of the format may give the same keys another meaning.' },
  GroupDuplicate: {
    because:
      'Two groups with the same name have two owners; one in an included file would be merged into the requested one.',
  },
  IncludeAmbiguous: { because: 'A file is read once, and its entries have one owner and one expiry.' },
  IncludeCycle: { because: 'If files include each other, none of them is the first.' },
  IncludeNotRelative: { because: 'An absolute path means another file, or none, on another machine.' },
  IncludeOutside: { because: 'Whoever may change the files in one folder must not decide that others are read.' },
  IncludeTooDeep: { because: 'A chain of files that long is a mistake, and nobody reviews it.' },
  IncludesTooMany: { because: 'A list in that many files is a mistake, and nobody reviews it.' },
};

/** What is wrong with a file or a part of it: one of these rules, whose names are checked by the compiler. */
export type FileMistake = Mistake<keyof typeof FACTS>;

/** The rules, for the documentation. */
export const ALLOWLIST_FILE_RULES: readonly RuleEntry[] = entriesOf(FACTS);
