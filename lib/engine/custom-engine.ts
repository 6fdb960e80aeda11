import type { Rule } from '../rules/rule';
import { checkStruct, missingProperty, readable, type TypeProblem } from '../rules/type-check';
import { isUnresolved } from '../tokens/unresolved';
import { TlsHandshake } from './tls-handshake';

/**
 * An engine that is not in the catalogue.
 *
 * Its values determine which resources the endpoint has, so they must be known at synthesis.
 */
export interface CustomEngineProps {
  /** Identifier: lowercase letters, digits and hyphens. */
  readonly name: string;

  /**
   * Name as people write it.
   *
   * @default - the identifier
   */
  readonly displayName?: string;

  /** Port of the engine's own protocol. */
  readonly port: number;

  /**
   * Port of the protocol over TLS, if it is a different one.
   *
   * @default - the same as `port`
   */
  readonly tlsPort?: number;

  /** When TLS starts in the protocol; it decides whether the load balancer can terminate it. */
  readonly handshake: TlsHandshake;

  /**
   * Scheme of a URL over TLS, such as `https`.
   *
   * @default - the engine has no URL
   */
  readonly urlScheme?: string;

  /**
   * Parameters that every URL of the engine has: those that make its clients verify the certificate, such as `{
   * sslmode: 'verify-full' }`. Required with `urlScheme` if TLS is negotiated, since the scheme then does not imply
   * encryption.
   *
   * @default - the scheme says that the certificate is verified
   */
  readonly urlParameters?: { readonly [name: string]: string };

  /**
   * What to know when this engine is exposed, as full sentences. They appear in the client guide.
   *
   * @default - nothing
   */
  readonly warnings?: string[];
}

/**
 * What rules about a custom engine look at.
 *
 * @internal
 */
export interface CustomEngineInput {
  readonly props: CustomEngineProps;
  /** Names of the catalogue. */
  readonly takenNames: readonly string[];
}

/**
 * What a type checker would refuse.
 *
 * @internal
 */
export function customEngineShapeProblems(props: CustomEngineProps): TypeProblem[] {
  return [
    ...(readable(props).name === undefined ? [missingProperty('engine.name', "Set the engine's name.")] : []),
    ...checkStruct(props, 'CustomEngineProps', 'engine'),
  ];
}

/**
 * What is refused about custom engines.
 *
 * @internal
 */
export const CUSTOM_ENGINE_RULES: readonly Rule<CustomEngineInput>[] = [
  {
    name: 'EngineValueUnknown',
    because: 'The engine determines which resources an endpoint has, before Terraform runs.',
    check: ({ props }) =>
      DECIDING.filter((property) => isUnresolved(props[property])).map((property) => ({
        property: `engine.${property}`,
        reason: 'is known after apply',
        remedy: 'Write a literal: it decides which resources the endpoint has.',
      })),
  },
  {
    name: 'EngineNameInvalid',
    because: 'The name appears in tags, file names and commands.',
    check: ({ props: { name } }) =>
      isUnresolved(name) || /^[a-z0-9-]+$/.test(name)
        ? undefined
        : {
            property: 'engine.name',
            value: name,
            reason: 'is not an identifier',
            remedy: 'Use lowercase letters, digits and hyphens, and put the human-readable name into displayName.',
          },
  },
  {
    name: 'EngineNameTaken',
    because: "Tools look up an engine's protocol by its name.",
    check: ({ props: { name }, takenNames }) =>
      takenNames.includes(name)
        ? {
            property: 'engine.name',
            value: name,
            reason: 'is an engine in the catalogue',
            remedy: 'Use that engine and the port of the endpoint, or give this one another name.',
          }
        : undefined,
  },
  {
    name: 'EnginePortInvalid',
    because: 'TCP ports are whole numbers from 1 to 65535.',
    check: ({ props }) =>
      PORTS.filter((property) => !(props[property] === undefined && property === 'tlsPort'))
        .filter((property) => !isUnresolved(props[property]) && !isPort(props[property]))
        .map((property) => ({
          property: `engine.${property}`,
          value: props[property],
          reason: 'is not a port',
          remedy: 'Write a whole number from 1 to 65535.',
        })),
  },
  {
    name: 'EngineHandshakeInvalid',
    because: 'The handshake decides whether the load balancer can terminate TLS.',
    check: ({ props: { handshake } }) =>
      isUnresolved(handshake) || Object.values(TlsHandshake).includes(handshake)
        ? undefined
        : {
            property: 'engine.handshake',
            value: handshake,
            reason: 'is not a kind of TLS handshake',
            remedy: 'Use TlsHandshake.IMMEDIATE, NEGOTIATED or NONE.',
          },
  },
  {
    name: 'EngineUrlSchemeInvalid',
    because: 'A scheme is a letter, then letters, digits, "+", "." or "-".',
    see: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.1',
    check: ({ props: { urlScheme } }) =>
      urlScheme === undefined || isUnresolved(urlScheme) || /^[a-z][a-z0-9+.-]*$/i.test(urlScheme)
        ? undefined
        : {
            property: 'engine.urlScheme',
            value: urlScheme,
            reason: 'is not a URL scheme',
            remedy: 'Write only the part before "://", such as https.',
          },
  },
  {
    name: 'EngineUrlUnverified',
    because:
      'Clients that negotiate TLS verify nothing by default, and many continue without TLS if it is not offered.',
    see: 'https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION',
    check: ({ props: { handshake, urlScheme, urlParameters = {} } }) =>
      handshake === TlsHandshake.NEGOTIATED && urlScheme !== undefined && Object.keys(urlParameters).length === 0
        ? {
            property: 'engine.urlParameters',
            reason:
              'is missing, so URLs for an engine that negotiates TLS would not make clients verify the certificate',
            remedy: "Set the parameters that do, such as { sslmode: 'verify-full' }, or leave urlScheme out.",
          }
        : undefined,
  },
];

const DECIDING = ['name', 'port', 'tlsPort', 'handshake', 'urlScheme'] as const;
const PORTS = ['port', 'tlsPort'] as const;

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65535;
}
