import type { Answer } from './answer';
import type { Health } from './health';

/** What is known of one address, only from answers. */
export interface Sighting {
  /**
   * `answered`: the names resolve to it. `gone`: they no longer do. `unproven`: it is registered, no answer has named
   * it yet, and too few have been heard to say that it is gone.
   */
  readonly state: 'answered' | 'unproven' | 'gone';
  /** When it came to be so, in ms. */
  readonly since: number;
  /** How improbable its absence from the answers has become: minus the logarithm of its probability. */
  readonly doubt: number;
  /** When the answers began to leave it out, in ms; undefined while they name it. */
  readonly leftAt?: number;
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
  /** Whether every name had a usable answer at the last look: otherwise it is unknown what is superfluous. */
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
  /** Registered addresses that were seen a moment ago to fail their health checks. */
  readonly failing?: readonly string[];
  /** How long answers must have left a reader out until it is gone. */
  readonly absentMs?: number;
}

/**
 * One in ten million: then rotation no longer explains an absence. A reader that is still there, and healthy, is taken
 * out once in a year and a half at one answer in five seconds, and comes back with the next answer that names it.
 */
const GONE = Math.log(1e7);

/** How long a displaced address is remembered. */
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
    const after = named.has(address) ? answered(before, look.now) : absent(address, before, look, evidence);
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

/**
 * A reader is gone by time: when it has been left out for long, and either fails its health checks, so that it serves
 * nobody anyway, or rotation does not explain it. A writer is gone at once.
 */
function absent(address: string, before: Sighting | undefined, look: Look, evidence: number): Sighting {
  const { now, role, failing = [], absentMs = 0 } = look;
  const last = before ?? { state: 'unproven', since: now, doubt: 0, displacements: 0 };
  if (last.state === 'gone') return last;
  const doubt = last.doubt + evidence;
  const leftAt = last.leftAt ?? (evidence > 0 ? now : undefined);
  const isLong = role === 'writer' || (leftAt !== undefined && now - leftAt >= absentMs);
  const isExplained = doubt < GONE && !(doubt > 0 && failing.includes(address));
  if (!isLong || isExplained) return { ...last, doubt, leftAt };
  return { ...last, state: 'gone', since: now, doubt, leftAt, displacements: last.displacements + 1 };
}
