/**
 * Keeps V8 from capturing stack traces until the returned function is called, with what was thrown meanwhile, if
 * anything was: it gets a stack again. Nothing else may run in between.
 *
 * CDKTF has a trace captured for each nested block that could be referred to, and sets the limit of their length for
 * each of them: hence a property that cannot be set in place of the one that can.
 *
 * @see https://nodejs.org/api/errors.html#errorstacktracelimit
 */
export function withoutStackTraces(): (thrown?: unknown) => void {
  const limit = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  // Whoever froze it, or removed it, wants it as it is.
  if (limit?.configurable !== true) return () => undefined;
  Object.defineProperty(Error, 'stackTraceLimit', ZERO);
  return (thrown) => {
    Object.defineProperty(Error, 'stackTraceLimit', limit);
    const lacksStack = thrown instanceof Error && !thrown.stack?.includes('\n    at ');
    if (lacksStack && Object.isExtensible(thrown)) Error.captureStackTrace(thrown);
  };
}

const ZERO: PropertyDescriptor = { configurable: true, enumerable: true, get: () => 0, set: () => undefined };
