import { digestOf, lockText } from '../../lib/allowlist-file/feed-lock';
import { type BadFiles, type Files, yaml } from './bad-files';

const URL = 'https://vendor.example.com/ips';
const SAID = 'owner: data, description: Vendor';
const FEED = `- feed: { url: '${URL}', format: text, ${SAID} }`;
const UPDATE = 'Run database-endpoint allowlist update allowlist.yaml, and review what it writes.';
const BLOCKS = ['52.20.30.40/32'];
const LOCKED = { url: URL, format: 'text', fetched: '2026-11-27', digest: digestOf(BLOCKS), blocks: BLOCKS } as const;

function feed(what: string, written: string, ...says: readonly string[]): BadFiles {
  return yaml(what, ['entries:', `  - feed: { ${written} }`], ...says.map((each) => `allowlist.yaml:2:${each}`));
}

function lock(what: string, text: string | Uint8Array, ...says: readonly string[]): BadFiles {
  const files: Files = { 'allowlist.yaml': `entries:\n  ${FEED}\n`, 'allowlist.yaml.lock.json': text };
  return { what, files, says };
}

const INVALID_URL = 'Write an address like https://vendor.example.com/ips.json. [FeedUrlInvalid]';
const PUBLIC =
  'Remove it: a list that has to be kept secret is not a published one, and the file is in Git. [FeedUrlSecret]';
const VENDOR = 'Ask the vendor for the addresses of its service only, such as those of its NAT gateways.';

