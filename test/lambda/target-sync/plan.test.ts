import type { Sighting } from '../../../lambda/target-sync/memory';
import { type Plan, plan, type Resolved } from '../../../lambda/target-sync/plan';
import type { Target } from '../../../lambda/target-sync/target';
import { endpointWith } from './fixtures';

const NOW = 1_000_000;
const seen = (state: Sighting['state'], secondsAgo = 0, displacements = 0): Sighting => ({
  state,
  since: NOW - secondsAgo * 1000,
  doubt: 0,
  heardAt: NOW,
  displacements,
});
const resolved = (sightings: { [address: string]: Sighting }, isComplete = true, ttlSeconds = 5): Resolved => ({
  now: NOW,
  isComplete,
  sightings: new Map(Object.entries(sightings)),
  ttlSeconds,
});
const target = (address: string, state: Target['state'] = 'healthy', more: Partial<Target> = {}): Target => ({
  address,
  port: 5432,
  state,
  ...more,
});
const steps = (list: Plan['register']) => list.map((step) => step.target);
const outline = ({ register, deregister, wait }: Plan) => ({
  register: register.map((step) => step.target.address),
  deregister: deregister.map((step) => step.target.address),
  wait: wait.map((step) => step.target.address),
});
const writer = endpointWith();
const reader = endpointWith({ role: 'reader', graceSeconds: 60 });
const nothing = { register: [], deregister: [], wait: [] };

describe.each([
  ['writer', writer],
  ['reader', reader],
])('for a %s', (_, policy) => {
  test('what is in place stays as it is', () => {
    expect(outline(plan([target('10.0.0.1')], resolved({ '10.0.0.1': seen('answered') }), policy))).toEqual(nothing);
  });

  test('new addresses are registered before anything is removed', () => {
    const now = plan(
      [target('10.0.0.1')],
      resolved({ '10.0.0.1': seen('gone'), '10.0.0.2': seen('answered') }),
      policy,
    );

    expect(outline(now)).toEqual({ ...nothing, register: ['10.0.0.2'] });
  });

  test('without any usable answer nothing is removed', () => {
    expect(outline(plan([target('10.0.0.1')], resolved({ '10.0.0.1': seen('gone', 900) }), policy))).toEqual(nothing);
  });

  test('while a name has not answered, new addresses are registered and none is removed', () => {
    const sightings = { '10.0.0.1': seen('gone', 900), '10.0.0.2': seen('answered') };

    expect(outline(plan([target('10.0.0.1')], resolved(sightings, false), policy)).register).toEqual(['10.0.0.2']);
    expect(outline(plan([target('10.0.0.1'), target('10.0.0.2')], resolved(sightings, false), policy))).toEqual(
      nothing,
    );
  });

  test('an address is registered only while an answer that named it can still be true', () => {
    const at = (secondsAgo: number) =>
      plan(
        [target('10.0.0.9')],
        resolved({ '10.0.0.1': { ...seen('answered', 60), heardAt: NOW - secondsAgo * 1000 } }),
        policy,
      );

    expect(outline(at(6)).register).toEqual(['10.0.0.1']);
    expect(outline(at(7))).toEqual(nothing);
  });

  test('an address that is draining is as good as none', () => {
    const now = plan([target('10.0.0.1', 'draining')], resolved({ '10.0.0.1': seen('answered') }), policy);

    expect(outline(now).register).toEqual(['10.0.0.1']);
  });

  test('what is draining already is not removed once more', () => {
    const observed = [target('10.0.0.1', 'draining'), target('10.0.0.2')];

    expect(
      outline(plan(observed, resolved({ '10.0.0.1': seen('gone'), '10.0.0.2': seen('answered') }), policy)),
    ).toEqual(nothing);
  });

  test('a target that nothing is known of is left alone', () => {
    expect(
      outline(plan([target('10.0.0.1'), target('10.0.0.9')], resolved({ '10.0.0.1': seen('answered') }), policy)),
    ).toEqual(nothing);
  });

  test('every registration carries the port', () => {
    expect(steps(plan([], resolved({ '10.0.0.1': seen('answered') }), policy).register)).toEqual([
      { address: '10.0.0.1', port: 5432 },
    ]);
  });

  test('an address outside of the VPC is registered for all zones', () => {
    expect(steps(plan([], resolved({ '10.9.0.1': seen('answered') }), policy).register)).toEqual([
      { address: '10.9.0.1', port: 5432, zone: 'all' },
    ]);
  });

  test('the right address on another port is replaced: registered anew, then removed with its own port and zone', () => {
    const wrong = target('10.0.0.1', 'healthy', { port: 6432, zone: 'us-east-1a' });
    const now = resolved({ '10.0.0.1': seen('answered') });

    expect(steps(plan([wrong], now, policy).register)).toEqual([{ address: '10.0.0.1', port: 5432 }]);
    expect(steps(plan([wrong, target('10.0.0.1')], now, policy).deregister)).toEqual([
      { address: '10.0.0.1', port: 6432, zone: 'us-east-1a' },
    ]);
  });

  test('more addresses than the quota allows is refused, and nothing is done', () => {
    const observed = [target('10.0.0.9')];
    const many = resolved({ '10.0.0.1': seen('answered'), '10.0.0.2': seen('answered'), '10.0.0.9': seen('gone') });

    const refused = plan(observed, many, { ...policy, quota: 1 });

    expect(refused).toEqual({ ...nothing, refusal: 'the names resolve to 2 addresses, but the quota is 1' });
    expect(plan(observed, many, { ...policy, quota: 2 }).refusal).toBeUndefined();
  });

  test('every step says why and since when', () => {
    const { register } = plan([], resolved({ '10.0.0.1': seen('answered', 7) }), policy);
    const { deregister } = plan(
      [target('10.0.0.1'), target('10.0.0.2')],
      resolved({ '10.0.0.1': seen('answered'), '10.0.0.2': seen('gone', 3) }),
      policy,
    );

    expect(register).toMatchObject([{ because: 'the names resolve to it', since: NOW - 7000 }]);
    expect(deregister).toMatchObject([{ because: 'the names no longer resolve to it', since: NOW - 3000 }]);
  });
});

