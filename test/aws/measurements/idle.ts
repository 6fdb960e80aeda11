import { Connection } from '../connection';
import { type Context, type Measurement, NOT_REACHED } from './measurement';

/** Connections that are silent for longer than the listener allows. */
export const idle: Measurement = {
  name: 'idle',
  minutes: 15,
  slow: true,
  run: async (context) => [
    await after(context, 'tcp', 50, 'works: the listener was set to 60 s'),
    await after(context, 'tcp', 75, 'is cut: the listener was set to 60 s'),
    await after(context, 'tls', 340, 'works: 350 s'),
    await after(context, 'tls', 365, 'is cut: 350 s'),
  ],
};

async function after(context: Context, listener: 'tcp' | 'tls', seconds: number, documented: string) {
  const open = await Connection.open(context[listener]).catch(() => undefined);
  await context.clock.wait(seconds);
  const measured = await open?.ask().then(
    () => 'works',
    () => 'is cut',
  );
  open?.close();
  return {
    question: `A connection through the ${listener.toUpperCase()} listener that was silent for ${seconds} s`,
    documented,
    measured: measured ?? NOT_REACHED,
  };
}
