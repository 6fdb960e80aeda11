import { run } from './program';

// A reader that has read enough closes the pipe, which is no failure.
process.stdout.on('error', () => undefined);

run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
}).then((exitCode) => {
  // The resolver of the operating system cannot be called off: nobody waits for it once everything is written.
  process.stdout.write('', () => process.exit(exitCode));
});
