import type { Answer } from '../../../lambda/target-sync/answer';
import { type Look, learn, type Memory, NOTHING } from '../../../lambda/target-sync/memory';
import { answering, EMPTY, NAME, NXDOMAIN } from './fixtures';

const look = (
  role: Look['role'],
  now: number,
  addresses: readonly string[],
  registered: readonly string[] = [],
): Look => ({
  now,
  role,
  names: [NAME],
  answers: new Map([[NAME, answering(addresses, 1)]]),
  registered,
});
const states = ({ sightings }: Memory) =>
  Object.fromEntries([...sightings].map(([address, { state }]) => [address, state]));
const learnAll = (looks: readonly Look[]) => looks.reduce(learn, NOTHING);

describe('of a writer', () => {
  test('an address that an answer leaves out is gone at once, even one that was registered before this process began', () => {
    const memory = learnAll([look('writer', 0, ['10.0.0.2'], ['10.0.0.1'])]);

    expect(states(memory)).toEqual({ '10.0.0.1': 'gone', '10.0.0.2': 'answered' });
  });

  test('an address is known since the answers began to insist on it, and how often it went away', () => {
    const memory = learnAll([
      look('writer', 0, ['10.0.0.1']),
      look('writer', 10, ['10.0.0.2']),
      look('writer', 20, ['10.0.0.1']),
      look('writer', 30, ['10.0.0.1']),
    ]);

    expect(memory.sightings.get('10.0.0.1')).toEqual({
      state: 'answered',
      since: 20,
      doubt: 0,
      heardAt: 30,
      displacements: 1,
    });
    expect(memory.sightings.get('10.0.0.2')).toMatchObject({ state: 'gone', since: 20, displacements: 1 });
  });
});

describe('of a reader', () => {
  test('addresses that are named in turn are all in the answers', () => {
    const memory = learnAll(Array.from({ length: 300 }, (_, i) => look('reader', i * 1000, [`10.0.0.${i % 15}`])));

    expect(Object.values(states(memory))).toEqual(Array(15).fill('answered'));
  });

  test('one of two is gone after two dozen answers without it', () => {
    const both = [look('reader', 0, ['10.0.0.1']), look('reader', 1000, ['10.0.0.2'])];
    const without = Array.from({ length: 24 }, (_, i) => look('reader', 2000 + i * 1000, ['10.0.0.1']));

    expect(states(learnAll([...both, ...without.slice(0, 23)]))).toEqual({
      '10.0.0.1': 'answered',
      '10.0.0.2': 'answered',
    });
    expect(states(learnAll([...both, ...without]))).toEqual({ '10.0.0.1': 'answered', '10.0.0.2': 'gone' });
  });

  const absence = (seconds: number, more: Partial<Look>, readers = 2) => {
    const all = Array.from({ length: readers }, (_, i) => `10.0.0.${i + 1}`);
    const begin = all.map((address, i) => look('reader', (i - readers) * 5000, [address]));
    const others = all.slice(1);
    const without = Array.from({ length: seconds / 5 + 1 }, (_, i) => ({
      ...look('reader', i * 5000, [others[i % others.length]]),
      absentMs: 120_000,
      ...more,
    }));
    return states(learnAll([...begin, ...without]))['10.0.0.1'];
  };

  test.each([
    [2, 120],
    [3, 195],
    [5, 360],
    [10, 760],
    [15, 1165],
  ])('one of %s that is healthy is gone after %s seconds without it, at a TTL of five seconds', (readers, seconds) => {
    expect(absence(seconds - 5, {}, readers)).toBe('answered');
    expect(absence(seconds, {}, readers)).toBe('gone');
  });

  test.each([2, 5, 15])('one of %s that fails its health checks is gone after two minutes without it', (readers) => {
    expect(absence(115, { failing: ['10.0.0.1'] }, readers)).toBe('answered');
    expect(absence(120, { failing: ['10.0.0.1'] }, readers)).toBe('gone');
    expect(absence(120, { failing: ['10.0.0.2'] }, 5)).toBe('answered');
  });

  test('the time is that of the endpoint, and begins anew with each answer that names it', () => {
    expect(absence(10, { failing: ['10.0.0.1'], absentMs: 10_000 }, 15)).toBe('gone');
    const named = look('reader', 60_000, ['10.0.0.1']);
    const left = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => ({
        ...look('reader', from + i * 5000, ['10.0.0.2']),
        failing: ['10.0.0.1'],
        absentMs: 60_000,
      }));

    expect(states(learnAll([look('reader', 0, ['10.0.0.1']), ...left(5000, 11), named, ...left(65_000, 12)]))).toEqual({
      '10.0.0.1': 'answered',
      '10.0.0.2': 'answered',
    });
  });

  test('one that fails its health checks stays where no answer says anything against it', () => {
    const cached = Array.from({ length: 100 }, (_, i) => ({
      ...look('reader', 1 + i, ['10.0.0.2'], ['10.0.0.1']),
      failing: ['10.0.0.1'],
    }));

    expect(states(learnAll([look('reader', 0, ['10.0.0.1', '10.0.0.2']), ...cached]))['10.0.0.1']).toBe('answered');
  });

  test('the more of the others an answer names, the more it says', () => {
    const names = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'];
    const without = Array.from({ length: 15 }, (_, i) => look('reader', 1000 + i * 1000, names.slice(1)));

    expect(states(learnAll([look('reader', 0, names), ...without]))['10.0.0.1']).toBe('gone');
  });

  test('an answer that a cache repeats says nothing', () => {
    const without = Array.from({ length: 900 }, (_, i) => look('reader', 1001 + i, ['10.0.0.1']));

    const memory = learnAll([look('reader', 0, ['10.0.0.2']), look('reader', 1000, ['10.0.0.1']), ...without]);

    expect(states(memory)['10.0.0.2']).toBe('answered');
  });

  test('while one name fails, the answers of another say nothing against an address', () => {
    const both = (now: number, second: Answer): Look => ({
      ...look('reader', now, ['10.0.0.1'], ['10.0.0.9']),
      names: [NAME, 'second'],
      answers: new Map([
        [NAME, answering(['10.0.0.1'], 1)],
        ['second', second],
      ]),
    });
    const failing = Array.from({ length: 60 }, (_, i) => both((i + 1) * 1000, NXDOMAIN));

    expect(states(learnAll([both(0, answering(['10.0.0.2'], 1)), ...failing]))['10.0.0.9']).toBe('unproven');
  });

  test('a registered address that no answer has named is spared until its absence says something', () => {
    const at = (i: number) => look('reader', i * 1000, ['10.0.0.1'], ['10.0.0.9']);

    expect(states(learnAll([at(0)]))['10.0.0.9']).toBe('unproven');
    expect(states(learnAll(Array.from({ length: 31 }, (_, i) => at(i))))['10.0.0.9']).toBe('gone');
  });

  test('one that is gone does not protect the others from doubt', () => {
    const until = (count: number, from: number, addresses: string[]) =>
      Array.from({ length: count }, (_, i) =>
        look('reader', (from + i) * 1000, addresses, ['10.0.0.1', '10.0.0.2', '10.0.0.3']),
      );

    const memory = learnAll([
      ...until(1, 0, ['10.0.0.2']),
      ...until(60, 1, ['10.0.0.1']),
      ...until(1, 61, ['10.0.0.3']),
    ]);

    expect(states(memory)).toEqual({ '10.0.0.1': 'answered', '10.0.0.2': 'gone', '10.0.0.3': 'answered' });
    const later = until(30, 62, ['10.0.0.3']).reduce(learn, memory);
    expect(states(later)['10.0.0.1']).toBe('gone');
  });
});

