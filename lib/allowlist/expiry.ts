import type { Mistake } from '../network/mistake';

/** Checks a date. Only `YYYY-MM-DD` is one: every other form is read differently somewhere. */
export function checkExpiry(text: string): Mistake<'ExpiryInvalid'> | undefined {
  const day = dayNumber(text);
  if (day !== undefined) return undefined;
  return {
    rule: 'ExpiryInvalid',
    reason: DATE.test(text) ? 'is not a valid calendar date' : 'is not a date',
    remedy: 'Write the last day of access as YYYY-MM-DD, for example 2027-01-31.',
  };
}

/** Whether a text is a date on which an entry can expire. */
export function isExpiry(text: string): boolean {
  return dayNumber(text) !== undefined;
}

/** Days of access that are left after a day, in UTC: 0 on the last day, negative once the entry has expired. */
export function daysLeft(expires: string, now: Date): number {
  const last = dayNumber(expires);
  if (last === undefined) throw new Error(`'${expires}' is not a date`);
  return last - Math.floor(now.getTime() / DAY);
}

/**
 * The first instant after a last day of access, in UTC and without a time zone, as EventBridge Scheduler takes it. Its
 * years have four digits, so what is to last for ever ends a second early.
 */
export function instantAfter(lastDay: string): string {
  return lastDay === LAST_OF_ALL ? `${lastDay}T23:59:59` : `${dayAfter(1, new Date(`${lastDay}T00:00:00Z`))}T00:00:00`;
}

/** The day so many days after a day, in UTC. */
export function dayAfter(days: number, now: Date): string {
  return new Date((Math.floor(now.getTime() / DAY) + days) * DAY).toISOString().slice(0, 10);
}

const LAST_OF_ALL = '9999-12-31';
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAY = 24 * 60 * 60 * 1000;

function dayNumber(text: string): number | undefined {
  const time = DATE.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Some engines roll 30 February over into March.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text ? undefined : time / DAY;
}
