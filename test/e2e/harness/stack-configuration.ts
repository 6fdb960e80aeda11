import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A stack: the folder that CDKTF synthesized it to, or its Terraform JSON. */
export type StackSource = string | Readonly<Record<string, unknown>>;

export interface StackOptions {
  /**
   * Lets the real provider plan new resources with no AWS behind it. Only plans of new resources work: anything that
   * must be read fails.
   */
  readonly withoutAws?: boolean;
}

const STACK = 'cdk.tf.json';
const OVERRIDE = 'harness_override.tf.json';

/**
 * Puts a stack into a folder as it is. What tests need beside it stands in an override file, which Terraform merges:
 * state that CDKTF would keep beside the project goes into the folder; a remote backend stays.
 * @see https://developer.hashicorp.com/terraform/language/files/override
 */
export function writeStack(folder: string, source: StackSource, { withoutAws = false }: StackOptions): void {
  rmSync(join(folder, 'assets'), { recursive: true, force: true });
  if (typeof source === 'string') cpSync(source, folder, { recursive: true });
  else writeFileSync(join(folder, STACK), JSON.stringify(source, undefined, 2));
  const override = {
    ...(keepsStateLocally(folder) ? { terraform: { backend: { local: { path: 'terraform.tfstate' } } } } : {}),
    ...(withoutAws ? { provider: { aws: providersOf(folder).map(asOffline) } } : {}),
  };
  writeFileSync(join(folder, OVERRIDE), JSON.stringify(override));
}

/**
 * Lets Terraform destroy what the stack guards with `prevent_destroy`, as long as the action runs. Terraform refuses
 * `destroy`, and `terraform test` fails when it tears down what it has made.
 */
export async function withoutGuards<Result>(folder: string, action: () => Promise<Result>): Promise<Result> {
  const file = join(folder, STACK);
  // A stack in HCL is planned at most.
  if (!existsSync(file)) return await action();
  const guarded = readFileSync(file, 'utf8');
  const unguarded = JSON.parse(guarded, (key, value) => (key === 'prevent_destroy' ? undefined : value));
  writeFileSync(file, JSON.stringify(unguarded));
  try {
    return await action();
  } finally {
    writeFileSync(file, guarded);
  }
}

/** The `aws` provider blocks of the stack in a folder: one, or one for each alias. */
export function providersOf(folder: string): Record<string, unknown>[] {
  const blocks = readStack(folder).provider?.aws ?? [];
  return Array.isArray(blocks) ? blocks : [blocks];
}

function asOffline({ alias }: Record<string, unknown>) {
  const skip = { skip_credentials_validation: true, skip_metadata_api_check: true, skip_requesting_account_id: true };
  return { ...(alias ? { alias } : {}), ...skip };
}

function keepsStateLocally(folder: string): boolean {
  const backend = readStack(folder).terraform?.backend;
  return backend === undefined || 'local' in backend;
}

interface StackJson {
  readonly terraform?: { readonly backend?: Record<string, unknown> };
  readonly provider?: { readonly aws?: Record<string, unknown> | Record<string, unknown>[] };
}

function readStack(folder: string): StackJson {
  const file = join(folder, STACK);
  if (!existsSync(file)) throw new Error(`${folder} holds no ${STACK}: is it a synthesized stack's folder?`);
  return JSON.parse(readFileSync(file, 'utf8'));
}
