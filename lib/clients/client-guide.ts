import {
  type CertificateAuthority,
  certificateAuthority,
  databaseAuthority,
  OWN_CA,
} from '../engine/certificate-authority';
import type { DatabaseEngine } from '../engine/database-engine';
import type { ManagedAuthority } from '../engine/managed-name';
import { TlsHandshake } from '../engine/tls-handshake';
import type { TlsMode } from '../engine/tls-mode';
import type { Problem } from '../rules/endpoint-error';
import { applyRules } from '../rules/rule';
import { certificateReload } from './certificate-reload';
import { GUIDE_RULES, watchedName, watchedTexts } from './client-guide-rules';
import { connectionUrl } from './connection-url';
import { familyOf, urlForm } from './families';
import { type ClientKeepalive, keepaliveSeconds } from './keepalive/client-keepalive';
import { clientKeepalives } from './keepalive/keepalives';
import { codeSpan } from './quoting/markdown';
import type { TextFunctions } from './quoting/text-functions';
import type { ClientConnection } from './recipes/client-connection';
import type { ClientRecipe } from './recipes/client-recipe';
import { clientRecipes } from './recipes/recipes';
import { DATABASE_ENDPOINT, serverName } from './server-name';

import type { UserStatements } from './user-statements/user-statements';
import { exampleUser } from './user-statements/write-statements';

/** How clients connect to an endpoint and verify whom they reach, as data. It never holds a password. */
export interface ClientGuide {
  /** Name of the engine, such as `postgresql`. */
  readonly engine: string;

  /** Where to connect. */
  readonly hostname: string;

  /** Port to connect to. */
  readonly port: number;

  /**
   * The endpoint as a URL, verifying as much as a URL can say.
   *
   * @default - clients of the engine know no URL
   */
  readonly url?: string;

  /** The name that the certificate must carry. */
  readonly serverName: string;

  /** Where the client's trust comes from. */
  readonly certificateAuthority: CertificateAuthority;

  /** How each client connects; the one that verifies most comes first. */
  readonly clients: ClientRecipe[];

  /** What else to know, as full sentences. */
  readonly notes: string[];

  /**
   * After how many seconds without traffic the load balancer forgets a connection: 350 where the listener terminates
   * TLS. May be a token.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html
   * @default - not known
   */
  readonly idleTimeoutSeconds?: number;

  /** How clients keep idle connections; the last entry is for those that leave it to the operating system. */
  readonly keepalive: ClientKeepalive[];

  /**
   * When a database of one's own must be told that its certificate has changed, as full sentences.
   *
   * @default - somebody else sees to the certificate
   */
  readonly certificateReload?: string;

  /**
   * A user with the least privileges for one integration, in the engine's own statements, instead of the
   * administrator's password. Words in capitals stand for what only the reader knows; `userStatements` of the endpoint
   * writes them for a user and tables that have names.
   *
   * @default - the engine has no users of its own
   */
  readonly userStatements?: UserStatements;
}

/**
 * What a guide is made of.
 *
 * @internal
 */
export interface ClientGuideInput {
  readonly engine: DatabaseEngine;
  /** May be unknown until apply, as all texts here. */
  readonly hostname: string;
  readonly port: number;
  readonly tls: TlsMode;
  /** The name in the certificate, where it is known to be another one than the hostname. */
  readonly certificateName?: string;
  /** How Terraform writes `certificateName`, where it is unknown until apply: `aws_db_instance.orders.address`. */
  readonly certificateNameExpression?: string;
  /** Who signed the certificate, where the kind of target tells. */
  readonly targetAuthority?: ManagedAuthority;
  /** Whose certificate it is, where engine and TLS mode do not decide it: `RDS_BUNDLE`, `OWN_CA`, ... */
  readonly certificateAuthority?: CertificateAuthority;
  /** The CA file in the commands, instead of the authority's own. */
  readonly caFile?: string;
  /** An address of the endpoint, where it has static ones. */
  readonly address?: string;
  /** After how long the listener drops a connection without traffic. */
  readonly idleTimeoutSeconds?: number;
  readonly user?: string;
  readonly database?: string;
  readonly terraform: TextFunctions;
}

/**
 * Tells how to connect to an endpoint; or everything that is wrong with the texts that it should say.
 *
 * @param property what the texts are given to, for messages.
 * @internal
 */
export function clientGuide(input: ClientGuideInput, property: string): ClientGuide | readonly Problem[] {
  const problems = applyRules(GUIDE_RULES, { engine: input.engine, texts: input, property });
  return problems.length > 0 ? problems : buildClientGuide(input);
}

/**
 * The guide without asking whether it should be written.
 *
 * @internal
 */
