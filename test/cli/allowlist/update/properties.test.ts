import fc from 'fast-check';
import { publishedBlocks } from '../../../../cli/allowlist/update/published-blocks';
import { suddenChange } from '../../../../cli/allowlist/update/sudden-change';
import { updateAllowlist } from '../../../../cli/allowlist/update/update-allowlist';
import type { Feed } from '../../../../lib/allowlist-file/feed';
import { runs } from '../../../support/property-runs';

/** A block, in canonical form and as a vendor may write it. */
interface Written {
  readonly canonical: string;
  readonly written: string;
}

/** Public blocks of a small part of the address space, so that they repeat and overlap, and fit within the guards. */
const ipv4 = fc
  .record({ prefix: fc.integer({ min: 22, max: 32 }), host: fc.nat({ max: 4095 }), bare: fc.boolean() })
  .map(({ prefix, host, bare }): Written => {
    const first = host - (host % 2 ** (32 - prefix));
    const address = `52.20.${first >> 8}.${first & 255}`;
    const canonical = `${address}/${prefix}`;
    return { canonical, written: prefix === 32 && bare ? address : canonical };
  });

const ipv6 = fc
  .record({ group: fc.integer({ min: 1, max: 0xffff }), upper: fc.boolean(), padded: fc.boolean() })
  .map(({ group, upper, padded }): Written => {
    const hex = group.toString(16);
    const shown = padded ? hex.padStart(4, '0') : hex;
    return {
      canonical: `2600:1f18:${hex}::/48`,
      written: `2600:1f18:${upper ? shown.toUpperCase() : shown}:${padded ? '0:0:0:0:0' : ':'}/48`,
    };
  });

const list = fc.array(fc.oneof({ arbitrary: ipv4, weight: 3 }, ipv6), { minLength: 1, maxLength: 40 });

/** The same list as vendors publish one: what is selected, and how it is written. */
const FORMS: readonly [form: string, feed: Omit<Feed, 'url'>, text: (blocks: readonly string[]) => string][] = [
  ['text', { format: 'text' }, (blocks) => blocks.join('\n')],
  [
    'text of Windows',
    { format: 'text' },
    (blocks) => `\ufeff# ours\r\n${blocks.map((each) => `  ${each} # x\r\n`).join('')}`,
  ],
  ['a list', { format: 'json', select: '@' }, (blocks) => JSON.stringify(blocks)],
  [
    'a list by region',
    { format: 'json', select: "regions[?name=='{region}'].ips[]", region: 'eu' },
    (blocks) =>
      JSON.stringify({
        regions: [
          { name: 'us', ips: ['9.9.9.9'] },
          { name: 'eu', ips: blocks.slice(0, 1) },
          { name: 'eu', ips: blocks.slice(1) },
        ],
      }),
  ],
  [
    'a list by family',
    { format: 'json', select: 'result.[v4, v6][]' },
    (blocks) =>
      JSON.stringify({
        result: { v4: blocks.filter((each) => !each.includes(':')), v6: blocks.filter((each) => each.includes(':')) },
      }),
  ],
  [
    'a table',
    { format: 'csv', select: "[?Region=='eu'].[IP, \"Second IP\"][] | [?@!='']" },
    (blocks) =>
      [
        'Region;IP;Second IP',
        ...blocks.map((each, i) => (i % 2 ? `eu;${each};` : `eu;;"${each}"`)),
        'us;9.9.9.9;',
      ].join('\n'),
  ],
  [
    'a table without names',
    { format: 'csv', select: '[*][0]' },
    (blocks) => blocks.map((each) => `${each},DE,Berlin`).join('\n'),
  ],
];

const URL = 'https://vendor.example.com/ips';

