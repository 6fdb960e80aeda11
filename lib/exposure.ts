import type { AllowedSource } from './allowlist/allowed-source';
import { placeOf } from './allowlist/allowlist';
import type { DatabaseEndpointProps } from './database-endpoint-props';
import type { EndpointPlan } from './endpoint-plan';
import type { CertificateAuthority } from './engine/certificate-authority';
import { authorityOf, type ServerFacts } from './engine/client-guide';
import { DATABASE_ENDPOINT, serverName } from './engine/server-name';
import { TlsHandshake } from './engine/tls-handshake';

/** One source that may connect. */
export interface ExposedSource {
  /** What kind of source it is: `cidr`, `cidrs`, `prefixList`, `awsPrefixList`, `securityGroup` or `anywhere`. */
  readonly kind: string;

  /** Its blocks, id or name, as they were written; a token where only Terraform knows them. */
  readonly values: string[];

  /** Where it was written: `allow[3]`, or file, line and column. */
  readonly place: string;

  /**
   * Who or what it is.
   *
   * @default none was given
   */
  readonly description?: string;

  /**
   * Who answers for the access.
   *
   * @default none was given
   */
  readonly owner?: string;

  /**
   * Where the access was asked for.
   *
   * @default none was given
   */
  readonly ticket?: string;

  /**
   * The last day of access.
   *
   * @default the access does not end by itself
   */
  readonly expires?: string;

  /**
   * Labels of the entry in its file.
   *
   * @default it has none
   */
  readonly labels?: { [key: string]: string };
}

/** A check that the endpoint must pass from a source that may connect, as `database-endpoint check --from` runs it. */
export interface ExposureCheck {
  /** Name of the engine. */
  readonly engine: string;

  /** When clients start TLS: `immediate`, `negotiated` or `none`. */
  readonly handshake: string;

  /** Where to connect; a token where only Terraform knows it. */
  readonly hostname: string;

  /**
   * The Terraform output that tells the hostname.
   *
   * @default `addOutputs` was not called
   */
  readonly hostnameOutput?: string;

  /** Port to connect to. */
  readonly port: number;

  /**
   * The name that the certificate must carry.
   *
   * @default nobody said it, as `target.certificateName` would: the hostname
   */
  readonly serverName?: string;

  /** Whose certificate it must be. */
  readonly certificateAuthority: CertificateAuthority;
}

/** Who may reach an endpoint, as data. */
export interface Exposure {
  /** Path of the endpoint. */
  readonly endpoint: string;

  /** Name of the engine. */
  readonly engine: string;

  /** The name that clients connect to. */
  readonly hostname: string;

  /** The port that clients connect to. */
  readonly port: number;

  /** Whether TLS ends at the listener (`terminate`) or at the database (`passthrough`). */
  readonly tls: string;

  /** Whether the endpoint has public addresses. */
  readonly internetFacing: boolean;

  /** Who may connect. */
  readonly sources: ExposedSource[];

  /** Who would have had access, and has none because its last day has passed. */
  readonly expired: ExposedSource[];

  /** What must hold of the endpoint once it is deployed. */
  readonly checks: ExposureCheck[];
}

/**
 * Describes who may reach an endpoint.
 *
 * @internal
 */
export function describeExposure(
  endpoint: string,
  props: DatabaseEndpointProps,
  plan: EndpointPlan,
  expired: ReadonlySet<AllowedSource>,
  server: ServerFacts,
  hostnameOutput?: string,
): Exposure {
  const { hostname } = server;
  const sources = props.allow.map((source, i) => ({ source, exposed: exposedSource(source, i) }));
  return {
    endpoint,
    engine: props.engine.name,
    hostname,
    port: plan.listenerPort,
    tls: plan.listenerProtocol === 'TLS' ? 'terminate' : 'passthrough',
    internetFacing: props.internetFacing ?? true,
    sources: sources.filter(({ source }) => !expired.has(source)).map(({ exposed }) => exposed),
    expired: sources.filter(({ source }) => expired.has(source)).map(({ exposed }) => exposed),
    checks: [exposureCheck(props, plan.listenerPort, server, hostnameOutput)],
  };
}

function exposureCheck(
  { engine, tls }: DatabaseEndpointProps,
  port: number,
  server: ServerFacts,
  hostnameOutput?: string,
): ExposureCheck {
  const { hostname } = server;
  const { name } = serverName(server);
  return {
    engine: engine.name,
    handshake: tls?._termination ? TlsHandshake.IMMEDIATE : engine.handshake,
    hostname,
    hostnameOutput,
    port,
    serverName: name === DATABASE_ENDPOINT ? undefined : name,
    certificateAuthority: authorityOf(server),
  };
}

function exposedSource(source: AllowedSource, index: number): ExposedSource {
  const { description, owner, ticket, expires, labels } = source._about;
  return {
    kind: source._kind,
    values: source._values as string[],
    place: placeOf(source, index),
    description,
    owner,
    ticket,
    expires,
    labels: labels && Object.keys(labels).length > 0 ? { ...labels } : undefined,
  };
}
