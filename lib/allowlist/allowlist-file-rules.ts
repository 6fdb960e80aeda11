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
    name: 'EntrySourceInvalid',
    because: 'A rule has exactly one source.',
    see: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html',
  },
  {
    name: 'ExpiryInvalid',
    because: 'A date in any other form than YYYY-MM-DD is read differently somewhere.',
  },
  {
    name: 'FileGroupMissing',
    because: 'A group that was asked for and is not there would let nobody in without a word.',
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
    name: 'FileUnreadable',
    because: 'A missing file must not pass for an empty one.',
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
    because: 'Two groups of one name are two owners for one thing.',
  },
  {
    name: 'GroupNameInvalid',
    because: 'The name of a pinned group becomes part of the name of a security group.',
  },
  {
    name: 'IncludeCycle',
    because: 'Files that include each other have no first one.',
  },
  {
    name: 'IncludeNotRelative',
    because: 'An absolute path leads elsewhere, or nowhere, on another machine.',
  },
];
