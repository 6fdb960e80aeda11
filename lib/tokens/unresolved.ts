/**
 * Whether a value is known after apply: a CDKTF token. A literal text is what it is, also where it looks like a
 * template of Terraform.
 *
 * Recognizes the encodings of CDKTF without importing it, so that the rules stay free of the framework; a test
 * holds this function against `Token.isUnresolved`.
 */
export function isUnresolved(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return TOKEN.test(value);
    case 'number':
      return isNumberToken(value);
    case 'object':
      if (value === null) return false;
      if (Array.isArray(value)) return value.some((each) => !Array.isArray(each) && isUnresolved(each));
      if (typeof (value as { resolve?: unknown }).resolve === 'function') return true;
      return Object.keys(value).some((key) => key.startsWith('&{TfToken['));
    default:
      return false;
  }
}

/** A token, as CDKTF writes it in place of a text, of the only item of a list, or of a key of a map. */
const TOKEN = /[$#&]\{TfToken\[[\w:.-]+\]\}/;

/**
 * Whether CDKTF may have something to resolve in a value, however deep: where not, resolving it would change nothing.
 */
export function mayHoldTokens(value: unknown): boolean {
  if (typeof value === 'string') return mayBeTokens(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'number' && isNumberToken(value);
  if (Array.isArray(value)) return value.some(mayHoldTokens);
  if (typeof (value as { resolve?: unknown }).resolve === 'function') return true;
  return Object.keys(value).some(mayBeTokens) || Object.values(value).some(mayHoldTokens);
}

// Nearly every text has neither, which a search for a word finds sooner than a pattern.
function mayBeTokens(text: string): boolean {
  return (text.includes('{TfToken[') || text.includes('e+')) && TOKEN_IN_TEXT.test(text);
}

// A number token within a text is a number so large that it has an exponent.
const TOKEN_IN_TEXT = /[$#&]\{TfToken\[|\de\+\d/;

/**
 * Whether a value is a list whose length is unknown until Terraform evaluates it: a token list, or what CDKTF's
 * functions return in place of a list.
 */
export function isUnresolvedList(values: readonly unknown[]): boolean {
  return Array.isArray(values)
    ? values.some((value) => typeof value === 'string' && value.startsWith('#{TfToken['))
    : isUnresolved(values);
}

/** The items of a list, each of which may be unknown; none where the list itself is. */
export function itemsOf<Item>(values: readonly Item[]): readonly Item[] {
  return isUnresolvedList(values) ? [] : values;
}

// CDKTF marks a number token, and a token list of numbers, by the upper 16 bits of the double.
function isNumberToken(value: number): boolean {
  BYTES.setFloat64(0, value);
  const mark = BYTES.getUint16(0);
  return mark === 0xfdff || mark === 0xfbff;
}

const BYTES = new DataView(new ArrayBuffer(8));
