/**
 * Text of a server, made safe for a terminal: control characters and everything that reorders text become `?`,
 * and there is an end to it.
 */
export function printable(text: string, limit = 200): string {
  const clean = text.trim().replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]+/gu, '?');
  return clean.length > limit ? `${clean.slice(0, limit - 3)}...` : clean;
}
