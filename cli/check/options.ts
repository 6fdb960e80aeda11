import { DatabaseEngine } from '../../lib/engine/database-engine';
import { suggestion } from '../suggestion';
import { UsageError } from '../usage-error';
import { parseAddress } from './address';
import { readAuthorities } from './authorities';
import type { CheckRequest } from './request';
import { type StackRequests, stackRequests } from './stack/stack-requests';

/** The options as they were written. */
export interface CheckOptions {
  readonly engine?: string;
  readonly from?: string;
  readonly state?: readonly string[];
  readonly caFolder?: string;
  readonly ca?: string;
  readonly servername?: string;
  readonly idle?: string;
  readonly expect?: string;
  readonly timeout: string;
}

/** What the command line asks for. Throws a `UsageError` where it is invalid. */
export function requestsOf(address: string | undefined, options: CheckOptions): StackRequests {
  return options.from === undefined
    ? { requests: [requestOf(address, options)], missing: [] }
    : stackRequestsOf(address, options.from, options);
}

/** The checks of what was synthesized. */
function stackRequestsOf(address: string | undefined, from: string, options: CheckOptions): StackRequests {
  const { engine, servername, ca, state = [], caFolder = '.' } = options;
  for (const [what, value] of Object.entries({ HOST: address, '--engine': engine, '--servername': servername })) {
    if (value !== undefined) throw new UsageError(`--from determines what to check. Leave ${what} out.`);
  }
  return stackRequests({
    ...commonOf(options),
    from,
    state,
    caFolder,
    authorities: ca ? readAuthorities(ca) : undefined,
  });
}

/** One check. */
export function requestOf(address: string | undefined, options: CheckOptions): CheckRequest {
  if (address === undefined)
    throw new UsageError('Write HOST[:PORT], or --from FOLDER to check all synthesized endpoints.');
  if (options.engine === undefined) throw new UsageError('Write --engine NAME: it determines the protocol.');
  for (const [what, value] of Object.entries({ '--state': options.state, '--ca-folder': options.caFolder })) {
    if (value !== undefined) throw new UsageError(`${what} belongs to --from FOLDER. Leave it out.`);
  }
  const engine = engineOf(options.engine);
  const { host, port = engine.tlsPort } = parseAddress(address);
  if (options.servername === '') throw new UsageError('--servername is empty. Write the name, or leave it out.');
  return {
    ...commonOf(options),
    host,
    port,
    engine,
    serverName: options.servername ?? host,
    authorities: options.ca === undefined ? undefined : readAuthorities(options.ca),
  };
}

function commonOf(options: CheckOptions): Pick<CheckRequest, 'idleSeconds' | 'timeoutSeconds' | 'expect'> {
  if (options.expect !== undefined && options.expect !== 'blocked') {
    throw new UsageError(`--expect '${options.expect}' is not supported. Write --expect blocked, or leave it out.`);
  }
  if (options.expect && options.idle !== undefined) {
    throw new UsageError('--idle needs a connection, which --expect blocked must not get. Leave one of them out.');
  }
  return {
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
  if (engine) return engine;
  const meant = ALIASES.get(name.toLowerCase()) ?? suggestion(name, engineNames());
  const guess = meant === undefined ? '' : ` Did you mean ${meant}?`;
  throw new UsageError(`'${name}' is not an engine.${guess} The engines are ${engineNames().join(', ')}.`);
}

/** What people call them. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pg: 'postgresql',
    psql: 'postgresql',
    pgsql: 'postgresql',
    aurora: 'aurora-postgresql or aurora-mysql',
    rds: 'postgresql, mysql or mariadb',
    mssql: 'sqlserver',
    'sql-server': 'sqlserver',
    elasticache: 'redis, valkey or memcached',
    elastic: 'elasticsearch',
    amqp: 'rabbitmq',
    keyspaces: 'cassandra',
    scylladb: 'cassandra',
    ssh: 'sftp',
  }),
);

function secondsOf(option: string, text: string, most: number): number {
  const seconds = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || seconds <= 0 || seconds > most) {
    throw new UsageError(`${option} '${text}' is not a number of seconds. Write one up to ${most}.`);
  }
  return seconds;
}
