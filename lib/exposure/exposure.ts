import type { AllowedSource } from '../allowlist/allowed-source';
import { type AllowlistValue, readAllowlist } from '../allowlist/allowlist';
import type { BreadthLimits } from '../allowlist/breadth';
import { originText } from '../allowlist/origin';
import { authorityOf, type ServerFacts } from '../clients/client-guide';
import { DATABASE_ENDPOINT, serverName } from '../clients/server-name';
import type { CertificateAuthority } from '../engine/certificate-authority';
import { TlsHandshake } from '../engine/tls-handshake';

/** One block, list or group that may connect; sources that were written together are listed separately. */
export interface ExposedSource {
  /**
   * What kind of source it is: `cidr`, `prefixList`, `awsPrefixList`, `securityGroup`, `anywhere`, or `cidrs` for a
   * list of blocks known after apply.
   */
  readonly kind: string;

  /**
   * What is admitted: a block in EC2's canonical form, an id, a name; a token if it is known after apply. Together with
   * `kind` and `integration` it identifies the source within the endpoint.
   */
  readonly value: string;

  /**
   * How the block was written.
   *
   * @default as in `value`
   */
  readonly written?: string;

  /**
   * The allowlist file that it was read from, or the file that its `origin` names.
   *
   * @default it was written in code
   */
  readonly file?: string;

  /**
   * The URL of the published list that it comes from, which its file names.
   *
   * @default it is written in the file or in code itself
   */
  readonly feed?: string;

  /**
   * The lock file that has the blocks of the published list, as they were fetched.
   *
   * @default it comes from none
   */
  readonly lockFile?: string;

  /**
   * The group that it belongs to, in its file or in code.
   *
   * @default it belongs to none
   */
  readonly group?: string;

  /**
   * The integration that it was added for, by `addIntegration`.
   *
   * @default it belongs to the allowlist of the endpoint itself
   */
  readonly integration?: string;

  /**
   * Where it was written: `allow[3]`, or file, line and column. It is in `exposure-locations.json` rather than
   * `exposure.json`, because an entry added at the top of a list moves all others.
   */
  readonly location: string;

  /**
   * Who or what it is.
   *
   * @default none was given
   */
  readonly description?: string;

  /**
   * Who owns this access.
   *
   * @default none was given
   */
  readonly owner?: string;

  /**
   * Where the access was requested.
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

  /** Where to connect; a token if it is known after apply. */
  readonly hostname: string;

  /**
   * The Terraform output that contains the hostname.
   *
   * @default `addOutputs` was not called
   */
  readonly hostnameOutput?: string;

  /** Port to connect to. */
  readonly port: number;

  /**
   * The name that the certificate must cover.
   *
   * @default the hostname, unless `target.certificateName` or a followed name says otherwise
   */
  readonly serverName?: string;

  /** Whose certificate it must be. */
  readonly certificateAuthority: CertificateAuthority;
}

/** How an endpoint is shared over PrivateLink, as data. */
export interface ExposedPrivateLink {
  /** Who may make an interface endpoint: ARNs of accounts, users and roles; `*` is everybody. */
  readonly principals: string[];

  /** Whether somebody has to accept each interface endpoint. */
  readonly acceptanceRequired: boolean;

  /**
   * Whether `sources` hold for clients that come over PrivateLink too; they are then the private addresses of the
   * consumers' clients. With `false`, whatever reaches the interface endpoint of a consumer reaches the endpoint.
   */
  readonly allowlistApplies: boolean;

  /**
   * Regions in which consumers may have their interface endpoints, beside that of the load balancer.
   *
   * @default no others
   */
  readonly supportedRegions?: string[];
}

/** What keeps the allowlist of an endpoint narrow, as data: a change of it can matter as much as one of the list. */
export interface ExposureGuards {
  /** The names of the warnings that were acknowledged, which synthesis no longer shows, in alphabetical order. */
  readonly acknowledged: string[];

  /** How much of IPv4 the allowlist may admit, as a prefix length: `allowlist.maxBreadth.ipv4`. */
  readonly maxBreadthIpv4: number;

  /** The same for IPv6. */
  readonly maxBreadthIpv6: number;
}

/** A login of the database that a `DatabaseUser` makes, as data. */
export interface ExposedUser {
  /** Path of the `DatabaseUser`. */
  readonly user: string;

  /** Name of the login; a token if it is known after apply. */
  readonly userName: string;

  /**
   * The integration that it was made for, by `addIntegration`.
   *
   * @default it was made by itself
   */
  readonly integration?: string;

  /** How it proves who it is: `password` or `iam`. */
  readonly auth: string;

  /** The database that it may use. */
  readonly database: string;

  /** What it may do there. */
  readonly grants: ExposedGrant[];

  /** Whether tables that are made later are granted as those of today are, for grants of whole schemas. */
  readonly futureTables: boolean;

  /**
   * Days after which its password is rotated.
   *
   * @default it is not rotated, or there is none
   */
  readonly rotateEveryDays?: number;

  /**
   * When its password ends.
   *
   * @default it does not end
   */
  readonly validUntil?: string;
}

