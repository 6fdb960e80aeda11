import { ref, Token } from 'cdktf';
import { AllowedSource } from '../../lib';
import { expression } from '../support/expression';
import { type ExpectedProblem, type Mistake, allowMistake as refused } from '../support/mistake';
import { REQUIREMENT_MISTAKES } from './requirements.refusals';

const CLIENT = AllowedSource.cidr('52.20.30.40/32');

function described(
  where: string,
  source: (text: string) => AllowedSource,
  text: string,
  reason: RegExp,
  name = 'description',
) {
  return refused('DescriptionInvalid', where, [source(text)], {
    property: `allow[0].${name}`,
    value: text,
    reason,
    remedy: /Use letters|Say who|Shorten/,
  });
}

const block = (description: string) => AllowedSource.cidr('52.20.30.40/32', { description });
const prefixList = (description: string) => AllowedSource.prefixList('pl-0a', { description });

const tooBroad = (property: string, value?: string): ExpectedProblem => ({
  property,
  value,
  reason: /admits .* IPv[46] addresses/,
  remedy: /AllowedSource\.anywhere\(\{ reason \}\)/,
});

const variables = (count: number) =>
  Array.from({ length: count }, (_, i) => Token.asString(ref(`aws_eip.nat${i}.public_ip`)));

const placed = (where: string, origin: object, part: string, reason: RegExp, value?: unknown) =>
  refused('OriginInvalid', where, [AllowedSource.cidr('52.20.30.40/32', { origin: { file: 'a.yaml', ...origin } })], {
    property: `allow[0].origin.${part}`,
    value,
    reason,
    remedy: /Write (the|line)/,
  });

