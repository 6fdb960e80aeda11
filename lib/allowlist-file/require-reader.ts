import type { AllowlistRequirements } from '../allowlist/allowlist-requirements';
import type { Origin } from '../allowlist/origin';
import type { RequirementPart, StatedRequirements } from '../allowlist/requirements';
import { type Fields, type FileNotes, pairOf, pathOf, readFields, readFlag, readNumber } from './field-reader';

/** Keys of what a file requires of its entries. */
export const REQUIRE_KEYS: readonly string[] = ['owner', 'ticket', 'expires', 'maxDays', 'ticketIfWiderThan'];
/** Keys of the prefix lengths above whose blocks entries need a ticket. */
export const WIDTH_KEYS: readonly string[] = ['ipv4', 'ipv6'];

/** Reads what a file requires of its entries and of those of the files that it includes. */
export function readRequirements(file: Fields, notes: FileNotes): readonly StatedRequirements[] | undefined {
  const fields = readMap(file, 'require', REQUIRE_KEYS, notes);
  if (fields === undefined) return undefined;
  const widths = readMap(fields, 'ticketIfWiderThan', WIDTH_KEYS, notes);
  const required: AllowlistRequirements = {
    owner: readOptionalFlag(fields, 'owner', notes),
    ticket: readOptionalFlag(fields, 'ticket', notes),
    expires: readOptionalFlag(fields, 'expires', notes),
    maxDays: readNumber(fields, 'maxDays', notes)?.value,
    ticketIfWiderThan: widths && {
      ipv4: readNumber(widths, 'ipv4', notes)?.value,
      ipv6: readNumber(widths, 'ipv6', notes)?.value,
    },
  };
  return [{ required, originOf: (part) => placeOf(part, fields, widths, notes) }];
}

/** Reads a map that requires something: one that requires nothing was meant to. */
function readMap(outer: Fields, key: string, keys: readonly string[], notes: FileNotes): Fields | undefined {
  const value = pairOf(outer, key)?.value;
  if (value === undefined) return undefined;
  const path = pathOf(outer, key);
  const fields = readFields(value, path, keys, notes);
  if (fields?.pairs.length === 0) {
    const remedy = `Write one or more of ${keys.join(', ')}.`;
    notes.refuse(value, path, { rule: 'FileValueInvalid', reason: 'requires nothing', remedy });
  }
  return fields;
}

/** Left out is another thing than `false`. */
function readOptionalFlag(fields: Fields, key: string, notes: FileNotes): boolean | undefined {
  return pairOf(fields, key) && readFlag(fields, key, notes);
}

function placeOf(part: RequirementPart, fields: Fields, widths: Fields | undefined, notes: FileNotes): Origin {
  const [key, family] = part.split('.');
  const within = family !== undefined && widths ? widths : fields;
  const name = family ?? key;
  const pair = pairOf(within, name);
  return notes.originOf({ at: pair ? pair.value.at : within.at, path: pathOf(within, name) });
}
