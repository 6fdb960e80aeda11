import type { Judge } from './finding';

const DAY = 24 * 60 * 60 * 1000;

/** Every automatic renewal should have happened by then: ACM begins 45 days, most ACME clients 30 days before the end. */
const WARN_DAYS = 14;

export const expiry: Judge = ({ now, tls }) => {
  if (!tls?.opened) return undefined;
  const { validFrom, validTo } = tls.certificate;
  const days = Math.floor((validTo.getTime() - now.getTime()) / DAY);
  const until = dateOf(validTo);
  if (validTo < now) {
    return {
      status: 'failed',
      detail: `expired on ${until}, ${-days - 1} days ago`,
      remedy: 'Renew the certificate, and make the server load it.',
    };
  }
  if (validFrom > now) {
    return {
      status: 'failed',
      detail: `valid from ${dateOf(validFrom)} only`,
      remedy: 'Check the clocks of this machine and of the one that issued the certificate.',
    };
  }
  const detail = `${days} days left, until ${until}`;
  if (days >= WARN_DAYS) return { status: 'ok', detail };
  return {
    status: 'warning',
    detail,
    remedy: 'Check why it was not renewed yet, and whether the server loads the new one.',
  };
};

function dateOf(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an unknown date' : date.toISOString().slice(0, 10);
}
