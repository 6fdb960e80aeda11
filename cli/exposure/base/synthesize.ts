import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { objectOf, readJson } from '../../stack/json-file';
import { UsageError } from '../../usage-error';
import { withoutRepository } from './git';

/** How much of what a command says is shown if it fails: the end tells why. */
const SHOWN = 4000;

/** How an app is synthesized. */
export interface Synthesis {
  /** The folder of the app. */
  readonly folder: string;
  /** Where what it writes is to go. */
  readonly outdir: string;
  /** What runs the app, instead of the command in its cdktf.json. */
  readonly command?: string;
  /** What is said of it: `the base`. */
  readonly title: string;
  readonly signal: AbortSignal;
}

/**
 * Runs an app by its own command, as `cdktf synth` does, and without any rights in the cloud: what it runs may be the code
 * of somebody who has none.
 *
 * @returns the folder that it has written.
 */
export async function synthesize({ folder, outdir, command, title, signal }: Synthesis): Promise<string> {
  const settings = settingsOf(folder);
  const app = command ?? settings['app'];
  if (typeof app !== 'string' || app.trim() === '') {
    throw new UsageError(
      `There is no command that synthesizes ${title}: its cdktf.json has no app. Write --synth-command COMMAND.`,
    );
  }
  const said = await runApp(app, folder, environment(outdir, settings['context']), signal);
  if (said !== undefined) throw new UsageError(`${title} cannot be synthesized by '${app}':\n${said}`);
  const own = join(folder, typeof settings['output'] === 'string' ? settings['output'] : 'cdktf.out');
  const written = [outdir, own].find((each) => existsSync(join(each, 'manifest.json')));
  if (written !== undefined) return written;
  throw new UsageError(`'${app}' has written nothing for ${title}. It has to write to the folder in CDKTF_OUTDIR.`);
}

function settingsOf(folder: string): ReturnType<typeof objectOf> {
  const file = join(folder, 'cdktf.json');
  return existsSync(file) ? objectOf(readJson(file)) : {};
}

/** Credentials of AWS and Terraform, and what GitHub Actions gets them and its token with. */
const RIGHTS =
  /^(AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN|PROFILE|DEFAULT_PROFILE|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE|CONTAINER_.*)|TF_TOKEN_.*|TF_VAR_.*|ACTIONS_ID_TOKEN_.*|ACTIONS_RUNTIME_TOKEN|GITHUB_TOKEN|GH_TOKEN|CI_JOB_TOKEN)$/;

/** The environment of a synthesis. */
export function environment(outdir: string, context: unknown, from = process.env): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(withoutRepository(from)).filter(([name]) => !RIGHTS.test(name))),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_CONFIG_FILE: '/dev/null',
    CDKTF_OUTDIR: outdir,
    CDKTF_CONTEXT_JSON: JSON.stringify({ ...objectOf(context), ...parsed(from['CDKTF_CONTEXT_JSON']) }),
    DATABASE_ENDPOINT_WARNINGS: 'quiet',
  };
}

function parsed(text: string | undefined): object {
  try {
    return objectOf(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}

/** Runs a command in a shell. Resolves with the end of what it said if it failed. */
function runApp(
  command: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    // A group of its own, so that it ends with everything that it has started.
    const child = spawn(command, { cwd, env, shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said = `${said}${text}`.slice(-SHOWN);
      });
    }
    const stop = () => {
      if (child.pid !== undefined) killGroup(child.pid);
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) resolve('interrupted');
      else resolve(code === 0 ? undefined : said.trim() || `it ended with ${code ?? 'a signal'}`);
    });
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
