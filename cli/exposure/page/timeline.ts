import { daysLeft, isExpiry } from '../../../lib/allowlist/expiry';
import type { PageEntry } from './page-data';

// What expires when. It runs in the browser, and is tested without one.

/** An entry and the path of its endpoint. */
export interface Ending {
  readonly endpoint: string;
  readonly entry: PageEntry;
}

export interface Timeline {
  /** Months, or years where there are many months, one after the other without a gap. */
  readonly periods: readonly Period[];
  /** The last days of access, the first one first. */
  readonly days: readonly LastDay[];
  /** How many entries do not end by themselves. */
  readonly withoutEnd: number;
  /** How many have an expiry that is not a date. */
  readonly unreadable: number;
}

export interface Period {
  /** `2027-01`, `2027` or `later`. */
  readonly name: string;
  readonly count: number;
  /** Those that end within 30 days, or have ended. */
  readonly soon: number;
}

export interface LastDay {
  readonly day: string;
  readonly daysLeft: number;
  readonly endings: readonly Ending[];
}

/** Up to when an end is soon. */
export const SOON_DAYS = 30;

const MOST_MONTHS = 48;
const MOST_YEARS = 24;

/** The period of all that ends after the last year that has room. */
const LATER = 'later';

/** Sorts entries by their last day. */
export function timelineOf(endings: readonly Ending[], asOf: Date): Timeline {
  const byDay = new Map<string, Ending[]>();
  let [withoutEnd, unreadable] = [0, 0];
  for (const ending of endings) {
    const { expires } = ending.entry;
    if (expires === undefined) withoutEnd++;
    else if (!isExpiry(expires)) unreadable++;
    else if (!byDay.get(expires)?.push(ending)) byDay.set(expires, [ending]);
  }
  const days = [...byDay]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, all]) => ({ day, daysLeft: daysLeft(day, asOf), endings: all }));
  return { periods: periodsOf(days, asOf.toISOString().slice(0, 10)), days, withoutEnd, unreadable };
}

function periodsOf(days: readonly LastDay[], today: string): Period[] {
  if (days.length === 0) return [];
  const [first] = [today, days[0].day].sort();
  const names = namesOf(first, days[days.length - 1].day);
  const counts = new Map(names.map((name) => [name, { name, count: 0, soon: 0 }]));
  for (const { day, daysLeft: left, endings } of days) {
    const period = counts.get(day.slice(0, names[0].length)) ?? counts.get(LATER)!;
    period.count += endings.length;
    if (left <= SOON_DAYS) period.soon += endings.length;
  }
  return [...counts.values()];
}

function namesOf(first: string, last: string): string[] {
  const months = monthNumber(last) - monthNumber(first) + 1;
  if (months <= MOST_MONTHS) return Array.from({ length: months }, (_, i) => monthName(monthNumber(first) + i));
  const years = Number(last.slice(0, 4)) - Number(first.slice(0, 4)) + 1;
  const names = Array.from({ length: Math.min(years, MOST_YEARS) }, (_, i) => yearName(Number(first.slice(0, 4)) + i));
  return years > MOST_YEARS ? [...names, LATER] : names;
}

function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

function monthName(number: number): string {
  return `${yearName(Math.floor(number / 12))}-${String((number % 12) + 1).padStart(2, '0')}`;
}

function yearName(year: number): string {
  return String(year).padStart(4, '0');
}
