import { writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { providerInstallation } from './cli-config';
import { scratchFolder } from './scratch';
import { findTools } from './tools';

/** A port on which nothing listens. */
const NOWHERE = 'http://127.0.0.1:1';

export interface EnvironmentOptions {
  /** Where AWS answers; without it a call of AWS fails at once instead of leaving the machine. */
  readonly endpoint?: string;
  /** The running provider to attach to; without it Terraform starts its own. */
  readonly reattach?: string;
}

/**
 * The environment of Terraform, of its provider, of the cdktf CLI and of scripts that call them: non-interactive, with
 * nothing of the user's own Terraform or AWS settings in it.
 */
export function pipelineEnvironment({ endpoint, reattach }: EnvironmentOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|AWS_|CDKTF_|NODE_OPTIONS$)/.test(name));
  return {
    ...Object.fromEntries(inherited),
    TF_CLI_CONFIG_FILE: cliConfigFile(),
    ...(reattach ? { TF_REATTACH_PROVIDERS: reattach } : {}),
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    CI: 'true',
    // Terraform and its provider decode schemas of 14 MB in every run; fewer collections save a third of the time.
    GOGC: '400',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_S3_USE_PATH_STYLE: 'true',
    ...(endpoint ? { AWS_ENDPOINT_URL: endpoint } : { AWS_ENDPOINT_URL: NOWHERE, AWS_MAX_ATTEMPTS: '1' }),
  };
}

function cliConfigFile(): string {
  const file = join(scratchFolder('cli'), 'cli.tfrc');
  writeFileSync(file, providerInstallation(findTools().provider.mirror ?? ''));
  return file;
}
