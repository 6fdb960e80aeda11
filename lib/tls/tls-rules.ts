import type { DatabaseEngine } from '../engine/database-engine';
import { TlsHandshake } from '../engine/tls-handshake';
import type { Rule } from '../rules/rule';
import { isUnresolved } from '../tokens/unresolved';
import type { EndpointTls } from './endpoint-tls';

/** Where TLS ends, and what depends on it. */
export interface TlsInput {
  readonly engine: DatabaseEngine;
  /** Undefined where nothing was chosen. */
  readonly tls?: EndpointTls;
  readonly domainName?: string;
  /** Undefined where nothing was written. */
  readonly idleTimeoutSeconds?: number;
  /** The database's own certificate. */
  readonly databaseCertificate: DatabaseCertificate;
}

/** What is given or known about the database's own certificate. */
export interface DatabaseCertificate {
  /** As it was written. */
  readonly written?: string;
  /** As far as it is known; may be a token. */
  readonly name?: string;
  /** The name that is followed to the database, if there is one; may be a token. */
  readonly followed?: string;
}

const NLB_DOCS = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network';

/** Validation rules for TLS. */
export const TLS_RULES: readonly Rule<TlsInput>[] = [
  {
    name: 'TlsChoiceMissing',
    because:
      'For an engine whose connections start with TLS, either the load balancer or the database can terminate it, and the choice decides which certificate clients see.',
    check: ({ engine, tls }) =>
      tls === undefined && engine.handshake === TlsHandshake.IMMEDIATE
        ? {
            property: 'tls',
            reason: `must be chosen: ${engine.displayName}'s connections start with TLS`,
            remedy: engine._passthroughRefusal
              ? 'Write EndpointTls.terminate({ certificate }) to terminate TLS at the load balancer; passthrough does not work with this engine.'
              : 'Write EndpointTls.terminate({ certificate }) to terminate TLS at the load balancer, or EndpointTls.passthrough() to leave TLS to the database.',
          }
        : undefined,
  },
  {
    name: 'TlsTerminationBreaksNegotiation',
    because:
      'A TLS listener expects a ClientHello first; these engines negotiate TLS inside their own protocol, so their clients never send one.',
    see: `${NLB_DOCS}/create-tls-listener.html`,
    check: ({ engine, tls }) =>
      tls?._termination && !tls._termination.clientsWrapTls && engine.handshake === TlsHandshake.NEGOTIATED
        ? {
            property: 'tls',
            value: 'terminate',
            reason: `cannot work: ${engine.displayName} negotiates TLS inside its own protocol, and a TLS listener breaks that`,
            remedy:
              'Write EndpointTls.passthrough(), or leave tls out. If every client wraps its whole connection in TLS itself (with stunnel or similar), set clientsWrapTls: true.',
          }
        : undefined,
  },
  {
    name: 'TlsTerminationWithoutTls',
    because: 'A TLS listener expects a ClientHello first; this protocol has its own encryption and never sends one.',
    see: `${NLB_DOCS}/create-tls-listener.html`,
    check: ({ engine, tls }) =>
      tls?._termination && !tls._termination.clientsWrapTls && engine.handshake === TlsHandshake.NONE
        ? {
            property: 'tls',
            value: 'terminate',
            reason: `cannot work: ${engine.displayName} does not use TLS`,
            remedy:
              'Leave tls out. If every client wraps its whole connection in TLS itself (with stunnel or similar), set clientsWrapTls: true.',
          }
        : undefined,
  },
  {
    name: 'PassthroughImpossible',
    because:
      'Some services answer only under their own name, so the load balancer must terminate TLS with its own certificate.',
    check: ({ engine, tls }) =>
      tls && !tls._termination && engine._passthroughRefusal
        ? {
            property: 'tls',
            value: 'passthrough',
            reason: engine._passthroughRefusal,
            remedy: 'Write EndpointTls.terminate({ certificate }).',
          }
        : undefined,
  },
  {
    name: 'ReencryptNeedsTlsFirst',
    because:
      'A TLS target group starts connections with a ClientHello; an engine that negotiates TLS inside its protocol closes them.',
    check: ({ engine, tls }) =>
      tls?._termination?.reencrypt && engine.handshake !== TlsHandshake.IMMEDIATE
        ? {
            property: 'tls.reencrypt',
            value: true,
            reason: `cannot work: ${engine.displayName}'s connections do not start with TLS`,
            remedy: 'Leave it out; clients can negotiate TLS with the database inside their own wrapper.',
          }
        : undefined,
  },
  {
    name: 'ClientsWrapTlsPointless',
    because: 'Clients of an engine whose connections start with TLS need no additional layer.',
    check: ({ engine, tls }) =>
      tls?._termination?.clientsWrapTls && engine.handshake === TlsHandshake.IMMEDIATE
        ? {
            property: 'tls.clientsWrapTls',
            value: true,
            reason: `has no effect here: ${engine.displayName}'s connections start with TLS`,
            remedy: 'Leave it out.',
          }
        : undefined,
  },
  {
    name: 'IdleTimeoutFixedOnTls',
    because: 'The idle timeout of TLS listeners is 350 seconds and cannot be changed; the provider drops the setting.',
    see: `${NLB_DOCS}/update-idle-timeout.html`,
    check: ({ idleTimeoutSeconds, tls }) =>
      tls?._termination && idleTimeoutSeconds !== undefined
        ? {
            property: 'idleTimeoutSeconds',
            value: idleTimeoutSeconds,
            reason: 'has no effect on a listener that terminates TLS: AWS fixes it at 350 seconds',
            remedy: 'Leave it out and let clients send TCP keepalives more often than every 350 seconds.',
          }
        : undefined,
  },
  {
    name: 'CertificateNamePointless',
    because: "Where the listener terminates TLS, clients never see the database's certificate.",
    check: ({ databaseCertificate: { written }, tls }) =>
      tls?._termination && written !== undefined
        ? {
            property: 'target.certificateName',
            value: written,
            reason: "has no effect here: clients see the listener's certificate",
            remedy: 'Leave it out.',
          }
        : undefined,
  },
  {
    name: 'TlsPolicyInvalid',
    because: "Network load balancers support only AWS's predefined policies.",
    see: `${NLB_DOCS}/describe-ssl-policies.html`,
    check: ({ tls }) => {
      const name = tls?._termination?.policy?.name;
      return name === undefined || isUnresolved(name) || /^ELBSecurityPolicy-[A-Za-z0-9-]+$/.test(name)
        ? undefined
        : {
            property: 'tls.policy',
            value: name,
            reason: 'is not an AWS security policy',
            remedy: 'Use TlsPolicy.RECOMMENDED, or a name that begins with ELBSecurityPolicy-.',
          };
    },
  },
];