/** Published lists that are not named well. */
const BAD_NAMES: readonly BadFiles[] = [
  feed(
    'a list of which nothing is said',
    `url: '${URL}', format: text`,
    `5: entries[0].feed '${URL}' has not been fetched: allowlist.yaml.lock.json does not exist. ${UPDATE} [FeedNotLocked]`,
    '11: entries[0].feed has no owner. Say who owns this access, here, in its group or at the top of the file. [FileKeyMissing]',
    '11: entries[0].feed has no description. Say whose list it is: each of its rules shows it in the AWS console. [FileKeyMissing]',
  ),
  feed(
    'a list without address and format',
    SAID,
    '11: entries[0].feed has no format. Give it the format of the list: json, text, csv. [FileKeyMissing]',
    '11: entries[0].feed has no url. Give it the address of the published list. [FileKeyMissing]',
  ),
  feed(
    'a list in another format',
    `url: '${URL}', format: xml, ${SAID}`,
    "60: entries[0].feed.format 'xml' is not a format of lists. Write one of json, text, csv. [FileValueInvalid]",
  ),
  feed(
    'JSON of which nothing is selected',
    `url: '${URL}', format: json, ${SAID}`,
    '11: entries[0].feed has no select. Give it what selects the blocks, in JMESPath. [FileKeyMissing]',
  ),
  feed(
    'text of which something is selected',
    `url: '${URL}', format: text, select: ips, ${SAID}`,
    `5: entries[0].feed '${URL}' has not been fetched: allowlist.yaml.lock.json does not exist. ${UPDATE} [FeedNotLocked]`,
    '66: entries[0].feed.select has no effect on text, which has one block per line. Take it out, or write the format of the list. [FileKeyMisplaced]',
  ),
  feed(
    'a region that is not used',
    `url: '${URL}', format: text, region: eu-west-1, ${SAID}`,
    '74: entries[0].feed.region has no effect: {region} is neither in url nor in select. Write {region} where the name of the region belongs, or take it out. [FileKeyMisplaced]',
  ),
  feed(
    'a region that is used and not said',
    `url: '${URL}/{region}', format: text, ${SAID}`,
    '11: entries[0].feed has no region. Give it the region that {region} stands for. [FileKeyMissing]',
  ),
  feed(
    'a region that would change what is selected',
    `url: '${URL}', format: json, select: "[?r=='{region}'].ip", region: "' || '1'=='1", ${SAID}`,
    "105: entries[0].feed.region '' || '1'=='1' is not the name of a region. Write letters, digits, dots, hyphens and underscores. [FileValueInvalid]",
  ),
  yaml(
    'what is said twice',
    ['entries:', `  - { owner: me, feed: { url: '${URL}', format: text, ${SAID} } }`],
    `allowlist.yaml:2:18: entries[0].feed '${URL}' has not been fetched: allowlist.yaml.lock.json does not exist. ${UPDATE} [FeedNotLocked]`,
    'allowlist.yaml:2:79: entries[0].feed.owner is also written beside feed. Write it once. [FileKeyMisplaced]',
  ),
  yaml(
    'a list that is a block as well',
    ['entries:', `  - { feed: { url: '${URL}', format: text, ${SAID} }, cidr: 52.20.30.40 }`],
    `allowlist.yaml:2:7: entries[0].feed '${URL}' has not been fetched: allowlist.yaml.lock.json does not exist. ${UPDATE} [FeedNotLocked]`,
    "allowlist.yaml:2:104: entries[0] 'cidr' is not a known key here. Use feed, description, owner, ticket, expires, labels. [FileKeyUnknown]",
  ),
  yaml(
    'a list at the top of a file and of a group',
    [`feed: { url: '${URL}' }`, 'groups: [{ name: a, feed: {}, entries: [9.9.9.9] }]'],
    "allowlist.yaml:1:1: 'feed' is not a known key here. Write it as an item of entries: - feed: { … }. [FileKeyUnknown]",
    "allowlist.yaml:2:21: groups[0] 'feed' is not a known key here. Write it as an item of entries: - feed: { … }. [FileKeyUnknown]",
  ),
  yaml(
    'a list that is only an address',
    ['entries:', `  - feed: ${URL}`],
    `allowlist.yaml:2:11: entries[0].feed '${URL}' is a text. Write a map with the keys url, format, select, region, description, owner, ticket, expires, labels. [FileValueInvalid]`,
  ),
  ...[
    [
      'in plaintext',
      'http://vendor.example.com/ips',
      'is not an https URL, so anyone on the way could change the list',
    ],
    ['on disk', 'file:///etc/passwd', 'is not an https URL, so anyone on the way could change the list'],
    ['without a host', 'vendor.example.com/ips', 'is not a URL'],
    ['with a blank', 'https://vendor.example.com/my ips', 'is not a URL'],
    ['with a fragment', 'https://vendor.example.com/ips#eu', 'has a fragment, which no server receives'],
  ].map(([what, url, reason]) =>
    feed(
      `an address ${what}`,
      `url: '${url}', format: text, ${SAID}`,
      `18: entries[0].feed.url '${url}' ${reason}. ${INVALID_URL}`,
    ),
  ),
  ...[
    ['a password', 'https://me:hunter2@vendor.example.com/ips', 'has a user name or a password in it'],
    [
      'a key',
      'https://vendor.example.com/ips?v=1&api_key=hunter2',
      "has 'api_key' in its query, which looks like a credential",
    ],
    [
      'a signature',
      'https://vendor.example.com/ips?X-Amz-Signature=hunter2',
      "has 'X-Amz-Signature' in its query, which looks like a credential",
    ],
    [
      'a token',
      'https://vendor.example.com/ips?accessToken=hunter2',
      "has 'accessToken' in its query, which looks like a credential",
    ],
  ].map(([what, url, reason]) =>
    feed(
      `an address with ${what}, which is not repeated`,
      `url: '${url}', format: text, ${SAID}`,
      `18: entries[0].feed.url ${reason}. ${PUBLIC}`,
    ),
  ),
  ...[
    [
      'AWS',
      'https://ip-ranges.amazonaws.com/ip-ranges.json',
      `For a service of AWS, write its managed prefix list (awsPrefixList). ${VENDOR}`,
    ],
    ['Azure', 'https://download.microsoft.com/download/7/1/d/ServiceTags_Public_20261123.json', VENDOR],
    ['Google Cloud', 'https://www.gstatic.com/ipranges/cloud.json', VENDOR],
    ['GitHub', 'https://api.github.com/meta', `${VENDOR} Give runners a fixed address.`],
    ['DigitalOcean', 'https://digitalocean.com/geo/google.csv', VENDOR],
    ['Oracle Cloud', 'https://docs.oracle.com/en-us/iaas/tools/public_ip_ranges.json', VENDOR],
    ['Linode', 'https://geoip.linode.com/', VENDOR],
  ].map(([provider, url, remedy]) =>
    feed(
      `all of ${provider}`,
      `url: '${url}', format: text, ${SAID}`,
      `18: entries[0].feed.url '${url}' lists the addresses of all of ${provider}, which anyone can rent. ${remedy} [FeedProviderWide]`,
    ),
  ),
];