export function buildClientGuide(input: ClientGuideInput): ClientGuide {
  const { engine, hostname, port, tls, terraform } = input;
  const certificate = serverName(input);
  const authority = input.certificateAuthority ?? authorityOf(input);
  const idleTimeoutSeconds = tls === 'terminate' ? TLS_IDLE_TIMEOUT_SECONDS : input.idleTimeoutSeconds;
  const watched = watchedTexts(engine, input, terraform);
  const connection: ClientConnection = {
    ...input,
    ...watched,
    hostname: watchedName(hostname, terraform),
    keepaliveSeconds: keepaliveSeconds(idleTimeoutSeconds),
    address: watched.address ?? ENDPOINT_ADDRESS,
    certificateName: watchedName(certificate.name, terraform),
    nameDiffers: certificate.differs,
    isOnRds: databaseAuthority(databaseFacts(input)) === 'rds',
    caFile: watched.caFile ?? authority.file ?? 'ca.pem',
    caInSystemStore: input.caFile === undefined && authority.inSystemStore,
  };
  const clients = [...clientRecipes(connection)];
  return {
    engine: engine.name,
    hostname,
    port,
    url: urlOf({ ...input, ...watched }),
    serverName: certificate.name,
    certificateAuthority: { ...authority, ...(authority.file === undefined ? {} : { file: connection.caFile }) },
    clients,
    notes: notesOf(input, connection, clients),
    idleTimeoutSeconds,
    keepalive: [...clientKeepalives(engine, tls, idleTimeoutSeconds, clients)],
    certificateReload: tls === 'passthrough' && authority === OWN_CA ? certificateReload(engine) : undefined,
    userStatements: exampleUser(engine, input),
  };
}

/** AWS fixes it. */
const TLS_IDLE_TIMEOUT_SECONDS = 350;

/**
 * What decides whom clients reach.
 *
 * @internal
 */
export type ServerFacts = Pick<
  ClientGuideInput,
  'engine' | 'hostname' | 'tls' | 'certificateName' | 'certificateNameExpression' | 'targetAuthority'
>;

/**
 * Whose certificate clients are shown.
 *
 * @internal
 */
export function authorityOf(facts: ServerFacts): CertificateAuthority {
  return certificateAuthority({ ...databaseFacts(facts), tls: facts.tls });
}

function databaseFacts({
  engine,
  certificateName,
  certificateNameExpression,
  targetAuthority,
}: Omit<ServerFacts, 'tls'>) {
  return {
    engine,
    targetAuthority,
    certificateName: certificateNameExpression ?? certificateName,
    isExpression: certificateNameExpression !== undefined,
  };
}

/** Stands for an address of the endpoint, where it has no static one. */
const ENDPOINT_ADDRESS = 'ENDPOINT_ADDRESS';

function urlOf(input: ClientGuideInput): string | undefined {
  const form = urlForm(input.engine);
  const url = connectionUrl({
    ...input,
    user: form.user ? input.user : undefined,
    database: form.database === 'nowhere' ? undefined : input.database,
  });
  return typeof url === 'string' ? url : undefined;
}

/**
 * What ends a connection to a primary that is gone.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
 */
const DEAD_DATABASE =
  'A database that dies sends no reset, and the load balancer ends its open connections late, or, where it is the only target, perhaps not at all: the keepalives and timeouts of the client do. They also keep a silent connection known to newer hosts (Nitro v6), which forget it after 350 seconds whatever the listener allows.';

function notesOf(input: ClientGuideInput, connection: ClientConnection, clients: readonly ClientRecipe[]): string[] {
  const { engine, tls, idleTimeoutSeconds } = input;
  const { hostname, certificateName: name, nameDiffers } = connection;
  const isTls = tls === 'terminate' || engine.handshake !== TlsHandshake.NONE;
  const notes = [
    ...engine.warnings,
    nameDiffers && isTls
      ? `The certificate carries the name ${name}, not ${hostname}. Clients that cannot be told so verify only its CA, unless ${name} resolves to the endpoint where they run (split-horizon DNS or a line in the hosts file).`
      : undefined,
    name === DATABASE_ENDPOINT ? `${name} stands for the database's own endpoint, as AWS shows it.` : undefined,
    clients.some(({ command, note }) => `${command} ${note}`.includes(ENDPOINT_ADDRESS))
      ? `${ENDPOINT_ADDRESS} stands for an address of the endpoint, as ${codeSpan(`dig +short ${hostname}`)} prints it.`
      : undefined,
    tls === 'passthrough' && engine._plaintextRefusal
      ? `The load balancer passes everything through, so only the database can refuse clients without TLS: ${engine._plaintextRefusal}.`
      : undefined,
    tls === 'terminate'
      ? `The listener drops connections that are idle for ${TLS_IDLE_TIMEOUT_SECONDS} seconds, which cannot be changed: let clients send a TCP keepalive or a query more often.`
      : undefined,
    tls === 'passthrough' && idleTimeoutSeconds !== undefined
      ? `The listener drops connections that are idle for ${idleTimeoutSeconds} seconds: let clients send a TCP keepalive or a query more often.`
      : undefined,
  ];
  return [...notes, familyOf(engine)?.urlNote, isTls ? DEAD_DATABASE : undefined].filter((note) => note !== undefined);
}
