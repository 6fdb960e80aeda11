/**
 * Whether a value is known only to Terraform: a CDKTF token, or a string with a Terraform template in it.
 *
 * Recognizes the encodings of CDKTF without importing it, so that the rules stay free of the framework; a test
 * holds this function against `Token.isUnresolved`.
 */
export function isUnknown(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return /[$%]\{|[#&]\{TfToken\[/.test(value);
    case 'number':
      // CDKTF encodes a number token as a double near the lowest one that exists.
      return value < -1e200;
    case 'object':
      if (value === null) return false;
      if (Array.isArray(value)) return value.some(isUnknown);
      if (typeof (value as { resolve?: unknown }).resolve === 'function') return true;
      return Object.keys(value).some((key) => key.startsWith('&{TfToken['));
    default:
      return false;
  }
}

/** Whether an array stands for a list whose very length is unknown until Terraform evaluates it. */
export function isUnknownList(values: readonly unknown[]): boolean {
  return values.some((value) => typeof value === 'string' && value.startsWith('#{TfToken['));
}
