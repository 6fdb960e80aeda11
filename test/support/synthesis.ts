import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack, Testing } from 'cdktf';
import type { IConstruct } from 'constructs';

/** One block of Terraform JSON: attribute by name. */
export interface Block {
  readonly [attribute: string]: unknown;
}

/** What CDKTF writes for one stack. */
export interface TerraformJson {
  readonly resource?: { readonly [type: string]: { readonly [id: string]: Block } };
  readonly output?: { readonly [id: string]: Block };
  readonly data?: { readonly [type: string]: { readonly [id: string]: Block } };
}

/** Synthesizes one stack with an AWS provider in it, with CDKTF's validations on. */
export function synthesize(build: (stack: TerraformStack) => void, stackName = 'prod'): TerraformJson {
  const stack = new TerraformStack(Testing.app(), stackName);
  new AwsProvider(stack, 'aws', {});
  build(stack);
  return JSON.parse(Testing.synth(stack, true));
}

/** Synthesizes an app of several stacks the way `cdktf synth` does; the bytes of each stack's file, by name. */
export function synthesizeApp(build: { readonly [stackName: string]: (stack: TerraformStack) => void }): {
  [stackName: string]: string;
} {
  const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
  try {
    const app = new App({ outdir, stackTraces: false });
    for (const [name, fill] of Object.entries(build)) {
      const stack = new TerraformStack(app, name);
      new AwsProvider(stack, 'aws', {});
      fill(stack);
    }
    app.synth();
    return Object.fromEntries(
      Object.keys(build).map((name) => [name, readFileSync(join(outdir, 'stacks', name, 'cdk.tf.json'), 'utf8')]),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Every resource of a type. */
export function resources(tf: TerraformJson, type: string): Block[] {
  return Object.values(tf.resource?.[type] ?? {});
}

/** The one resource of a type. */
export function onlyResource(tf: TerraformJson, type: string): Block {
  const found = resources(tf, type);
  if (found.length !== 1) throw new Error(`${found.length} resources of type ${type}`);
  return found[0];
}

/** Terraform addresses of the resources of a type, such as `aws_lb.Orders_LoadBalancer_EF3F2292`. */
export function addresses(tf: TerraformJson, type: string): string[] {
  return Object.keys(tf.resource?.[type] ?? {}).map((id) => `${type}.${id}`);
}

/** The warnings that a construct shows at synthesis. */
export function warningsOf(construct: IConstruct): string[] {
  return construct.node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => String(data));
}
