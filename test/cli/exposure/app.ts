import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { DatabaseEndpoint, type DatabaseEndpointProps } from '../../../lib';
import { EXPOSURE_SCHEMA } from '../../../lib/exposure/exposure-format';
import { validProps } from '../../support/endpoint';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A folder with these files, which is removed after the tests of the file. */
export function folderWith(files: { readonly [name: string]: unknown } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

type Props = Partial<DatabaseEndpointProps> | ((stack: TerraformStack) => Partial<DatabaseEndpointProps>);

/**
 * What synthesis writes for an app of these endpoints, by stack.
 *
 * @param use does more with each of them.
 */
export function synthesized(
  stacks: { readonly [stack: string]: { readonly [endpoint: string]: Props } },
  use: (endpoint: DatabaseEndpoint) => void = () => {},
): string {
  const outdir = folderWith();
  const app = new App({ outdir, stackTraces: false });
  for (const [name, endpoints] of Object.entries(stacks)) {
    const stack = new TerraformStack(app, name);
    new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
    for (const [id, props] of Object.entries(endpoints)) {
      use(new DatabaseEndpoint(stack, id, validProps(typeof props === 'function' ? props(stack) : props)));
    }
  }
  app.synth();
  return outdir;
}

/** An endpoint as `exposure.json` has it. */
export function written(more: object = {}): object {
  return {
    ...{ endpoint: 'prod/Orders', engine: 'postgresql', hostname: 'orders.example.com', port: 5432 },
    ...{ tls: 'passthrough', internetFacing: true, sources: [], expired: [], checks: [] },
    ...more,
  };
}

/** A login as `exposure.json` has it. */
export function login(more: object = {}): object {
  return {
    ...{ user: 'prod/Orders/Looker/User', userName: 'looker', integration: 'Looker', auth: 'password' },
    ...{ database: 'shop', grants: [{ schema: 'sales', privileges: ['SELECT'] }], futureTables: false },
    ...more,
  };
}

/** The content of an `exposure.json`. */
export function content(...endpoints: object[]): object {
  return { $schema: EXPOSURE_SCHEMA, version: 1, endpoints };
}

/** Blocks as `exposure.json` has them. */
export function blocks(values: readonly string[], more: object = {}): object[] {
  return values.map((value) => ({ kind: 'cidr', value, ...more }));
}
