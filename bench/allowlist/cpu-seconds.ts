import { writeSync } from 'node:fs';

/** Begins to count the work itself: call it when everything is imported. */
export function workBegins(): void {
  begun = { clock: process.hrtime.bigint(), processor: process.cpuUsage() };
}

let begun: { clock: bigint; processor: NodeJS.CpuUsage } | undefined;

// The last line of a script's output: the seconds of a processor that all of it took, which say little about what else
// the machine had to do, and the seconds that the work took once everything was imported.
process.on('exit', () => {
  const seconds = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1e6;
  const whole = seconds(process.cpuUsage());
  const clock = begun === undefined ? 0 : Number(process.hrtime.bigint() - begun.clock) / 1e9;
  const work = begun === undefined ? 0 : seconds(process.cpuUsage(begun.processor));
  writeSync(1, `\n${JSON.stringify({ processor: whole, workClock: clock, workProcessor: work })}`);
});