describe.each(['writer', 'reader'] as const)('of a %s', (role) => {
  test.each([EMPTY, NXDOMAIN])('a bad answer changes nothing: $kind', (bad) => {
    const before = learnAll([look(role, 0, ['10.0.0.1'], ['10.0.0.1'])]);

    const after = learn(before, { ...look(role, 60_000, [], ['10.0.0.1']), answers: new Map([[NAME, bad]]) });

    expect(after).toEqual({ ...before, isComplete: false });
  });

  test.each([EMPTY, NXDOMAIN])(
    'a bad answer says nothing against an address that somebody registered: $kind',
    (bad) => {
      const before = learnAll([look(role, 0, ['10.0.0.1'])]);

      const after = learn(before, { ...look(role, 60_000, [], ['10.0.0.9']), answers: new Map([[NAME, bad]]) });

      expect(states(after)['10.0.0.9']).toBe('unproven');
    },
  );

  test('of a name that fails the last answer stands', () => {
    const two = (now: number, second: Answer): Look => ({
      ...look(role, now, ['10.0.0.1']),
      names: [NAME, 'second'],
      answers: new Map([
        [NAME, answering(['10.0.0.1'], 1)],
        ['second', second],
      ]),
    });

    const memory = learnAll([
      two(0, answering(['10.0.0.2'], 1)),
      ...Array.from({ length: 60 }, (_, i) => two((i + 1) * 1000, NXDOMAIN)),
    ]);

    expect(states(memory)).toEqual({ '10.0.0.1': 'answered', '10.0.0.2': 'answered' });
  });

  test('nothing is gone before every name has answered', () => {
    const half = (now: number): Look => ({ ...look(role, now, ['10.0.0.1'], ['10.0.0.9']), names: [NAME, 'second'] });

    const memory = learnAll(Array.from({ length: 60 }, (_, i) => half(i * 1000)));

    expect(states(memory)['10.0.0.9']).toBe('unproven');
    expect(memory.isComplete).toBe(false);
    expect(learn(memory, look(role, 70_000, ['10.0.0.1'])).isComplete).toBe(true);
  });
});

test('what went away ten minutes ago is forgotten, unless it is still registered', () => {
  const gone = learnAll([look('writer', 0, ['10.0.0.1']), look('writer', 1, ['10.0.0.2'])]);

  expect(states(learn(gone, look('writer', 700_000, ['10.0.0.2'])))).toEqual({ '10.0.0.2': 'answered' });
  expect(states(learn(gone, look('writer', 700_000, ['10.0.0.2'], ['10.0.0.1'])))).toHaveProperty(['10.0.0.1'], 'gone');
});

test('the longest TTL is remembered, and until when an answer may be a repetition', () => {
  const first = learn(NOTHING, { ...look('writer', 1000, []), answers: new Map([[NAME, answering(['10.0.0.1'], 5)]]) });
  const early = learn(first, { ...look('writer', 3000, []), answers: new Map([[NAME, answering(['10.0.0.1'], 3)]]) });
  const later = learn(early, { ...look('writer', 6000, []), answers: new Map([[NAME, answering(['10.0.0.1'], 4)]]) });

  expect([first, early, later].map(({ ttlSeconds, repeatedUntil }) => [ttlSeconds, repeatedUntil])).toEqual([
    [5, 6000],
    [5, 6000],
    [5, 10_000],
  ]);
});
