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
import { commandLine } from './quoting/shell';
import type { TextFunctions } from './quoting/text-functions';
import type { ClientConnection } from './recipes/client-connection';
import type { ClientRecipe } from './recipes/client-recipe';
import { clientRecipes } from './recipes/recipes';
import { DATABASE_ENDPOINT, serverName } from './server-name';

import type { UserStatements } from './user-statements/user-statements';
import { exampleUser } from './user-statements/write-statements';

/** How clients connect to an endpoint and verify the server, as data. It never contains a password. */
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
   * @default - the engine has no URL format
   */
  readonly url?: string;

  /** The name that the certificate must cover. */
  readonly serverName: string;

  /** Where the client's trust comes from. */
  readonly certificateAuthority: CertificateAuthority;

  /** How each client connects; the one that verifies most comes first. */
  readonly clients: ClientRecipe[];

  /** What else to know, as full sentences. */
  readonly notes: string[];

  /**
   * Seconds without traffic after which the load balancer drops a connection: 350 if the listener terminates TLS. May
   * be a token.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html
   * @default - not known
   */
  readonly idleTimeoutSeconds?: number;

  /** How clients keep idle connections; the last entry is for those that leave it to the operating system. */
  readonly keepalive: ClientKeepalive[];

  /**
   * How to make a self-managed database serve a changed certificate, as full sentences.
   *
   * @default - the certificate is managed elsewhere
   */
  readonly certificateReload?: string;

  /**
   * A user with the least privileges for one integration, in the engine's own statements, instead of the
   * administrator's password. Words in capitals are placeholders; the endpoint's `userStatements` fills them in for a
   * given user and tables.
   *
   * @default - the engine has no users
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
  /** The address of the endpoint that the guide is to name. */
  readonly address?: string;
  /** All addresses of the endpoint, where they never change. */
  readonly addresses?: readonly string[];
  /** After how long the listener drops a connection without traffic. */
  readonly idleTimeoutSeconds?: number;
  readonly user?: string;
  readonly database?: string;
  /** The database's own name and port, if the user logs in with tokens that IAM signs. */
  readonly signedFor?: SignedFor;
  readonly terraform: TextFunctions;
}

/**
 * A login, and what its tokens of IAM are signed for.
 *
 * @internal
 */
export interface SignedFor {
  readonly userName: string;
  readonly host: string;
  readonly port: number;
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
  const fixed = (input.addresses ?? []).map((address) => watchedName(address, terraform));
  const addresses = watched.address !== undefined ? [watched.address] : fixed.length > 0 ? fixed : [ENDPOINT_ADDRESS];
  const connection: ClientConnection = {
    ...input,
    ...watched,
    hostname: watchedName(hostname, terraform),
    keepaliveSeconds: keepaliveSeconds(idleTimeoutSeconds),
    addresses,
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
  "A database that dies sends no reset, and the load balancer closes its open connections late or, if it is the only target, perhaps not at all: only the client's keepalives and timeouts end them. They also keep inactive connections alive on newer hosts (Nitro v6), which stop tracking them after 350 seconds, whatever the listener allows.";

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.Connecting.html */
function iamNote({ signedFor, terraform }: ClientGuideInput, { user }: ClientConnection): string | undefined {
  if (signedFor === undefined) return undefined;
  const { host, port } = signedFor;
  const words = ['aws', 'rds', 'generate-db-auth-token', '--hostname', watchedName(host, terraform), '--port', port];
  const command = commandLine([...words, '--username', user], terraform);
  return `The user has no password: ${codeSpan(command)} prints a token to log in with, which is valid for 15 minutes. It is signed for the database's own name and port, and not for the endpoint's.`;
}

function notesOf(input: ClientGuideInput, connection: ClientConnection, clients: readonly ClientRecipe[]): string[] {
  const { engine, tls, idleTimeoutSeconds } = input;
  const { hostname, certificateName: name, nameDiffers } = connection;
  const isTls = tls === 'terminate' || engine.handshake !== TlsHandshake.NONE;
  const notes = [
    ...engine.warnings,
    nameDiffers && isTls
      ? `The certificate is for the name ${name}, not ${hostname}. Clients that cannot be given the expected name verify only the CA, unless ${name} resolves to the endpoint where they run (split-horizon DNS or a line in the hosts file).`
      : undefined,
    name === DATABASE_ENDPOINT
      ? `${name} is a placeholder for the database's own endpoint, as AWS shows it.`
      : undefined,
    clients.some(({ command, note }) => `${command} ${note}`.includes(ENDPOINT_ADDRESS))
      ? `${ENDPOINT_ADDRESS} is a placeholder for an address of the endpoint, as ${codeSpan(`dig +short ${hostname}`)} prints it.`
      : undefined,
    tls === 'passthrough' && engine._plaintextRefusal
      ? `The load balancer forwards everything unchanged, so only the database can refuse clients without TLS: ${engine._plaintextRefusal}.`
      : undefined,
    tls === 'terminate'
      ? `The listener drops connections that are idle for ${TLS_IDLE_TIMEOUT_SECONDS} seconds, which cannot be changed: let clients send a TCP keepalive or a query more often.`
      : undefined,
    tls === 'passthrough' && idleTimeoutSeconds !== undefined
      ? `The listener drops connections that are idle for ${idleTimeoutSeconds} seconds: let clients send a TCP keepalive or a query more often.`
      : undefined,
    iamNote(input, connection),
  ];
  return [...notes, familyOf(engine)?.urlNote, isTls ? DEAD_DATABASE : undefined].filter((note) => note !== undefined);
}
