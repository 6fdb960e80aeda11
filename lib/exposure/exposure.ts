import type { AllowedSource } from '../allowlist/allowed-source';
import { type AllowlistValue, readAllowlist } from '../allowlist/allowlist';
import { originText } from '../allowlist/origin';
import { authorityOf, type ServerFacts } from '../clients/client-guide';
import { DATABASE_ENDPOINT, serverName } from '../clients/server-name';
import type { CertificateAuthority } from '../engine/certificate-authority';
import { TlsHandshake } from '../engine/tls-handshake';

/** One block, list or group that may connect: what was written together is told apart here. */
export interface ExposedSource {
  /**
   * What kind of source it is: `cidr`, `prefixList`, `awsPrefixList`, `securityGroup`, `anywhere`, or `cidrs` for a list
   * of blocks that are known after apply.
   */
  readonly kind: string;

  /**
   * What is admitted: a block in the one spelling that EC2 has for it, an id, a name; a token where it is
   * known after apply. With `kind` it tells the source from all others of the endpoint.
   */
  readonly value: string;

  /**
   * How the block was written.
   *
   * @default as in `value`
   */
  readonly written?: string;

  /**
   * The allowlist file that it was read from.
   *
   * @default it was written in code
   */
  readonly file?: string;

  /**
   * The group that it belongs to, in its file or in code.
   *
   * @default it belongs to none
   */
  readonly group?: string;

  /**
   * Where it was written: `allow[3]`, or file, line and column. `exposure.json` leaves it to `exposure-locations.json`,
   * because an entry that is put on top of a list moves all others.
   */
  readonly location: string;

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

  /** Where to connect; a token where it is known after apply. */
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
  readonly expired: ReadonlySet<AllowedSource>;
  readonly server: ServerFacts & { readonly port: number };
  readonly hostnameOutput?: string;
  /** A text that stands for a list which is known after apply. */
  readonly textOf: (list: readonly string[]) => string;
}

/**
 * Describes who may reach an endpoint.
 *
 * @internal
 */
export function describeExposure(input: ExposureInput): Exposure {
  const { endpoint, internetFacing, expired, server } = input;
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
    sources: exposedIf(false),
    expired: exposedIf(true),
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
    ...allowlist.blocks.map(({ cidr, ...block }) =>
      exposed(block, block.source._kind === 'anywhere' ? 'anywhere' : 'cidr', cidr.text),
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
  const { description, owner, ticket, expires, section, group, labels } = source._about;
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
      group: section ?? group,
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
