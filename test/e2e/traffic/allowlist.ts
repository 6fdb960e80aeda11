import { type Allowlists, SHARED_PORTS } from './endpoints';
import { knock, knockAll } from './knock';
import type { Stage } from './stage';

const SIZES = { small: 12, middle: 70, large: 200 } as const;

/** Repeats a run: TRAFFIC_SEED=… npm run test:traffic */
const SEED = Number(process.env['TRAFFIC_SEED'] ?? Date.now() % 1_000_000);

interface Block {
  readonly text: string;
  readonly first: number;
  readonly last: number;
}

/** Random blocks for the endpoints, in parts of the internet where every address is a client's. */
export function randomAllowlists(): Allowlists {
  const random = generator(SEED);
  const own = Object.entries(SIZES).map(([size, count]) => [`allowlist-${size}`, blocks(random, count)] as const);
  // Each port of the shared load balancer has blocks of its own, and some that the others have as well.
  const common = blocks(random, 12);
  const shared = SHARED_PORTS.map(
    (port, i) => [`shared-${port}`, [...common.slice(4 * i), ...blocks(random, 15)]] as const,
  );
  return Object.fromEntries([...own, ...shared]);
}

/** Who is admitted, and who no longer is once an entry is gone. */
export function allowlistScenario(stage: () => Stage, lists: Allowlists): void {
  const ids = Object.keys(SIZES).map((size) => `allowlist-${size}`);
  const left: Allowlists = { ...lists, ...Object.fromEntries(ids.map((id) => [id, withoutOne(lists[id])])) };

  const expectAsWritten = async (id: string, list: readonly string[]) => {
    const { addresses, port } = stage().doors[id];
    const clients = clientsAround(lists[id]);
    const answers = await knockAll(clients, addresses[SEED % addresses.length], port);
    const wrong = clients.filter((client) => (answers.get(client) === 'admitted') !== isWritten(client, list));
    expect({ seed: SEED, id, wrong }).toEqual({ seed: SEED, id, wrong: [] });
    expect(new Set(answers.values()).size).toBe(2);
  };

  it.each(ids)('%s admits exactly whom its allowlist names', (id) => expectAsWritten(id, lists[id]));

  it('no port of a load balancer admits whom only another port was opened to', async () => {
    const everybody = Object.fromEntries(SHARED_PORTS.map((port) => [port, lists[`shared-${port}`]]));
    const clients = clientsAround(Object.values(everybody).flat());
    const [address] = stage().doors[`shared-${SHARED_PORTS[0]}`].addresses;
    for (const port of SHARED_PORTS) {
      const answers = await knockAll(clients, address, port);
      const wrong = clients.filter(
        (client) => (answers.get(client) === 'admitted') !== isWritten(client, everybody[port]),
      );
      expect({ seed: SEED, port, wrong }).toEqual({ seed: SEED, port, wrong: [] });
      expect(new Set(answers.values()).size).toBe(2);
    }
    // Between two ports that share rules lies none, and beside them nothing is open.
    const [first] = Object.values(everybody);
    expect(await knock(textOf(parse(first[0]).first), address, 7003)).toBe('refused');
  });

  it('an entry that a second apply removes can no longer connect, and everybody else can', async () => {
    await stage().edit(left);
    await stage().plane.refresh();

    for (const id of ids) {
      expect(lists[id].length - left[id].length).toBe(1);
      await expectAsWritten(id, left[id]);
    }
  });
}

/** First and last addresses of every block, their neighbours, and some from anywhere. */
function clientsAround(list: readonly string[]): readonly string[] {
  const random = generator(SEED + list.length);
  const edges = list.map(parse).flatMap(({ first, last }) => [first - 1, first, last, last + 1]);
  const anywhere = Array.from({ length: 100 }, () => 0x14000000 + Math.floor(random() * 0x50000000));
  return [...new Set([...edges, ...anywhere])].map(textOf);
}

function isWritten(client: string, list: readonly string[]): boolean {
  const number = numberOf(client);
  return list.map(parse).some(({ first, last }) => first <= number && number <= last);
}

/** Takes out a block that no other one covers in part. */
function withoutOne(list: readonly string[]): readonly string[] {
  const all = list.map(parse);
  const alone = all.find((one) =>
    all.every((other) => other === one || other.last < one.first || one.last < other.first),
  );
  return list.filter((text) => text !== alone?.text);
}

function blocks(random: () => number, count: number): readonly string[] {
  const found = new Set<string>();
  while (found.size < count) {
    const prefix = 20 + Math.floor(random() * 13);
    const size = 2 ** (32 - prefix);
    // 20.0.0.0 to 99.255.255.255, where nothing is set aside.
    const start = 0x14000000 + Math.floor((random() * 0x50000000) / size) * size;
    found.add(`${textOf(start)}/${prefix}`);
  }
  return [...found];
}

function parse(text: string): Block {
  const [address, prefix] = text.split('/');
  const first = numberOf(address);
  return { text, first, last: first + 2 ** (32 - Number(prefix)) - 1 };
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function textOf(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

/** Mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
