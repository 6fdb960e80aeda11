import { DatabaseEngine } from '../../../lib/engine/database-engine';
import { TlsHandshake } from '../../../lib/engine/tls-handshake';
import { isHost, portOf } from '../../stack/host-name';
import { type JsonObject, objectOf } from '../../stack/json-file';

/**
 * A check that synthesis wrote down. Whoever can write the file decides what is checked, and nothing else: every value is
 * known here to be one that the library could have written.
 */
export interface WrittenCheck {
  /** Name of the stack, which is the folder that the file is in. */
  readonly stack: string;
  /** Path of the endpoint. */
  readonly endpoint: string;
  readonly engine: string;
  readonly handshake: TlsHandshake;
  readonly host: string | Expression;
  readonly port: number | Expression;
  /** Absent where it is the host. */
  readonly serverName?: string | Expression;
  /** What the outputs of the endpoint begin with, where it has some. */
  readonly outputPrefix?: string;
  readonly authority: WrittenAuthority;
}

/** A text of which the value is known after apply. */
export interface Expression {
  readonly expression: string;
}

/** Where the CA is. */
export interface WrittenAuthority {
  readonly inSystemStore: boolean;
  /** The name of a file, without a folder. */
  readonly file?: string;
  /** One of AWS's places for bundles. */
  readonly bundleUrl?: string;
}

export function isExpression(value: unknown): value is Expression {
  return typeof value === 'object' && value !== null && 'expression' in value;
}

/** The check, or what is wrong with it: a clause without a full stop that repeats none of the texts. */
export function readCheck(check: JsonObject, stack: string, endpoint: unknown): WrittenCheck | string {
  const { engine, handshake, hostname, hostnameOutput, port, serverName } = check;
  if (!isShort(endpoint, 500)) return 'the path of an endpoint is not a string of at most 500 characters';
  if (typeof engine !== 'string' || !ENGINE.test(engine)) return 'an engine is not a name';
  if (!isHandshake(handshake) || !fits(engine, handshake)) return `a handshake is not one of ${engine}`;
  const host = hostOf(hostname);
  if (host === undefined) return 'a hostname is neither a valid hostname nor an expression';
  const certificateName = serverName === hostname || serverName === undefined ? host : hostOf(serverName);
  if (certificateName === undefined) return 'a serverName is neither a valid hostname nor an expression';
  const knownPort = isExpressionText(port) ? { expression: port } : portOf(port);
  if (knownPort === undefined) return 'a port is neither a number from 1 to 65535 nor an expression';
  const outputPrefix = hostnameOutput === undefined ? undefined : prefixOf(hostnameOutput);
  if (hostnameOutput !== undefined && outputPrefix === undefined) return 'a hostnameOutput is not one of addOutputs()';
  const authority = authorityOf(objectOf(check['certificateAuthority']));
  if (typeof authority === 'string') return authority;
  return {
    stack,
    endpoint,
    engine,
    handshake,
    host,
    port: knownPort,
    outputPrefix,
    authority,
    ...(certificateName === host ? {} : { serverName: certificateName }),
  };
}

const ENGINE = /^[a-z0-9-]{1,100}$/;

function isShort(value: unknown, most: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= most;
}

function isHandshake(value: unknown): value is TlsHandshake {
  return Object.values<unknown>(TlsHandshake).includes(value);
}

/** Behind a listener that terminates TLS, every engine is one that opens with TLS. */
function fits(engine: string, handshake: TlsHandshake): boolean {
  const known = DatabaseEngine.all().find(({ name }) => name === engine);
  return known === undefined || handshake === known.handshake || handshake === TlsHandshake.IMMEDIATE;
}

function isExpressionText(value: unknown): value is string {
  return isShort(value, 2000) && /[$%]\{/.test(value);
}

function hostOf(value: unknown): string | Expression | undefined {
  if (isExpressionText(value)) return { expression: value };
  return typeof value === 'string' && isHost(value) ? value : undefined;
}

/** `addOutputs` names them; other outputs of a stack are none of this command's business. */
function prefixOf(output: unknown): string | undefined {
  return isShort(output, 1000) ? /^([A-Za-z_][A-Za-z0-9_-]*)_hostname$/.exec(output)?.[1] : undefined;
}

function authorityOf({ inSystemStore, file, bundleUrl }: JsonObject): WrittenAuthority | string {
  // The file of a public CA is one of the system, which is not opened here.
  if (inSystemStore === true) return { inSystemStore: true };
  const isFile = typeof file === 'string' && /^\w[\w.-]{0,150}\.(pem|crt)$/.test(file);
  if (file !== undefined && !isFile) return 'the file of a certificateAuthority is not a file name';
  const isKnownUrl = typeof bundleUrl === 'string' && BUNDLES.some((pattern) => pattern.test(bundleUrl));
  if (bundleUrl !== undefined && !isKnownUrl) return 'a bundleUrl is not a known URL of AWS CA certificates';
  return { inSystemStore: false, file: isFile ? file : undefined, bundleUrl: isKnownUrl ? bundleUrl : undefined };
}

/** Trust stores of RDS in each partition, and the bundles of Redshift. */
const BUNDLES = [
  /^https:\/\/(truststore\.pki\.rds\.amazonaws\.com|truststore\.pki\.us-gov-(west|east)-1\.rds\.amazonaws\.com|rds-truststore\.s3\.cn-north-1\.amazonaws\.com\.cn)\/([a-z0-9-]{1,30})\/\3-bundle\.pem$/,
  /^https:\/\/s3\.amazonaws\.com\/redshift-downloads\/amazon-trust-ca-bundle\.crt$/,
  /^https:\/\/s3\.cn-north-1\.amazonaws\.com\.cn\/redshift-downloads-cn\/amazon-trust-ca-bundle\.crt$/,
];