/** Warnings about TLS. */
export const TLS_WARNINGS: readonly Rule<TlsInput>[] = [
  {
    name: 'TlsIdleLimit',
    because: 'The idle timeout of TLS listeners is 350 seconds and cannot be changed.',
    see: `${NLB_DOCS}/update-idle-timeout.html`,
    check: ({ tls }) =>
      tls?._termination
        ? {
            property: 'tls',
            reason: 'is terminated at the load balancer, which drops connections after 350 idle seconds',
            remedy: 'Let clients send TCP keepalives more often than that.',
          }
        : undefined,
  },
  {
    name: 'PassthroughPlaintext',
    because: 'Passthrough forwards bytes unchanged, so a database that accepts plaintext accepts it from the internet.',
    check: ({ engine, tls }) =>
      !tls?._termination && engine.handshake !== TlsHandshake.NONE
        ? {
            property: 'tls',
            reason: 'is left to the database: the endpoint passes plaintext through if the database accepts it',
            remedy: `Make ${engine.displayName} refuse plaintext connections.`,
          }
        : undefined,
  },
  {
    name: 'NameNotVerifiable',
    because:
      "No certificate covers a load balancer's own DNS name, so clients that connect to it cannot verify the name.",
    check: ({ engine, tls, domainName, databaseCertificate }) =>
      domainName === undefined &&
      (tls?._termination || (mayBeOwnName(databaseCertificate) && engine.handshake !== TlsHandshake.NONE))
        ? {
            property: 'domain',
            reason:
              "is missing, and no certificate covers the load balancer's own name: clients can verify only its CA",
            remedy: tls?._termination
              ? 'Give the endpoint a domain name that its certificate covers.'
              : "Give the endpoint a domain name that the database's certificate covers, or set target.certificateName to the name in that certificate.",
          }
        : undefined,
  },
  {
    name: 'PlaintextToTarget',
    because: 'Without re-encryption the load balancer talks to the database in plaintext.',
    check: ({ engine, tls }) =>
      tls?._termination?.reencrypt === false && engine.handshake === TlsHandshake.IMMEDIATE
        ? {
            property: 'tls.reencrypt',
            value: false,
            reason: 'leaves the connection from the load balancer to the database in plaintext',
            remedy: 'Enable TLS at the database and leave this out.',
          }
        : undefined,
  },
  {
    name: 'WeakTlsPolicy',
    because:
      'AWS Security Hub (ELB.17) accepts the TLS13-1-3 and TLS13-1-2-Res policies; the others allow older protocols or ciphers without forward secrecy.',
    see: 'https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-17',
    check: ({ tls }) => {
      const name = tls?._termination?.policy?.name;
      return name === undefined || isUnresolved(name) || /-TLS13-1-(3|2-Res)/.test(name)
        ? undefined
        : {
            property: 'tls.policy',
            value: name,
            reason: 'allows protocols or ciphers that are no longer recommended',
            remedy: 'Use TlsPolicy.RECOMMENDED or TlsPolicy.WIDEST_SAFE once every client can.',
          };
    },
  },
];

// A name known after apply may well be that of a managed database, whose certificate contains it.
function mayBeOwnName({ name, followed }: DatabaseCertificate): boolean {
  return name === undefined && !isUnresolved(followed);
}
