import { join } from 'node:path';
import { AwsProvider, type AwsProviderConfig } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { scratchFolder } from './scratch';

/** Synthesizes one stack as an app would, with an AWS provider in it; returns the folder of the stack. */
export function synthesize(
  name: string,
  build: (stack: TerraformStack) => void,
  provider: AwsProviderConfig = { region: 'us-east-1' },
): string {
  const app = new App({ outdir: scratchFolder('synth') });
  const stack = new TerraformStack(app, name);
  new AwsProvider(stack, 'aws', provider);
  build(stack);
  app.synth();
  return join(app.outdir, 'stacks', name);
}
