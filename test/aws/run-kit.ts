import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TlsPolicy } from 'cdktf-database-endpoint';
import { testCertificate } from '../support/certificates';
import { Clock } from './clock';
import { MEASUREMENTS } from './measurements';
import type { Context, Row } from './measurements/measurement';
import { markdown } from './report';
import { PORTS, type Setting, type Site, synthesize, TLS_NAME, WEIGHTED_PORT } from './stack';
import { TargetGroups } from './target-groups';
import { Terraform } from './terraform';

/** What a run is asked for. */
export interface KitOptions {
  readonly region: string;
  readonly client: string;
  readonly only?: readonly string[];
  readonly slow: boolean;
  readonly patience: number;
  readonly folder: string;
}

/** Deploys, measures, reports and destroys. Returns the exit code: 130 where it was interrupted. */
export async function runKit(options: KitOptions): Promise<number> {
  const { folder } = options;
  const site = newSite(options);
  const first: Setting = { clients: [options.client], tlsPolicy: TlsPolicy.RECOMMENDED };
  const terraform = new Terraform(synthesize(site, first), folder);
  const interruption = new AbortController();
  const interrupt = () => {
    if (!interruption.signal.aborted) say('interrupted: everything is destroyed now, which takes some minutes');
    interruption.abort(new Error('interrupted'));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);

  const rows: Row[] = [];
  let failure: unknown;
  try {
    say('step: init');
    await terraform.init(interruption.signal);
    if (leftOver(folder)) {
      say('step: destroy what an earlier run has left');
      await terraform.destroy();
    }
    say('step: deploy');
    await terraform.apply(interruption.signal);
    await measure(options, { site, first, terraform, signal: interruption.signal, rows });
  } catch (error) {
    failure = error;
  }

  // The folder holds what the state needs to be destroyed, should this fail.
  await destroyAll(terraform);
  writeFileSync(join(folder, 'results.md'), markdown(options.region, rows, interruption.signal.aborted));
  say(`step: done, see ${join(folder, 'results.md')}`);
  if (interruption.signal.aborted) return 130;
  if (failure) say(firstLine(failure));
  return failure ? 1 : 0;
}

interface Run {
  readonly site: Site;
  readonly first: Setting;
  readonly terraform: Terraform;
  readonly signal: AbortSignal;
  readonly rows: Row[];
}

async function measure(options: KitOptions, { site, first, terraform, signal, rows }: Run): Promise<void> {
  const failed: string[] = [];
  const outputs = await terraform.outputs();
  const host = outputs['tcp_host'] ?? '';
  const context: Context = {
    outputs,
    clock: new Clock(signal, options.patience),
    groups: new TargetGroups(options.region, PORTS.tcp),
    tcp: { host, port: PORTS.tcp },
    weighted: { host, port: WEIGHTED_PORT },
    tls: {
      host: outputs['tls_host'] ?? '',
      port: PORTS.tls,
      tls: { certificate: site.certificate.certificate, serverName: TLS_NAME, maxVersion: 'TLSv1.3' },
    },
    apply: async (setting) => {
      synthesize(site, { ...first, ...setting });
      await terraform.apply(signal);
    },
  };
  for (const { name, slow = false, run } of MEASUREMENTS) {
    if (options.only ? !options.only.includes(name) : slow && !options.slow) continue;
    say(`step: ${name}`);
    try {
      rows.push(...(await run(context)));
    } catch (error) {
      signal.throwIfAborted();
      // One that fails must not cost what the others would have told.
      failed.push(name);
      rows.push({ question: name, documented: '', measured: `failed: ${firstLine(error)}` });
      await context.apply({});
    }
  }
  if (failed.length > 0) throw new Error(`failed: ${failed.join(', ')}; see terraform.log in ${options.folder}`);
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
}

/** Tried three times: AWS needs a while to let go of the interfaces of load balancers. */
async function destroyAll(terraform: Terraform): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      say('step: destroy');
      await terraform.destroy();
      return;
    } catch (error) {
      if (attempt === 3) {
        say('NOT everything could be destroyed. Run the same command again: it destroys first what is left.');
        throw error;
      }
    }
  }
}

function newSite({ region, folder }: KitOptions): Site {
  const file = join(folder, 'site.json');
  // The same certificate and tags as long as something is left that carries them.
  if (leftOver(folder) && existsSync(file)) {
    const left = JSON.parse(readFileSync(file, 'utf8'));
    if (left.region !== region)
      throw new Error(`An earlier run has left something in ${left.region}: run it there first.`);
    return { ...left, folder };
  }
  rmSync(join(folder, 'results.md'), { force: true });
  const site = {
    region,
    run: `kit-${randomBytes(4).toString('hex')}`,
    certificate: testCertificate({ names: [TLS_NAME] }),
  };
  writeFileSync(file, JSON.stringify(site), { mode: 0o600 });
  return { ...site, folder };
}

function leftOver(folder: string): boolean {
  const file = join(folder, 'terraform.tfstate');
  return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).resources?.length > 0;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