/** Privileges of a login, as data. */
export interface ExposedGrant {
  /** The schema, which is a database in MySQL and MariaDB. */
  readonly schema: string;

  /**
   * Tables of the schema.
   *
   * @default all of them
   */
  readonly tables?: string[];

  /** The engine's own words, such as `SELECT`. */
  readonly privileges: string[];
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

  /**
   * How the load balancer of the endpoint is shared over PrivateLink.
   *
   * @default it is not
   */
  readonly privateLink?: ExposedPrivateLink;

  /** What keeps its allowlist narrow. */
  readonly guards: ExposureGuards;

  /** Who may connect. */
  readonly sources: ExposedSource[];

  /** Sources that no longer have access because their last day has passed. */
  readonly expired: ExposedSource[];

  /**
   * The logins of the database that the app makes, in the order of their paths. There may be others.
   *
   * @default the app makes none
   */
  readonly users?: ExposedUser[];

  /** Checks that the endpoint must pass once it is deployed. */
  readonly checks: ExposureCheck[];
}

/**
 * What there is to know of an endpoint to describe who may reach it.
 *
 * @internal
 */
export interface ExposureInput {
  /** Path of the endpoint. */
  readonly endpoint: string;
  readonly allow: readonly AllowedSource[];
  readonly dualStack: boolean;
  readonly internetFacing: boolean;
  readonly privateLink?: ExposedPrivateLink;
  readonly acknowledged: readonly string[];
  readonly maxBreadth: BreadthLimits;
  readonly expired: ReadonlySet<AllowedSource>;
  readonly users: readonly ExposedUser[];
  readonly server: ServerFacts & { readonly port: number };
  readonly hostnameOutput?: string;
  /** A string that stands for a list known after apply. */
  readonly textOf: (list: readonly string[]) => string;
}

/**
 * Describes who may reach an endpoint.
 *
 * @internal
 */
export function describeExposure(input: ExposureInput): Exposure {
  const { endpoint, internetFacing, privateLink, maxBreadth, expired, users, server } = input;
  const sources = sourcesOf(input);
  const exposedIf = (isExpired: boolean) =>
    sources.filter(({ source }) => expired.has(source) === isExpired).map(({ exposed }) => exposed);
  return {
    endpoint,
    engine: server.engine.name,
    hostname: server.hostname,
    port: server.port,
    tls: server.tls,
    internetFacing,
    ...(privateLink && { privateLink }),
    guards: {
      acknowledged: [...new Set(input.acknowledged)].sort(),
      maxBreadthIpv4: maxBreadth.ipv4,
      maxBreadthIpv6: maxBreadth.ipv6,
    },
    sources: exposedIf(false),
    expired: exposedIf(true),
    ...(users.length > 0 && { users: [...users].sort((a, b) => (a.user < b.user ? -1 : 1)) }),
    checks: [exposureCheck(input)],
  };
}

interface SourceExposed {
  readonly source: AllowedSource;
  readonly exposed: ExposedSource;
}

function sourcesOf({ allow, dualStack, textOf }: ExposureInput): SourceExposed[] {
  const allowlist = readAllowlist(allow, { dualStack, now: BEFORE_ANY_EXPIRY });
  return [
    ...allowlist.blocks.map((block) =>
      exposed(block, block.source._kind === 'anywhere' ? 'anywhere' : 'cidr', block.cidr.text),
    ),
    ...[...allowlist.computed, ...allowlist.invalid].map((value) => exposed(value, 'cidr')),
    ...allowlist.lists.map(({ list, ...rest }) => exposed({ ...rest, text: textOf(list) }, 'cidrs')),
    ...[...allowlist.prefixLists, ...allowlist.awsPrefixLists, ...allowlist.securityGroups].map((value) =>
      exposed(value, value.source._kind),
    ),
  ];
}

/** What has expired is described as well. */
const BEFORE_ANY_EXPIRY = new Date(0);

function exposed(entry: AllowlistValue, kind: string, value = entry.text): SourceExposed {
  const { source, text, location } = entry;
  const { description, owner, ticket, expires, section, group, labels, integration, feed } = source._about;
  return {
    source,
    exposed: {
      kind,
      value,
      written: text === value ? undefined : text,
      description,
      owner,
      ticket,
      expires,
      file: location?.file,
      feed: feed?.url,
      lockFile: feed?.lock,
      group: section ?? group,
      integration,
      labels: labels && Object.keys(labels).length > 0 ? inOrderOfKeys(labels) : undefined,
      location: originText(entry),
    },
  };
}

function inOrderOfKeys(labels: { readonly [key: string]: string }): { [key: string]: string } {
  return Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function exposureCheck({ server, hostnameOutput }: ExposureInput): ExposureCheck {
  const { engine, tls, hostname } = server;
  const { name } = serverName(server);
  return {
    engine: engine.name,
    handshake: tls === 'terminate' ? TlsHandshake.IMMEDIATE : engine.handshake,
    hostname,
    hostnameOutput,
    port: server.port,
    serverName: name === DATABASE_ENDPOINT ? undefined : name,
    certificateAuthority: authorityOf(server),
  };
}
