/** What the command tells the shell. The numbers are part of its interface: docs/cli.md and the help list them. */
export enum ExitCode {
  /** Everything that was asked holds. */
  OK = 0,
  /** At least one check failed; with `--expect blocked`, the connection got through. */
  FAILED = 1,
  /** The command line is invalid, or a file that it names cannot be used. */
  USAGE = 2,
  /** Nothing answers there, or the answer proves nothing: the name is unknown, there is no route. */
  UNREACHABLE = 3,
  /** The command itself is broken. */
  BUG = 4,
}
