import { createHash } from 'node:crypto';

/** Longest name of an alarm. */
const LONGEST = 255;

/** Longest name of a function, which is the longest of the names that AWS or Terraform made unique. */
const LONGEST_UNIQUE = 64;

/**
 * What an alarm is called. CloudWatch would silently overwrite an alarm of the same name in the account and Region, such
 * as that of another app with the same ids: so the name holds one that is unique there, which may be a token.
 */
export function alarmName(path: string, title: string, unique: string): string {
  const room = LONGEST - LONGEST_UNIQUE - title.length - ': '.length - ' ()'.length;
  return `${shortened(path, room)}: ${title} (${unique})`;
}

/** A path in printable ASCII; what is lost is told apart by a hash. */
export function shortened(path: string, length = LONGEST): string {
  const plain = path.replace(/[^ -~]/g, '-');
  if (plain === path && path.length <= length) return path;
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 8);
  return `${plain.slice(0, length - hash.length - 1)}~${hash}`;
}