describe('for a writer', () => {
  test('the old address goes as soon as the new one is registered, healthy or not', () => {
    const observed = [target('10.0.0.1'), target('10.0.0.2', 'other')];

    const now = plan(observed, resolved({ '10.0.0.1': seen('gone'), '10.0.0.2': seen('answered') }), writer);

    expect(outline(now)).toEqual({ ...nothing, deregister: ['10.0.0.1'] });
  });

  test.each([
    ['the first time, for the TTL and a second', 1, 6],
    ['the second time, twice as long', 2, 12],
    ['the tenth time, for no more than two minutes', 10, 120],
  ])(
    'an address that was displaced a moment ago comes back only when the answers insist: %s',
    (_, displacements, seconds) => {
      const at = (secondsAgo: number) =>
        plan(
          [target('10.0.0.1')],
          resolved({ '10.0.0.1': seen('gone', secondsAgo), '10.0.0.2': seen('answered', secondsAgo, displacements) }),
          writer,
        );

      expect(outline(at(seconds - 1))).toEqual({ ...nothing, wait: ['10.0.0.2'] });
      expect(at(seconds - 1).wait[0].until).toBe(NOW + 1000);
      expect(outline(at(seconds))).toEqual({ ...nothing, register: ['10.0.0.2'] });
    },
  );

  test('an address that another run displaced a moment ago is still draining, and has to wait too', () => {
    const observed = [target('10.0.0.1', 'draining'), target('10.0.0.2')];
    const at = (secondsAgo: number) =>
      outline(plan(observed, resolved({ '10.0.0.1': seen('answered', secondsAgo), '10.0.0.2': seen('gone') }), writer));

    expect(at(5)).toEqual({ ...nothing, wait: ['10.0.0.1'] });
    expect(at(6)).toEqual({ ...nothing, register: ['10.0.0.1'] });
  });

  test('an address that the answers returned to does not drive out the other one before they insist on it', () => {
    const observed = [target('10.0.0.1'), target('10.0.0.2')];
    const at = (secondsAgo: number) =>
      outline(
        plan(observed, resolved({ '10.0.0.1': seen('answered', secondsAgo, 1), '10.0.0.2': seen('gone') }), writer),
      );

    expect(at(5)).toEqual({ ...nothing, wait: ['10.0.0.1'] });
    expect(at(6)).toEqual({ ...nothing, deregister: ['10.0.0.2'] });
  });

  test('a target that another run has just registered is not removed before the answers insist', () => {
    const observed = [target('10.0.0.1'), target('10.0.0.2', 'initial')];
    const at = (secondsAgo: number, heardAt?: number) =>
      outline(
        plan(
          observed,
          resolved({ '10.0.0.1': seen('answered'), '10.0.0.2': { ...seen('gone', secondsAgo), heardAt } }),
          writer,
        ),
      );

    expect(at(5)).toEqual({ ...nothing, wait: ['10.0.0.2'] });
    expect(at(6)).toEqual({ ...nothing, deregister: ['10.0.0.2'] });
    expect(at(5, NOW - 7000)).toEqual({ ...nothing, wait: ['10.0.0.2'] });
    expect(at(0, NOW - 5000)).toEqual({ ...nothing, deregister: ['10.0.0.2'] });
  });

  test('what a cache has left of a TTL does not shorten the wait below the five seconds of RDS', () => {
    const now = resolved({ '10.0.0.1': seen('gone', 3), '10.0.0.2': seen('answered', 3, 1) }, true, 1);

    expect(plan([target('10.0.0.1')], now, writer).wait[0].until).toBe(NOW + 3000);
  });

  test('nothing waits where the group is empty', () => {
    const now = plan([target('10.0.0.1', 'draining')], resolved({ '10.0.0.1': seen('answered', 0, 3) }), writer);

    expect(outline(now).register).toEqual(['10.0.0.1']);
  });
});