/** What is refused about allowlists. */
export const ALLOWLIST_MISTAKES: readonly Mistake[] = [
  ...REQUIREMENT_MISTAKES,
  placed('a file has no name', { file: ' ' }, 'file', /names no file/, ' '),
  placed('a file is a token', { file: Token.asString(ref('aws_x.y')) }, 'file', /is known after apply/),
  placed('lines are counted from 0', { line: 0 }, 'line', /is not a position/, 0),
  placed('a line is a token', { line: Token.asNumber(ref('aws_x.y')) }, 'line', /is not a position/),
  placed('a column is broken', { line: 1, column: 1.5 }, 'column', /is not a position/, 1.5),
  placed('a column has no line', { column: 3 }, 'column', /is a column of no line/, 3),
  refused('AllowlistEmpty', 'there is no source', [], {
    property: 'allow',
    value: [],
    reason: /is empty/,
    remedy: /AllowedSource\.cidr\('[\d./]+'\)/,
  }),
  refused('AllowlistEmpty', 'the only source has no blocks', [AllowedSource.cidrs([])], {
    property: 'allow',
    value: [],
    reason: /is empty/,
    remedy: /AllowedSource\.cidr\('[\d./]+'\)/,
  }),
  ...[
    '',
    'metabase.com',
    '52.20.30',
    '52.20.30.400/32',
    '052.20.30.40',
    '52.20.30.40/',
    '52.20.30.40/032',
    '2600::1::2',
    'fe80::1%eth0',
  ].map((text) =>
    refused('CidrInvalid', `a block is '${text}'`, [CLIENT, AllowedSource.cidr(text)], {
      property: 'allow[1]',
      value: text,
      reason: /not an IP address or CIDR block|prefix length/,
      remedy: /Write an address like/,
    }),
  ),
  ...['52.20.30.0/33', '2600:1f18::/129', '52.20.30.0/-1'].map((text) =>
    refused('CidrInvalid', `the prefix is that of '${text}'`, [AllowedSource.cidr(text)], {
      property: 'allow[0]',
      value: text,
      reason: /no valid prefix length for IPv[46] \(0 to (32|128)\)/,
      remedy: /Write an address like/,
    }),
  ),
  refused('CidrInvalid', 'one of several blocks is none', [CLIENT, AllowedSource.cidrs(['35.10.0.0/16', 'office'])], {
    property: 'allow[1][1]',
    value: 'office',
    reason: /not an IP address/,
    remedy: /Write an address like/,
  }),
  refused('CidrHasHostBits', 'a block goes on', [AllowedSource.cidr('52.20.30.40/24')], {
    property: 'allow[0]',
    value: '52.20.30.40/24',
    reason: /has host bits set/,
    remedy: /Write 52\.20\.30\.40\/32 for that address or 52\.20\.30\.0\/24 for that network/,
  }),
  refused('CidrHasHostBits', 'half of the internet is opened in the real world', [AllowedSource.cidr('1.1.1.1/1')], {
    property: 'allow[0]',
    value: '1.1.1.1/1',
    reason: /has host bits set/,
    remedy: /Write 1\.1\.1\.1\/32 for that address or 0\.0\.0\.0\/1 for that network/,
  }),
  refused(
    'CidrHasHostBits',
    'an IPv6 block goes on',
    [AllowedSource.cidr('2600:1f18::7/64')],
    {
      property: 'allow[0]',
      value: '2600:1f18::7/64',
      reason: /has host bits set/,
      remedy: /2600:1f18::7\/128.*2600:1f18::\/64/,
    },
    { dualStack: true },
  ),
  refused('CidrDuplicate', 'a block is there twice', [CLIENT, AllowedSource.cidr('35.10.0.0/16'), CLIENT], {
    property: 'allow[2]',
    value: '52.20.30.40/32',
    reason: /repeats allow\[0\]/,
    remedy: /once/,
  }),
  refused('CidrDuplicate', 'an address is there bare and as a block', [CLIENT, AllowedSource.cidr('52.20.30.40')], {
    property: 'allow[1]',
    value: '52.20.30.40',
    reason: /repeats allow\[0\]/,
    remedy: /once/,
  }),
  refused(
    'CidrDuplicate',
    'a block is there twice in one source',
    [AllowedSource.cidrs(['35.10.0.0/16', '35.10.0.0/16'])],
    {
      property: 'allow[0][1]',
      value: '35.10.0.0/16',
      reason: /repeats allow\[0\]\[0\]/,
      remedy: /once/,
    },
  ),
  refused(
    'CidrDuplicate',
    'a block is there in two spellings',
    [AllowedSource.cidr('2600:1f18::/64'), AllowedSource.cidr('2600:1F18:0:0::/64')],
    { property: 'allow[1]', value: '2600:1F18:0:0::/64', reason: /repeats allow\[0\]/, remedy: /once/ },
    { dualStack: true },
  ),
  refused('SourceDuplicate', 'a prefix list is there twice', [prefixList('A'), prefixList('B')], {
    property: 'allow[1]',
    value: 'pl-0a',
    reason: /repeats allow\[0\]/,
    remedy: /once/,
  }),
  refused(
    'SourceDuplicate',
    'a security group is there twice',
    [AllowedSource.securityGroup('sg-0a'), AllowedSource.securityGroup('sg-0a')],
    {
      property: 'allow[1]',
      value: 'sg-0a',
      reason: /repeats allow\[0\]/,
      remedy: /once/,
    },
  ),
  refused(
    'SourceDuplicate',
    'a token is there twice',
    [AllowedSource.cidr(expression('var.office')), AllowedSource.cidr(expression('var.office'))],
    {
      property: 'allow[1]',
      value: 'var.office',
      reason: /repeats allow\[0\]/,
      remedy: /once/,
    },
  ),
  ...['branches', '', 'sg-0a', 'pl-', 'com.amazonaws.eu-central-1.s3'].map((id) =>
    refused('PrefixListIdInvalid', `a prefix list is '${id}'`, [CLIENT, AllowedSource.prefixList(id)], {
      property: 'allow[1]',
      value: id,
      reason: /not the id of a managed prefix list/,
      remedy: /pl-0123456789abcdef0/,
    }),
  ),
  ...['default', '', 'pl-0a', 'sg-', '12345678901/sg-0a', '123456789012/', '123456789012/pl-0a'].map((id) =>
    refused('SecurityGroupIdInvalid', `a security group is '${id}'`, [CLIENT, AllowedSource.securityGroup(id)], {
      property: 'allow[1]',
      value: id,
      reason: /not the id of a security group/,
      remedy: /sg-0123456789abcdef0/,
    }),
  ),
  described('the description is empty', block, '', /is empty/),
  described('the description is blank', block, '  ', /is empty/),
  described('the description has a foreign letter', block, 'Büro', /refuses: 'ü'/),
  described('the description has a quote', block, "Bob's office", /refuses: '''/),
  described('the description has a line break', block, 'a\nb', /refuses/),
  described('the description of a prefix list has an ampersand', prefixList, 'A & B', /refuses: '&'/),
  described('the description is too long', block, 'x'.repeat(256), /256 characters long.*255/),
  described(
    'the reason has a foreign letter',
    (reason) => AllowedSource.anywhere({ reason }),
    'Für alle',
    /'ü'/,
    'reason',
  ),
  described('the reason is empty', (reason) => AllowedSource.anywhere({ reason }), '', /is empty/, 'reason'),
  refused(
    'Ipv6NeedsDualStack',
    'an IPv4 endpoint admits an IPv6 block',
    [CLIENT, AllowedSource.cidr('2600:1f18::/64')],
    {
      property: 'allow[1]',
      value: '2600:1f18::/64',
      reason: /IPv4-only/,
      remedy: /dualStack: true/,
    },
  ),
  ...['0.0.0.0/0', '128.0.0.0/1', '8.0.0.0/7'].map((text) =>
    refused('AllowlistTooBroad', `${text} is open`, [AllowedSource.cidr(text)], tooBroad('allow[0]', text)),
  ),
  refused(
    'AllowlistTooBroad',
    'more than a /8 is open in pieces',
    [AllowedSource.cidrs(['12.0.0.0/9', '12.128.0.0/9']), AllowedSource.cidr('13.0.0.0/32')],
    tooBroad('allow'),
  ),
  refused('AllowlistTooBroad', '::/0 is open', [AllowedSource.cidr('::/0')], tooBroad('allow[0]', '::/0'), {
    dualStack: true,
  }),
  ...[false, true].map((dualStack) =>
    refused(
      'ComputedGroupFull',
      `there are ${dualStack ? 121 : 61} blocks that are known after apply`,
      [AllowedSource.cidrs(variables(dualStack ? 121 : 61))],
      {
        property: 'allow',
        reason: dualStack ? /has 121 blocks .* room for 120/ : /has 61 blocks .* room for 60/,
        remedy: /literals.*prefix list.*quotas\.rulesPerSecurityGroup/,
      },
      { dualStack },
    ),
  ),
  refused(
    'ListSecret',
    'a list is an SSM parameter',
    [AllowedSource.cidrs(Token.asList(ref('data.aws_ssm_parameter.offices.value')))],
    {
      property: 'allow[0]',
      reason: /is a sensitive list, because of data\.aws_ssm_parameter\.offices\.value/,
      remedy: /Fn\.nonsensitive\(list\).*insecureValue/,
    },
  ),
  refused(
    'SourceDuplicate',
    'a security group is there with its account and without',
    [AllowedSource.securityGroup('sg-0a'), AllowedSource.securityGroup('123456789012/sg-0a')],
    { property: 'allow[1]', value: '123456789012/sg-0a', reason: /repeats allow\[0\]/, remedy: /once/ },
  ),
  ...['127.0.0.1/32', '169.254.1.0/24', '224.0.0.0/9', '240.1.0.0/16'].map((text) =>
    refused('SourceNeverMatches', `${text} is admitted`, [CLIENT, AllowedSource.cidr(text)], {
      property: 'allow[1]',
      value: text,
      reason: /RFC \d+.*no client ever connects from there/,
      remedy: /public address/,
    }),
  ),
];
