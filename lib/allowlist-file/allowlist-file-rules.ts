/**
 * What is refused about allowlist files, for the documentation. What is wrong with a block, an id or a description has
 * the same name in a file as in code.
 */
export const ALLOWLIST_FILE_RULES: readonly {
  readonly name: string;
  readonly because: string;
  readonly see?: string;
}[] = [
  {
    name: 'AnywhereNeedsReason',
    because: 'Whoever reviews an endpoint that is open to everybody must see why.',
  },
  {
    name: 'AwsPrefixListNameInvalid',
    because: 'Prefix lists of AWS differ in their ids from Region to Region, so they are looked up by name.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html',
  },
  {
    name: 'ColumnMissing',
    because: 'A row of a table says by the names of its columns what it lets in.',
  },
  {
    name: 'ColumnUnclear',
    because:
      'A column for an expiry or a refusal that is called otherwise would pass for a label, and everything would be admitted for good.',
  },
  {
    name: 'EntrySourceInvalid',
    because: 'A rule has exactly one source.',
    see: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html',
  },
  {
    name: 'ExpiryInvalid',
    because: 'A date in any other form than YYYY-MM-DD is read differently somewhere.',
  },
  {
    name: 'FileCharacterHidden',
    because:
      'What a reviewer sees in a difference must be what the parser reads: characters that are invisible or reorder text, and a carriage return alone, hide entries.',
  },
  {
    name: 'FileEncodingInvalid',
    because: 'Editors, Git and Terraform read files as UTF-8; in another encoding the same bytes are other texts.',
  },
  {
    name: 'FileGroupMissing',
    because: 'A group that was asked for and is not there would silently admit nobody.',
  },
  {
    name: 'FileKeyMisplaced',
    because: 'A key that has no effect where it stands was meant to have one.',
  },
  {
    name: 'FileKeyMissing',
    because: 'A group without a name cannot be referred to, and one without entries lets nobody in.',
  },
  {
    name: 'FileKeyUnknown',
    because: 'A misspelt key would be ignored, and with it what it says.',
  },
  {
    name: 'FileKindUnknown',
    because: 'The name of a file says how to read it.',
  },
  {
    name: 'FileSyntax',
    because: 'A file that cannot be read as a whole may lack entries, so none of it is used.',
  },
  {
    name: 'FileTemplate',
    because:
      'What stands in a file is text. As a Terraform expression it would show values of the state, and mean something else in AWS than in the review.',
  },
  {
    name: 'FileTooLarge',
    because: 'A list of addresses is small. What is not would hold up every synthesis.',
  },
  {
    name: 'FileUnreadable',
    because: 'A missing file must not pass for an empty one, and a pipe or a device never ends.',
  },
  {
    name: 'FileValueInvalid',
    because: 'YAML reads 1234, yes and 2e3 as something else than text, and aliases hide what a reviewer should see.',
  },
  {
    name: 'FileVersionUnknown',
    because: 'A later version of the format may mean something else by the same words.',
  },
  {
    name: 'GroupDuplicate',
    because:
      'Two groups of one name are two owners for one thing; one in an included file would join the one that was asked for.',
  },
  {
    name: 'GroupNameInvalid',
    because: 'The name of a pinned group becomes part of the name of a security group.',
  },
  {
    name: 'IncludeAmbiguous',
    because: 'A file is read once, and its entries have one owner and one last day.',
  },
  {
    name: 'IncludeCycle',
    because: 'Files that include each other have no first one.',
  },
  {
    name: 'IncludeNotRelative',
    because: 'An absolute path leads elsewhere, or nowhere, on another machine.',
  },
  {
    name: 'IncludeOutside',
    because: 'Who may change the files of one folder must not decide that others are read.',
  },
  {
    name: 'IncludeTooDeep',
    because: 'A chain of files that long is a mistake, and nobody reviews it.',
  },
  {
    name: 'IncludesTooMany',
    because: 'A list in that many files is a mistake, and nobody reviews it.',
  },
];
