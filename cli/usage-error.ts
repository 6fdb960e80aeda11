/** A command line that makes no sense. The message is a sentence that says what to write instead. */
export class UsageError extends Error {}
