import fc from 'fast-check';
import { admits } from './admission';
import type { Network, SecurityRule } from './network';
import { blockList } from './read-network';

const PORT = 5432;

interface Written {
  readonly first: number;
  readonly prefix: number;
  readonly ports: readonly [number, number];
}

const written: fc.Arbitrary<Written> = fc.record({
  first: fc.nat({ max: 2 ** 32 - 1 }),
  prefix: fc.integer({ min: 0, max: 32 }),
  ports: fc.constantFrom([PORT, PORT], [0, 65_535], [PORT + 1, 65_535], [0, PORT - 1]),
});

const start = ({ first, prefix }: Written) => first - (first % 2 ** (32 - prefix));
const end = (rule: Written) => start(rule) + 2 ** (32 - rule.prefix) - 1;

function address(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

function network(groups: readonly (readonly SecurityRule[])[]): Network {
  const securityGroups = new Map(groups.map((ingress, i) => [`sg-${i}`, { ingress, egress: [] }]));
  return { loadBalancers: [], securityGroups, interfaces: new Map() };
}

const ruleOf = (rule: Written): SecurityRule => ({
  fromPort: rule.ports[0],
  toPort: rule.ports[1],
  peer: { blocks: blockList([`${address(start(rule))}/${rule.prefix}`]) },
});

test('rules admit the addresses that lie in their intervals and no others', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(written, { maxLength: 8 }), { minLength: 1, maxLength: 4 }),
      fc.nat(),
      (groups, any) => {
        const all = groups.flat().filter(({ ports }) => ports[0] <= PORT && PORT <= ports[1]);
        const clients = [
          any,
          ...groups.flat().flatMap((rule) => [start(rule) - 1, start(rule), end(rule), end(rule) + 1]),
        ];
        const ids = groups.map((_, i) => `sg-${i}`);
        const there = network(groups.map((group) => group.map(ruleOf)));
        for (const client of clients.filter((number) => number >= 0 && number < 2 ** 32)) {
          const expected = all.some((rule) => start(rule) <= client && client <= end(rule));
          expect(admits(there, ids, 'ingress', { address: address(client), groupIds: [] }, PORT)).toBe(expected);
        }
      },
    ),
  );
});

test('a rule that names a group admits whoever is in it, whatever their address', () => {
  const there = network([[{ fromPort: PORT, toPort: PORT, peer: { groupId: 'sg-app' } }]]);
  const from = (groupIds: readonly string[]) =>
    admits(there, ['sg-0'], 'ingress', { address: '10.0.0.1', groupIds }, PORT);

  expect(from(['sg-app'])).toBe(true);
  expect(from(['sg-other'])).toBe(false);
  expect(from([])).toBe(false);
});

test('IPv6 and IPv4 are told apart', () => {
  const rule = (block: string): SecurityRule => ({ fromPort: 0, toPort: 65_535, peer: { blocks: blockList([block]) } });
  const there = network([[rule('0.0.0.0/0')], [rule('2001:db8::/32')]]);
  const from = (client: string, group: string) =>
    admits(there, [group], 'ingress', { address: client, groupIds: [] }, PORT);

  expect(from('203.0.113.7', 'sg-0')).toBe(true);
  expect(from('2001:db8::7', 'sg-0')).toBe(false);
  expect(from('2001:db8::7', 'sg-1')).toBe(true);
  expect(from('2001:db9::7', 'sg-1')).toBe(false);
});
