import { run } from './program';

// A reader that has read enough closes the pipe, which is no failure.
process.stdout.on('error', () => undefined);

run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  progress: process.stderr.isTTY ? showProgress : undefined,
}).then((exitCode) => {
  // The operating system's resolver cannot be cancelled: once everything is written, do not wait for it.
  process.stdout.write('', () => process.exit(exitCode));
});

/** One line that is written over and over; a longer one than the terminal is wide could not be taken back. */
function showProgress(line: string): void {
  // Some terminals do not tell how wide they are.
  const columns = process.stderr.columns || 80;
  process.stderr.write(`\r\u001b[K${line.slice(0, columns - 1)}`);
}
