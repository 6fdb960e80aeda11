import type { Target } from './connection/connection';
import { dial, findAddresses, type Resolver } from './connection/dial';
import type { Observation } from './observation';
import type { Endpoint } from './probe/endpoint';
import { onConnection, onEnding } from './probe/endpoint';
import { lookAtIdle, lookAtIdleSsh } from './probe/idle';
import { lookAtOldTls } from './probe/old-tls';
import { lookAtPlaintext } from './probe/plaintext';
import { lookAtTls } from './probe/tls';
import { lookForWayIn } from './probe/way-in';
import { protocolOf } from './protocol/protocols';
import { parseSshBanner } from './protocol/ssh-banner';
import type { CheckRequest } from './request';

/** What the outside world hands in. */
export interface Surroundings {
  readonly resolve: Resolver;
  readonly now: () => Date;
}

/** Observes an endpoint in every way, each on a separate connection. */
export async function observe(request: CheckRequest, { resolve, now }: Surroundings): Promise<Observation> {
  const { host, port, serverName, engine } = request;
  const timeoutMs = request.timeoutSeconds * 1000;
  const found = await findAddresses(host, resolve, timeoutMs);
  const targets = found.addresses.map((address) => ({ address, port, timeoutMs }));
  const seen = { request, now: now(), nameError: found.nameError };
  if (request.expect === 'blocked') {
    const protocol = protocolOf(engine);
    return {
      ...seen,
      addresses: [],
      waysIn: await Promise.all(targets.map((to) => lookForWayIn(to, protocol, serverName))),
    };
  }
  const addresses = await Promise.all(targets.map(dial));
  const target = targets.find((_, index) => !addresses[index].failure);
  return { ...seen, addresses, ...(target ? await observeOpen(request, target) : {}) };
}

function observeOpen(request: CheckRequest, target: Target): Promise<Partial<Observation>> {
  const { engine, serverName, authorities } = request;
  const protocol = protocolOf(engine);
  if (protocol) return observeTls({ target, protocol, serverName, authorities: authorities?.pem }, request);
  return engine._dialect === 'sftp' ? observeSsh(target, request) : Promise.resolve({});
}

async function observeTls(endpoint: Endpoint, { idleSeconds }: CheckRequest): Promise<Partial<Observation>> {
  const [tls, plaintext, oldTls] = await Promise.all([
    lookAtTls(endpoint),
    lookAtPlaintext(endpoint),
    lookAtOldTls(endpoint),
  ]);
  // Whoever is not served has no idle connection to hold.
  const isServed = tls.opened && !['demanded', 'hangs-up'].includes(tls.clientCertificate.verdict);
  if (idleSeconds === undefined || !tls.opened || !isServed) return { tls, plaintext, oldTls };
  return { tls, plaintext, oldTls, hold: await lookAtIdle(endpoint, tls.lenient, idleSeconds) };
}

async function observeSsh(target: Target, { idleSeconds }: CheckRequest): Promise<Partial<Observation>> {
  const ssh = await onConnection(target, (connection) => connection.wire().read(parseSshBanner)).catch(
    onEnding((error) => error),
  );
  if (idleSeconds === undefined || ssh instanceof Error) return { ssh };
  return { ssh, hold: await lookAtIdleSsh(target, idleSeconds) };
}
