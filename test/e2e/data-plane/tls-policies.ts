import type { SecureContextOptions } from 'node:tls';
import { NotUnderstood } from './understood';

/** Forward secrecy and AEAD only; for TLS 1.3 these are all there are. */
const RESTRICTED = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
].join(':');

/** Post-quantum key exchange is not among what OpenSSL 3.0 knows: those policies run with classical key exchange. */
const POLICIES: Readonly<Record<string, SecureContextOptions>> = {
  'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09': { minVersion: 'TLSv1.2', ciphers: RESTRICTED },
  'ELBSecurityPolicy-TLS13-1-2-Res-2021-06': { minVersion: 'TLSv1.2', ciphers: RESTRICTED },
  'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09': { minVersion: 'TLSv1.3' },
  'ELBSecurityPolicy-TLS13-1-3-2021-06': { minVersion: 'TLSv1.3' },
};

/**
 * Versions and ciphers of a security policy.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html
 */
export function tlsPolicy(name: string): SecureContextOptions {
  const policy = POLICIES[name];
  if (!policy) throw new NotUnderstood(`the security policy ${name}`);
  return policy;
}
