import { run } from '../../../cli/program';

/** Runs the command with these arguments, and tells what it printed. */
export async function command(...args: string[]) {
  let out = '';
  let err = '';
  const exitCode = await run(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { exitCode, out, err };
}