/** What an update makes of it: the text of the lock file. */
async function lockOf(feed: Omit<Feed, 'url'>, text: string, before?: string, today = '2026-11-27') {
  const named = JSON.stringify({ entries: [{ feed: { url: URL, ...feed, owner: 'data', description: 'Vendor' } }] });
  const files: Record<string, string | undefined> = { 'a.json': named, 'a.json.lock.json': before };
  const { locks } = await updateAllowlist('a.json', {
    readFile: (path) => {
      const found = files[path];
      if (found === undefined) throw Object.assign(new Error(path), { code: 'ENOENT' });
      return found;
    },
    fetchFeed: async () => Buffer.from(text),
    today,
    judged: { dualStack: true, internetFacing: true, quotas: { rulesPerSecurityGroup: 1000 } },
    accept: true,
  });
  return locks[0];
}

/** The addresses of blocks, one by one for IPv4 and by their network for IPv6: without any code of the library. */
function addressesOf(blocks: readonly string[]): ReadonlySet<string> {
  return new Set(
    blocks.flatMap((block) => {
      const [address, prefix] = block.split('/');
      if (address.includes(':')) return [block];
      const [, , c, d] = address.split('.').map(Number);
      const first = c * 256 + d;
      return Array.from({ length: 2 ** (32 - Number(prefix)) }, (_, i) => String(first + i));
    }),
  );
}

test.each(FORMS)('a lock file has exactly the addresses that are published: %s', async (_, feed, text) => {
  await fc.assert(
    fc.asyncProperty(list, async (blocks) => {
      const report = await lockOf(feed, text(blocks.map(({ written }) => written)));

      const [locked] = report.after;
      expect(new Set(locked.blocks)).toEqual(new Set(blocks.map(({ canonical }) => canonical)));
      expect(locked.blocks).toHaveLength(new Set(locked.blocks).size);
      expect(addressesOf(locked.blocks)).toEqual(addressesOf(blocks.map(({ canonical }) => canonical)));
    }),
    { numRuns: runs(80) },
  );
});

test('an update after an update changes nothing, however the list is written and ordered', async () => {
  await fc.assert(
    fc.asyncProperty(
      list.chain((blocks) => fc.tuple(fc.constant(blocks), fc.shuffledSubarray(blocks, { minLength: blocks.length }))),
      async ([blocks, shuffled]) => {
        const first = await lockOf({ format: 'text' }, blocks.map(({ written }) => written).join('\n'));
        const again = shuffled.flatMap(({ written, canonical }) => [canonical, written]).join('\n');

        const second = await lockOf({ format: 'text' }, again, first.text, '2027-01-01');

        expect(second.isOutdated).toBe(false);
        expect(second.text).toBe(first.text);
      },
    ),
    { numRuns: runs(150) },
  );
});

test('what is sudden is what takes away more than half, or more than doubles', () => {
  const blocks = (from: number, count: number) => Array.from({ length: count }, (_, i) => `52.20.${from + i}.1/32`);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.nat({ max: 60 }), fc.nat({ max: 120 }), (old, dropped, added) => {
      fc.pre(dropped <= old && old - dropped + added > 0);
      // Of single addresses, blocks and addresses are the same numbers.
      const after = [...blocks(dropped, old - dropped), ...blocks(100, added)];

      const isSudden = dropped > old / 2 || old - dropped + added > old * 2;

      expect(suddenChange(blocks(0, old), after) !== undefined).toBe(isSudden);
    }),
    { numRuns: runs(400) },
  );
});

test('whatever is published, there are blocks or a reason and a remedy', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.json()),
      fc.constantFrom('json', 'text', 'csv'),
      fc.oneof(fc.string(), fc.constantFrom('@', '*', '[]', '[*][0]', '*.*')),
      (text, format, select) => {
        const feed: Feed = { url: URL, format: format as Feed['format'], select };
        let outcome: unknown;
        try {
          outcome = publishedBlocks(feed, Buffer.from(text));
        } catch (error) {
          expect(error).toMatchObject({
            kind: 'refused',
            reason: expect.any(String),
            remedy: expect.stringMatching(/\.$/),
          });
          return;
        }
        expect(outcome).toEqual(expect.arrayContaining([expect.any(String)]));
      },
    ),
    { numRuns: runs(800) },
  );
});