describe('for a reader', () => {
  test('an old address goes when the others are healthy', () => {
    const sightings = resolved({ '10.0.0.1': seen('gone', 5), '10.0.0.2': seen('answered') });

    const before = plan([target('10.0.0.1'), target('10.0.0.2', 'other')], sightings, reader);
    expect(outline(before)).toEqual({ ...nothing, wait: ['10.0.0.1'] });
    expect(before.wait[0].until).toBe(NOW + 55_000);
    expect(outline(plan([target('10.0.0.1'), target('10.0.0.2')], sightings, reader)).deregister).toEqual(['10.0.0.1']);
  });

  test('an address that is healthy on another port is not healthy', () => {
    const observed = [target('10.0.0.1'), target('10.0.0.2', 'other'), target('10.0.0.2', 'healthy', { port: 6432 })];

    const now = plan(observed, resolved({ '10.0.0.1': seen('gone', 5), '10.0.0.2': seen('answered') }), reader);

    expect(now.deregister).toEqual([]);
  });

  test('an old address goes after the grace time, whatever the health of the others', () => {
    const sightings = resolved({ '10.0.0.1': seen('gone', 60), '10.0.0.2': seen('answered') });

    expect(outline(plan([target('10.0.0.1'), target('10.0.0.2', 'other')], sightings, reader)).deregister).toEqual([
      '10.0.0.1',
    ]);
  });

  test('a registered address that may only not have had its turn yet stays', () => {
    const sightings = resolved({ '10.0.0.1': seen('unproven', 900), '10.0.0.2': seen('answered') });

    expect(outline(plan([target('10.0.0.1'), target('10.0.0.2')], sightings, reader))).toEqual(nothing);
  });

  test('an address that comes back is registered at once', () => {
    const sightings = resolved({ '10.0.0.1': seen('answered', 0, 4), '10.0.0.2': seen('answered') });

    expect(outline(plan([target('10.0.0.1', 'draining'), target('10.0.0.2')], sightings, reader)).register).toEqual([
      '10.0.0.1',
    ]);
  });
});