/** Lock files that do not fit. */
const BAD_LOCKS: readonly BadFiles[] = [
  yaml(
    'lists that were never fetched, told once',
    ['entries:', `  ${FEED}`, `  - feed: { url: '${URL}/2', format: text, ${SAID} }`],
    `allowlist.yaml:2:5: entries[0].feed '${URL}' has not been fetched: allowlist.yaml.lock.json does not exist. ${UPDATE} [FeedNotLocked]`,
  ),
  lock(
    'another list',
    lockText([{ ...LOCKED, url: `${URL}/2` }]),
    `allowlist.yaml:2:5: entries[0].feed '${URL}' is not in allowlist.yaml.lock.json. ${UPDATE} [FeedNotLocked]`,
  ),
  lock(
    'what another select has found',
    lockText([{ ...LOCKED, format: 'json', select: 'ips' }]),
    `allowlist.yaml:2:5: entries[0].feed '${URL}' is in allowlist.yaml.lock.json with another format and select. ${UPDATE} [FeedNotLocked]`,
  ),
  lock(
    'a block that somebody has added',
    lockText([{ ...LOCKED, blocks: [...BLOCKS, '52.20.30.41/32'] }]),
    `allowlist.yaml.lock.json:9:17: was edited by hand: its blocks are not those of its digest. ${UPDATE} [FeedLockEdited]`,
  ),
  lock(
    'a conflict',
    lockText([LOCKED]).replace(/ {6}"fetched.*\n/, '<<<<<<< HEAD\n$&=======\n$&>>>>>>> main\n'),
    `allowlist.yaml.lock.json:8:1: has the marks of a merge conflict. ${UPDATE} It asks for --accept then. [FeedLockConflict]`,
  ),
  lock(
    'half of a lock file',
    lockText([LOCKED]).slice(0, 100),
    `allowlist.yaml.lock.json:1:1: is not the JSON of a lock file. ${UPDATE} [FeedLockInvalid]`,
  ),
  lock('nothing', '', `allowlist.yaml.lock.json:1:1: is not the JSON of a lock file. ${UPDATE} [FeedLockInvalid]`),
  lock(
    'a later version',
    '{ "version": 2 }',
    `allowlist.yaml.lock.json:1:1: is not of a version that this release reads. ${UPDATE} [FeedLockInvalid]`,
  ),
  lock(
    'no feeds',
    '{ "version": 1 }',
    `allowlist.yaml.lock.json:1:1: does not have the form of a lock file. ${UPDATE} [FeedLockInvalid]`,
  ),
  lock(
    'a list without blocks',
    lockText([{ ...LOCKED, digest: digestOf([]), blocks: [] }]),
    `allowlist.yaml.lock.json:1:1: does not have the form of a lock file. ${UPDATE} [FeedLockInvalid]`,
  ),
  lock(
    'a list twice',
    lockText([LOCKED, LOCKED]),
    `allowlist.yaml.lock.json:1:1: has the same feed twice. ${UPDATE} [FeedLockInvalid]`,
  ),
  lock(
    'a lock file in UTF-16',
    Buffer.from(lockText([LOCKED]), 'utf16le'),
    `allowlist.yaml:2:5: entries[0].feed '${URL}' cannot be used, because allowlist.yaml.lock.json is UTF-16 and not UTF-8. ${UPDATE} [FeedLockInvalid]`,
  ),
  {
    what: 'a block of a list that is an entry as well',
    files: {
      'allowlist.yaml': `entries:\n  ${FEED}\n  - 52.20.30.40\n`,
      'allowlist.yaml.lock.json': lockText([LOCKED]),
    },
    says: [
      "allowlist.yaml:3:5: entries[1] '52.20.30.40' repeats allowlist.yaml:2:5. List every source once. [CidrDuplicate]",
    ],
  },
  lock(
    'everybody, whoever has approved it',
    lockText([{ ...LOCKED, digest: digestOf(['0.0.0.0/0']), blocks: ['0.0.0.0/0'] }]),
    "allowlist.yaml:2:5: entries[0].feed '0.0.0.0/0' admits 100 % of all IPv4 addresses, 256 times the limit of one /8. List the clients' addresses, or write an entry with anywhere: true and a reason if everybody may connect. [AllowlistTooBroad]",
  ),
];

/** All of them. */
export const BAD_FEEDS: readonly BadFiles[] = [...BAD_NAMES, ...BAD_LOCKS];
