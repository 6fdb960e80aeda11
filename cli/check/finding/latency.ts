import type { Judge } from './finding';

/** Nothing to judge: what is slow depends on where one stands. */
export const latency: Judge = ({ addresses, tls }) => {
  const connectMs = addresses.find((address) => address.connectMs !== undefined)?.connectMs;
  if (connectMs === undefined) return undefined;
  const handshake = tls?.opened ? `, TLS handshake ${tls.handshakeMs.toFixed(1)} ms` : '';
  return { status: 'ok', detail: `TCP connection ${connectMs.toFixed(1)} ms${handshake}` };
};
