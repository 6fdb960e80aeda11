/** A command line that is invalid. The message is a sentence that says what to write instead. */
export class UsageError extends Error {}
