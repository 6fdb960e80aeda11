import fc from 'fast-check';
import { runs } from '../../support/property-runs';
import { type Kind, STEPS, World } from './world';

const KINDS: readonly Kind[] = ['dual-password', 'two-logins'];

/** Repeats what fails, as Terraform's next apply and Secrets Manager do. */
async function untilDone(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (!String(error).includes('STOP')) throw error;
    }
  }
  throw new Error('never done');
}

async function history(world: World, crashes: readonly number[], rotations: number): Promise<void> {
  const left = [...crashes];
  const next = () => {
    world.crashAfter = left.shift();
  };
  const attempt = (work: () => Promise<unknown>) =>
    untilDone(() => {
      next();
      return work();
    });
  await attempt(() => world.create());
  await attempt(() => world.converge());
  for (let i = 0; i < rotations; i += 1) {
    world.secrets.startRotation(`token-${i}`);
    // All four from the first one again, as Secrets Manager does it.
    await attempt(async () => {
      for (const step of STEPS) await world.step(`token-${i}`, step);
    });
    await attempt(() => world.converge());
  }
}

function expectNothingSaid(world: World): void {
  expect(world.passwords.length).toBeGreaterThan(1);
  for (const password of world.passwords) {
    for (const form of [password, encodeURIComponent(password), password.slice(5, 15)]) {
      expect(world.said.filter((said) => said.includes(form))).toEqual([]);
    }
  }
}

test.each(KINDS)(
  '%s: whatever calls the program is stopped after, the end is the same, clients are let in at every moment, and nothing says a password',
  async (kind) => {
    const plain = new World(kind);
    await history(plain, [], 3);

    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(25), { maxLength: 25 }), async (crashes) => {
        const world = new World(kind);

        await history(world, crashes, 3);

        expect(world.state).toEqual(plain.state);
        expect(world.state).toMatchObject({ letsIn: true, sessions: 0 });
        expect(world.lockedOut).toEqual([]);
        expectNothingSaid(world);
      }),
      { numRuns: runs(200) },
    );
  },
);

test.each(KINDS)('%s: a crash after each single call of a rotation, then the four steps again', async (kind) => {
  const plain = new World(kind);
  await history(plain, [], 1);
  for (let after = 0; after < plain.calls.length; after += 1) {
    const world = new World(kind);
    await world.converge();
    world.secrets.startRotation('token');
    world.crashAfter = after;
    await untilDone(async () => {
      for (const step of STEPS) await world.step('token', step);
    });
    expect(world.state).toEqual(plain.state);
    expect(world.lockedOut).toEqual([]);
  }
});

test.each(KINDS)('%s: a rotation that is given up half way locks nobody out, nor does the next one', async (kind) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(STEPS.length - 1), { maxLength: 5 }), async (givenUpAfter) => {
      const world = new World(kind);
      await world.converge();
      for (const [i, done] of givenUpAfter.entries()) {
        world.secrets.startRotation(`given-up-${i}`);
        for (const step of STEPS.slice(0, done)) await world.step(`given-up-${i}`, step);
        world.secrets.giveUp();
      }

      await world.rotate('token');

      expect(world.state).toMatchObject({ letsIn: true, sessions: 0 });
      expect(world.lockedOut).toEqual([]);
    }),
    { numRuns: runs(100) },
  );
});

test.each(KINDS)('%s: two runs of the same rotation and a converge at once', async (kind) => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const world = new World(kind);
      await world.converge();
      await world.rotate('before');
      world.secrets.startRotation('token');
      world.pause = scheduler.scheduleFunction(async () => undefined);
      const four = async () => {
        for (const step of STEPS) await world.step('token', step);
      };
      const all = Promise.allSettled([four(), four(), world.converge()]);
      await scheduler.waitFor(all);

      world.pause = async () => undefined;
      for (const step of STEPS) await world.step('token', step);
      expect(world.state).toMatchObject({ letsIn: true, sessions: 0 });
      expect(world.lockedOut).toEqual([]);
      expectNothingSaid(world);
    }),
    { numRuns: runs(100) },
  );
});

test.each(KINDS)('%s: two first applies at once end with one password that works', async (kind) => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const world = new World(kind);
      world.pause = scheduler.scheduleFunction(async () => undefined);

      const results = Promise.all([world.converge(), world.converge()]);
      await scheduler.waitFor(results);

      expect(world.state).toMatchObject({ letsIn: true, sessions: 0 });
      expect(world.lockedOut).toEqual([]);
    }),
    { numRuns: runs(100) },
  );
});
