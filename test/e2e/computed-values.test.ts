import { isCidr, parseCidr } from '../../lib/network/cidr';
import { ANSWERS, computedValues, secretValues } from './fixtures/computed-values';
import { conditions } from './fixtures/conditions';
import { VALIDATED } from './fixtures/validated';
import { checkOnMocks, describeWithTools, planAndApply, useLab } from './harness';

const addresses = (count: number) => Array.from({ length: count }, (_, i) => `198.51.100.${i}`);

/** Values of variables, the endpoint that they are for, and the rule that refuses them. */
type Case = readonly [variables: Readonly<Record<string, unknown>>, endpoint: string, rule?: string];

const ACCEPTED: Readonly<Record<string, Case>> = {
  'what a wider setting allows': [{ wide: ['12.0.0.0/7', '8.0.0.0/8'] }, 'Wide'],
  'what is left beside the blocks that are written out': [{ narrow: ['9.9.0.0/17'] }, 'Narrow'],
  'what is left of IPv6': [{ narrow: ['2600:1::/33'] }, 'Narrow'],
  'blocks within those that are written out': [{ narrow: ['9.9.0.0/17', '8.8.0.0/18', '8.8.64.0/18'] }, 'Narrow'],
  'a block around those that are written out': [{ narrow: ['8.8.0.0/16'] }, 'Narrow'],
  'the other half of what is written out': [{ narrow: ['8.8.128.0/17'] }, 'Narrow'],
  'blocks within one another': [{ narrow: ['9.9.0.0/17', '9.9.0.0/18', '9.9.1.1'] }, 'Narrow'],
  'private networks, which do not count': [
    { narrow: ['10.0.0.0/8', '192.168.0.0/16', 'fd00::/8', '9.9.0.0/17'] },
    'Narrow',
  ],
  'all private networks': [{ inside: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'] }, 'Inside'],
  'as many blocks of each family as a group holds': [
    {
      many: ['203.0.113.2', '203.0.113.3', '2600::1', '2600::2', '2600::3'],
    },
    'Full',
  ],
  'a block of two lists': [{ three: ['203.0.113.3'], four: ['203.0.113.3/32'] }, 'Twice'],
  'a block that is written out as well, in a group of its own': [
    { one: '203.0.113.8', four: ['203.0.113.4'] },
    'Twice',
  ],
  'as many egress blocks of each family as a group holds': [
    {
      egress_list: ['10.1.0.0/16', '10.2.0.0/16', '10.3.0.5', 'fd00::/64', 'fd00:1::/64', 'fd00:2::/64'],
    },
    'BlockList',
  ],
  'egress up to a /8 in total': [{ egress_list: ['10.0.0.0/9', '10.128.0.0/9'] }, 'BlockList'],
  'an egress block around the one that is written out': [{ egress: '10.0.0.0/8' }, 'Blocks'],
};

const REFUSED: Readonly<Record<string, Case>> = {
  'more than a narrower setting allows': [{ narrow: ['11.0.0.0/8'] }, 'Narrow', 'AllowlistTooBroad'],
  'more than is left beside what is written out': [
    { narrow: ['9.9.0.0/17', '8.9.0.1'] },
    'Narrow',
    'AllowlistTooBroad',
  ],
  'more IPv6 than is left': [{ narrow: ['2600:1::/33', '2600:2::1'] }, 'Narrow', 'AllowlistTooBroad'],
  'more than a wider setting allows': [
    { wide: ['12.0.0.0/7', '8.0.0.0/8', '9.0.0.0/8', '2.0.0.1'] },
    'Wide',
    'AllowlistTooBroad',
  ],
  'a block that only a part of is private': [{ narrow: ['10.0.0.0/7'] }, 'Narrow', 'AllowlistTooBroad'],
  'two variables of one block': [{ one: '203.0.113.2' }, 'Twice', 'CidrDuplicate'],
  'two variables of one block in two spellings': [{ one: '203.0.113.2/32' }, 'Twice', 'CidrDuplicate'],
  'a variable of a block that is in a list': [{ two: '203.0.113.3' }, 'Twice', 'CidrDuplicate'],
  'more blocks than a group holds': [{ many: addresses(3) }, 'Full', 'ComputedGroupFull'],
  'more blocks of IPv6 than a group holds': [
    { single: '2600::1', many: ['2600::2', '2600::3', '2600::4'] },
    'Full',
    'ComputedGroupFull',
  ],
  'a security group that is written out': [{ group: 'sg-0a' }, 'Referenced', 'SourceDuplicate'],
  'a prefix list that is written out': [{ prefix_list: 'pl-0a' }, 'Referenced', 'SourceDuplicate'],
  'egress to everywhere': [{ egress: '0.0.0.0/0' }, 'Blocks', 'TargetCidrTooBroad'],
  'egress to all of IPv6': [{ egress: '::/0' }, 'Blocks', 'TargetCidrTooBroad'],
  'egress to more than a /8 together with what is written out': [
    { egress: '11.0.0.0/8' },
    'Blocks',
    'TargetCidrTooBroad',
  ],
  'egress to more than a /8 in a list': [
    { egress_list: ['10.0.0.0/8', '172.16.0.0/12'] },
    'BlockList',
    'TargetCidrTooBroad',
  ],
  'egress to a block with host bits': [{ egress: '10.2.3.4/16' }, 'Blocks', 'TargetCidrInvalid'],
  'egress to no block at all': [{ egress_list: ['database'] }, 'BlockList', 'TargetCidrInvalid'],
  'egress to the loopback range': [{ egress: '127.0.0.0/8' }, 'Blocks', 'TargetCidrUnreachable'],
  'egress to a link-local address': [{ egress_list: ['169.254.169.254'] }, 'BlockList', 'TargetCidrUnreachable'],
  'egress to a multicast address of IPv6': [{ egress: 'ff02::1' }, 'Blocks', 'TargetCidrUnreachable'],
  'egress to what is written out': [{ egress: '10.1.0.0/16' }, 'Blocks', 'TargetDuplicate'],
  'egress in two spellings': [{ egress_list: ['10.1.0.5', '10.1.0.5/32'] }, 'BlockList', 'TargetDuplicate'],
  'egress to more blocks than a group holds': [{ egress_list: addresses(4) }, 'BlockList', 'TooManyEgressRules'],
  'a target that is everywhere': [{ address: '0.0.0.0/0' }, 'Addressed', 'TargetAddressInvalid'],
  'a target that is a block': [{ address: '10.0.1.0/24' }, 'Addressed', 'TargetAddressInvalid'],
  'a target with a leading zero': [{ address: '10.0.1.06' }, 'Addressed', 'TargetAddressInvalid'],
  'a target on the loopback range': [{ address: '127.0.0.1' }, 'Addressed', 'TargetAddressInvalid'],
  'a public target': [{ address: '8.8.8.8' }, 'Addressed', 'TargetAddressPublic'],
  'a target that is written out': [{ address: '10.0.1.5' }, 'Addressed', 'TargetDuplicate'],
  'a public target behind a security group': [{ address_in_group: '8.8.8.8' }, 'InGroup', 'TargetAddressPublic'],
  'a block as a target behind a security group': [
    { address_in_group: '10.0.0.0/8' },
    'InGroup',
    'TargetAddressInvalid',
  ],
};

/** What shows only during the apply, before the first rule is made. */
const REFUSED_LATE: Readonly<Record<string, Case>> = {
  'a variable of an address that is known after apply': [{ late_one: '203.0.113.9' }, 'Late', 'CidrDuplicate'],
  'a list with an address that is known after apply': [{ late_list: ['203.0.113.9/32'] }, 'Late', 'CidrDuplicate'],
};

/** In which round a case is: how many of the same endpoint come before it. */
function roundOf(table: readonly Case[], of: Case): number {
  return table.slice(0, table.indexOf(of)).filter(([, endpoint]) => endpoint === of[1]).length;
}

function roundsOf(table: readonly Case[]): Record<string, unknown>[] {
  const rounds: Record<string, unknown>[] = [];
  for (const row of table) rounds[roundOf(table, row)] = { ...rounds[roundOf(table, row)], ...row[0] };
  return rounds;
}

describeWithTools(['terraform', 'provider'], 'sources and targets that are known after apply', () => {
  const lab = useLab({ emulator: false });
  let problems: Readonly<Record<string, string[]>> = {};

  // One round has a case of each endpoint, as rounds take long and cases do not meet.
  beforeAll(async () => {
    const rounds = Object.entries({ accepted: ACCEPTED, refused: REFUSED, late: REFUSED_LATE }).flatMap(
      ([kind, table]) =>
        roundsOf(Object.values(table)).map((variables, i) => {
          const [plan, apply] = planAndApply(variables);
          return [`${kind} ${i}`, kind === 'late' || i === 0 ? [plan, apply] : [plan]] as const;
        }),
    );
    problems = await checkOnMocks(lab().workspace(computedValues()), Object.fromEntries(rounds), ANSWERS);
  });
  const found = (kind: string, table: readonly Case[], of: Case) =>
    problems[`${kind} ${roundOf(table, of)}`] ?? ['none'];

  it.each(Object.entries(ACCEPTED))('may be %s', (_, row) => {
    expect(found('accepted', Object.values(ACCEPTED), row)).toEqual([]);
  });

  it.each(Object.entries(REFUSED))('may not be %s', (_, row) => {
    const [, endpoint, rule] = row;

    expect(found('refused', Object.values(REFUSED), row)).toContainEqual(
      expect.stringMatching(new RegExp(`^Resource precondition failed: Computed/${endpoint}: .*\\[${rule}\\]$`, 's')),
    );
  });

  it.each(Object.entries(REFUSED_LATE))('may not be %s, which stops the apply', (_, row) => {
    expect(found('late', Object.values(REFUSED_LATE), row)).toContainEqual(
      expect.stringMatching(/^Resource precondition failed: Computed\/Late: .*\[CidrDuplicate\]$/s),
    );
  });

  it('are refused by name: which block, and in which value', () => {
    const all = Object.values(problems).flat().join('\n');

    expect(all).toContain('allow repeats 203.0.113.3/32 (var.two). List every source once.');
    expect(all).toContain('allow names sg-0a more than once');
    expect(all).toContain(
      'allow has 4 IPv4 blocks that are known after apply, but their security group has room for 3.',
    );
  });
});

describeWithTools(['terraform', 'provider'], 'odd spellings of a block that is known after apply', () => {
  const lab = useLab({ emulator: false });
  const SPELLINGS = [
    ...['203.0.113.7', '203.0.113.7/32', '203.0.113.0/24', '2001:db8::', '2001:db8::7', '2001:db8::/32', '::1/128'],
    ...['2001:DB8::7', '2001:DB8::/32', '2001:db8:0::7', '2001:0db8::7', '2001:db8:0:0:0:0:0:7/128', '::0001'],
    ...['203.0.113.007', '0203.0.113.7', '203.0.113.7/032', '203.0.113.0/024', '203.0.113.7/+32', '203.0.113.7/-1'],
    ...['203.0.113.7/24', '2001:db8::7/64', '203.0.113.7/33', '2001:db8::/129', '203.0.113.7/', '/32', '/', ''],
    ...[' 203.0.113.7', '203.0.113.7 ', '203.0.113.0 /24', '203.0.113.0/ 24', '203.0.113.7\n', '\t203.0.113.7/32'],
    ...[
      '203.0.113',
      '203.0.113.7.',
      '3405803783',
      '0xcb007107',
      '203.0.113.256',
      '203.0.113.7/32/32',
      '203.0.113.0/24,9.9.9.9',
    ],
    ...[
      '::ffff:203.0.113.7',
      '::ffff:cb00:7107/128',
      '::203.0.113.7',
      '2001:db8::7%eth0',
      '[2001:db8::7]',
      '2001:db8:::7',
    ],
    ...['2001:db8::1::7', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8:9', '1:0:0:2:0:0:0:3', '1::2:0:0:0:3', '1:2:3:4:5:6:7::'],
    ...['٢٠٣.0.113.7', '203。0.113.7', 'office', 'null', '203.0.113.7/32 # office', '2001:db8::/3２'],
  ];
  let problems: Readonly<Record<string, string[]>> = {};

  beforeAll(async () => {
    const cases = SPELLINGS.map((text) => [text, [{ command: 'plan', variables: { blocks6: [text] } }]] as const);
    problems = await checkOnMocks(lab().workspace(conditions()), Object.fromEntries(cases), VALIDATED);
  });

  it.each(SPELLINGS)('is accepted by Terraform only if it is the one that EC2 uses: %j', (text) => {
    const block = parseCidr(text);
    // IPv4-mapped addresses are in no rule that can match, and Terraform shortens them to IPv4.
    const isCanonical =
      !text.startsWith('::ffff:') &&
      isCidr(block) &&
      [block.text, block.text.replace(/\/(32|128)$/, '')].includes(text);

    if (isCanonical) expect(problems[text]).toEqual([]);
    else expect(problems[text]).toContainEqual(expect.stringMatching(/\[(ComputedCidrInvalid|AllowlistTooBroad)\]$/));
  });
});

describeWithTools(['terraform', 'provider'], 'values that Terraform keeps secret', () => {
  const lab = useLab({ emulator: false });

  it('can be sources one by one, as lists that are shown on purpose, and as parameters that are no secrets', async () => {
    expect(
      await checkOnMocks(
        lab().workspace(secretValues()),
        { plain: planAndApply(), odd: planAndApply({ secret_client: '9.9.9.9/8' }) },
        ANSWERS,
      ),
    ).toEqual({
      // The mock makes the parameter up: its text has become a block, and is judged as one.
      plain: [expect.stringMatching(/Secret\/Parameter: .*\[ComputedCidrInvalid\]$/)],
      odd: expect.arrayContaining([expect.stringMatching(/^Resource precondition failed/)]),
    });
  });
});
