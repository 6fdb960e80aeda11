import { DatabaseEngine } from '../../lib/engine/database-engine';
import { UsageError } from '../usage-error';
import { parseAddress } from './address';
import { readAuthorities } from './authorities';
import type { CheckRequest } from './request';

/** The options as they were written. */
export interface CheckOptions {
  readonly engine: string;
  readonly ca?: string;
  readonly servername?: string;
  readonly idle?: string;
  readonly expect?: string;
  readonly timeout: string;
}

/** What the command line asks for. Throws a `UsageError` where that makes no sense. */
export function requestOf(address: string, options: CheckOptions): CheckRequest {
  const engine = engineOf(options.engine);
  const { host, port = engine.tlsPort } = parseAddress(address);
  if (options.expect !== undefined && options.expect !== 'blocked') {
    throw new UsageError(`--expect '${options.expect}' means nothing. Write --expect blocked, or leave it out.`);
  }
  if (options.expect && options.idle !== undefined) {
    throw new UsageError('--idle holds a connection that --expect blocked must not get. Leave one of them out.');
  }
  if (options.servername === '') throw new UsageError('--servername is empty. Write the name, or leave it out.');
  return {
    host,
    port,
    engine,
    serverName: options.servername ?? host,
    authorities: options.ca === undefined ? undefined : readAuthorities(options.ca),
    idleSeconds: options.idle === undefined ? undefined : secondsOf('--idle', options.idle, 86_400),
    timeoutSeconds: secondsOf('--timeout', options.timeout, 600),
    expect: options.expect ? 'blocked' : 'open',
  };
}

/** The names that `--engine` knows. */
export function engineNames(): readonly string[] {
  return DatabaseEngine.all().map(({ name }) => name);
}

function engineOf(name: string): DatabaseEngine {
  const engine = DatabaseEngine.all().find((candidate) => candidate.name === name.toLowerCase());
  if (!engine) throw new UsageError(`'${name}' is not an engine. The engines are ${engineNames().join(', ')}.`);
  return engine;
}

function secondsOf(option: string, text: string, most: number): number {
  const seconds = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || seconds <= 0 || seconds > most) {
    throw new UsageError(`${option} '${text}' is not a number of seconds. Write one up to ${most}.`);
  }
  return seconds;
}
