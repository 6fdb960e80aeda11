import type { Judge } from './finding';

/** Whether the certificate carries the name that clients ask for. */
export const name: Judge = ({ request: { serverName, host }, tls }) => {
  if (!tls?.opened) return undefined;
  const { nameMatch, names } = tls.certificate;
  if (nameMatch === 'name') return { status: 'ok', detail: `the certificate covers ${serverName}` };
  if (nameMatch === 'common-name') {
    return {
      status: 'warning',
      detail: `the certificate has ${serverName} only as its common name`,
      remedy: 'Issue it with a subject alternative name: Go, Java, Node.js and browsers ignore the common name.',
    };
  }
  return {
    status: 'failed',
    detail: `the certificate covers ${listed(names)}, not ${serverName}`,
    remedy:
      serverName === host
        ? 'Issue a certificate for this name. If that is impossible (a managed database behind passthrough), check with --servername and the name in the certificate, and tell clients that name.'
        : 'Check whether --servername is the name in the certificate.',
  };
};

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'no name';
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}
