import { describeProblem } from '../../lib/rules/endpoint-error';
import { locationText } from '../../lib/rules/location';
import { printable } from '../../lib/rules/printable';
import type { AllowlistReport, PlacedEntry } from './check-file';

/** A report for people. */
export function textOf(report: AllowlistReport): string {
  const { problems, warnings } = report;
  const lines = [
    ...problems.map((problem) => `error: ${describeProblem(problem)}`),
    ...warnings.map((warning) => `warning: ${describeProblem(warning)}`),
    ...(problems.length > 0 ? [`${problems.length} to fix in ${titleOf(report)}`] : summaryOf(report)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function titleOf({ files, name, groups }: AllowlistReport): string {
  const read = files.length > 0 ? files.join(', ') : name;
  if (groups === undefined) return read;
  return groups.length === 0 ? `${read} (entries in no group)` : `${read} (${groups.join(', ')})`;
}

function summaryOf(report: AllowlistReport): string[] {
  const { entries, expired, kinds, addresses, securityGroups } = report;
  const parts = [
    counted(kinds.blocks, 'block'),
    counted(kinds.prefixLists, 'prefix list'),
    counted(kinds.securityGroups, 'security group'),
    kinds.anywhere > 0 ? 'anywhere' : '',
  ].filter((part) => part !== '');
  const references = [counted(kinds.prefixLists, 'prefix list'), counted(kinds.securityGroups, 'security group')];
  const unmeasured = references.filter((part) => part !== '').join(' and ');
  const groups = securityGroups.map(({ name, ipv4, ipv6 }) => `${name} (${ipv4} IPv4, ${ipv6} IPv6)`).join(', ');
  const title = `${titleOf(report)}: ${counted(entries, 'entry', 'entries')}`;
  return [
    `${title}${expired > 0 ? `, ${expired} of them expired` : ''}${kinds.blocks === entries ? '' : `: ${parts.join(', ')}`}`,
    `admits ${addresses.ipv4} IPv4 and ${addresses.ipv6} IPv6 addresses${unmeasured === '' ? '' : `, plus the contents of ${unmeasured}`}`,
    `rules by security group: ${groups}`,
    ...shadowedIn(report),
  ];
}

/** How many shadowed entries are listed: where everybody is admitted, all others are. */
const SHOWN = 50;

function shadowedIn({ shadowed }: AllowlistReport): string[] {
  if (shadowed.length === 0) return [];
  const lines = shadowed
    .slice(0, SHOWN)
    .map((entry) => printable(`  ${placeOf(entry)} lies within ${placeOf(entry.within)}`));
  const more = shadowed.length - lines.length;
  return [
    `${counted(shadowed.length, 'shadowed entry', 'shadowed entries')}, which admit nobody that another one does not admit:`,
    ...lines,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function placeOf({ value, location, owner, expires }: PlacedEntry): string {
  const about = [location && locationText(location), owner && `owner ${owner}`, expires && `until ${expires}`];
  return `${value} (${about.filter(Boolean).join(', ')})`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : many}`;
}
