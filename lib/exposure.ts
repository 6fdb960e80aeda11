import type { AllowedSource } from './allowlist/allowed-source';
import { placeOf } from './allowlist/allowlist';
import type { DatabaseEndpointProps } from './database-endpoint-props';
import type { EndpointPlan } from './endpoint-plan';

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
}

/**
 * Describes who may reach an endpoint.
 *
 * @internal
 */
export function describeExposure(
  endpoint: string,
  hostname: string,
  props: DatabaseEndpointProps,
  plan: EndpointPlan,
  expired: ReadonlySet<AllowedSource>,
): Exposure {
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
