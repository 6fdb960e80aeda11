import type { Answer } from './answer';
import type { Health } from './health';

/** What is known of one address, from answers alone. */
export interface Sighting {
  /**
   * `answered`: the names stand for it. `gone`: they do not any more. `unproven`: it is registered, no answer has
   * named it yet, and too few have been heard to say that it is gone.
   */
  readonly state: 'answered' | 'unproven' | 'gone';
  /** When it came to be so, in ms. */
  readonly since: number;
  /** How improbable its absence from the answers has become: minus the logarithm of its probability. */
  readonly doubt: number;
  /** When an answer last named it, in ms; undefined if this process has heard none. */
  readonly heardAt?: number;
  /** How often it has gone lately. */
  readonly displacements: number;
}

/**
 * What one process has learned of one endpoint's names. A new process begins with nothing, which makes it slower to
 * remove and never faster.
 */
export interface Memory {
  /** Whether every name had a usable answer at the last look: otherwise nobody knows what is superfluous. */
  readonly isComplete: boolean;
  readonly sightings: ReadonlyMap<string, Sighting>;
  /** The longest TTL heard: for as long, a cache may repeat an answer that is no longer true. */
  readonly ttlSeconds: number;
  /** Until then, an answer may be the last one repeated. */
  readonly repeatedUntil: number;
  /** What was seen of the targets' health. */
  readonly health?: Health;
}

export const NOTHING: Memory = { isComplete: false, sightings: new Map(), ttlSeconds: 0, repeatedUntil: 0 };

/** One look at every name, and at what is registered. */
export interface Look {
  readonly now: number;
  readonly role: 'writer' | 'reader';
  readonly names: readonly string[];
  /** What the names answered this time. */
  readonly answers: ReadonlyMap<string, Answer>;
  readonly registered: readonly string[];
}

/**
 * One in a thousand million: then rotation does not explain an absence any more. With two readers that takes 30
 * answers, with fifteen 300. At one answer a second, a reader that is still there is taken out once in thirty years.
 */
const GONE = Math.log(1e9);

/** For how long it is remembered that an address was displaced. */
const REMEMBERED_MS = 600_000;

/** Adds a look to what is remembered. */
export function learn(memory: Memory, look: Look): Memory {
  const heard = [...look.answers.values()].flatMap((answer) => (answer.kind === 'addresses' ? [answer] : []));
  const isComplete = heard.length === look.names.length;
  const named = new Set(heard.flatMap(({ addresses }) => addresses));
  const evidence = isComplete ? evidenceOfAbsence(memory, look, named) : 0;

  const sightings = new Map<string, Sighting>();
  for (const address of new Set([...memory.sightings.keys(), ...look.registered, ...named])) {
    const before = memory.sightings.get(address);
    const after = named.has(address) ? answered(before, look.now) : absent(before, look.now, evidence);
    const isOld = after.state === 'gone' && look.now - after.since > REMEMBERED_MS;
    if (!isOld || look.registered.includes(address)) sightings.set(address, after);
  }
  const ttls = heard.map(({ ttlSeconds }) => ttlSeconds);
  const isNews = isComplete && look.now >= memory.repeatedUntil;
  return {
    ...memory,
    isComplete,
    sightings,
    ttlSeconds: Math.max(memory.ttlSeconds, ...ttls),
    repeatedUntil: isNews ? look.now + Math.max(...ttls) * 1000 : memory.repeatedUntil,
  };
}

/**
 * What one answer of all names says against an address that it leaves out. A writer's answer is complete, so it says
 * everything. One that names `m` of `n` readers leaves a given one out with probability 1 - m/n, where rotation is
 * fair; an answer that a cache repeats says nothing new.
 */
function evidenceOfAbsence({ sightings, repeatedUntil }: Memory, look: Look, named: ReadonlySet<string>): number {
  if (look.role === 'writer') return Number.POSITIVE_INFINITY;
  if (look.now < repeatedUntil) return 0;
  const known = new Set([...sightings.keys(), ...look.registered, ...named]);
  const inRotation = [...known].filter((address) => named.has(address) || sightings.get(address)?.state !== 'gone');
  return inRotation.length === named.size ? 0 : -Math.log(1 - named.size / inRotation.length);
}

function answered(before: Sighting | undefined, now: number): Sighting {
  const { since, displacements } = { since: now, displacements: 0, ...before };
  return {
    state: 'answered',
    since: before?.state === 'answered' ? since : now,
    doubt: 0,
    heardAt: now,
    displacements,
  };
}

function absent(before: Sighting | undefined, now: number, evidence: number): Sighting {
  const last = before ?? { state: 'unproven', since: now, doubt: 0, displacements: 0 };
  const doubt = last.doubt + evidence;
  if (last.state === 'gone' || doubt < GONE) return { ...last, doubt };
  return { ...last, state: 'gone', since: now, doubt, displacements: last.displacements + 1 };
}
