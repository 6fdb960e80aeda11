import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { providerInstallation } from './cli-config';
import { scratchFolder } from './scratch';
import type { Finding } from './tools';

/** The provider that the installed `@cdktf/provider-aws` was generated from. */
const { name: ADDRESS, version: VERSION } = require('@cdktf/provider-aws/package.json').cdktf.provider;
const PLATFORM = `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;

/** Where a download lands, so that the next run finds it. */
const DOWNLOADS = join(homedir(), '.cache', 'database-endpoint-e2e', 'plugins');

/**
 * Finds the AWS provider as an unpacked binary in a filesystem mirror; where there is none, lets Terraform unpack a
 * packed mirror or download from the registry, once. The folder that holds it is a mirror again.
 */
export function findProvider(terraform: string, roots = mirrorRoots()): Finding {
  for (const root of [...roots, DOWNLOADS]) {
    const binary = binaryIn(root);
    if (binary) return { path: binary, mirror: root, text: `AWS provider ${VERSION} (mirror ${root})` };
  }
  const packed = roots.find((root) => existsSync(join(root, ADDRESS)));
  const failure = installInto(DOWNLOADS, terraform, packed);
  const binary = binaryIn(DOWNLOADS);
  if (binary) {
    return {
      path: binary,
      mirror: DOWNLOADS,
      text: `AWS provider ${VERSION} (${packed ?? 'registry'} -> ${DOWNLOADS})`,
    };
  }
  const hint = 'set TF_PROVIDER_MIRROR to a folder that holds it';
  return { text: `no AWS provider ${VERSION}: no mirror has it, and the registry: ${failure}; ${hint}` };
}

/** @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories */
function mirrorRoots(): string[] {
  const optional = existsSync('/opt') ? readdirSync('/opt').map((folder) => join('/opt', folder)) : [];
  return [
    process.env['TF_PROVIDER_MIRROR'] ?? '',
    join(homedir(), '.terraform.d', 'plugins'),
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
    ...optional,
  ].filter((root) => root && existsSync(root));
}

function binaryIn(root: string): string | undefined {
  const folder = join(root, ADDRESS, VERSION, PLATFORM);
  const file = existsSync(folder) ? readdirSync(folder).find((name) => name.startsWith('terraform-provider-aws')) : '';
  return file ? join(folder, file) : undefined;
}

function installInto(target: string, terraform: string, mirror?: string): string {
  const folder = scratchFolder('provider');
  mkdirSync(target, { recursive: true });
  const requirement = { terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: VERSION } } } };
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(requirement));
  writeFileSync(join(folder, 'cli.tfrc'), mirror ? providerInstallation(mirror) : '');
  const { stderr } = spawnSync(terraform, ['init', '-no-color', '-input=false'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, TF_CLI_CONFIG_FILE: join(folder, 'cli.tfrc'), TF_PLUGIN_CACHE_DIR: target },
  });
  return (stderr ?? '').replace(/\s+/g, ' ').trim().slice(0, 300) || 'no answer';
}
