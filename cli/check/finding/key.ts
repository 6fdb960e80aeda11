import type { KeyFacts } from '../certificate-facts';
import type { Judge } from './finding';

/**
 * Whether a network load balancer would take a certificate with this key, and whether anybody should.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/tls-listener-certificates.html
 */
export const key: Judge = ({ tls }) => {
  if (!tls?.opened) return undefined;
  const { key } = tls.certificate;
  if (key.type === 'rsa' && (key.bits ?? 0) < 2048) {
    return {
      status: 'failed',
      detail: `${describe(key)} is too short`,
      remedy: 'Issue a certificate with an ECDSA P-256 or RSA 2048 key.',
    };
  }
  if (isTakenByLoadBalancers(key)) return { status: 'ok', detail: `${describe(key)}, which load balancers support` };
  return {
    status: 'warning',
    detail: `${describe(key)}, which network load balancers do not support`,
    remedy:
      'Fine if the database itself terminates TLS. To terminate it at the load balancer, issue a certificate with an ECDSA P-256 or RSA 2048 key.',
  };
};

const CURVES: Record<string, string> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

function isTakenByLoadBalancers({ type, bits = 0, curve = '' }: KeyFacts): boolean {
  return type === 'rsa' ? bits <= 3072 : type === 'ec' && curve in CURVES;
}

function describe({ type, bits, curve }: KeyFacts): string {
  if (type === 'ec' && curve) return `ECDSA ${CURVES[curve] ?? curve}`;
  return `${type.toUpperCase()}${bits ? ` ${bits}` : ''}`;
}
