import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { App, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { DatabaseEndpoint } from '../../lib';
import { ForEach } from '../../lib/tokens/deferred';
import { validProps } from '../support/endpoint';

function forEachOf(entries: (stack: TerraformStack) => { [key: string]: unknown }): unknown {
  const stack = new TerraformStack(Testing.app(), 'prod');
  new SecurityGroup(stack, 'Group', { forEach: ForEach.entries(entries(stack)) });
  const [group] = Object.values(JSON.parse(Testing.synth(stack)).resource.aws_security_group) as {
    for_each: unknown;
  }[];
  return group.for_each;
}

test('a map without tokens is written as it is', () => {
  expect(forEachOf(() => ({ '8.8.8.8/32': 'Looker', empty: '' }))).toEqual({ '8.8.8.8/32': 'Looker', empty: '' });
});

test('tokens in values and keys of a map are written as their expressions', () => {
  const entries = (stack: TerraformStack) => {
    const { stringValue, numberValue } = new TerraformVariable(stack, 'x', {});
    return { a: stringValue, b: { deep: [stringValue] }, c: `port ${numberValue}`, [stringValue]: 'd' };
  };

  expect(forEachOf(entries)).toEqual({
    a: '${var.x}',
    b: { deep: ['${var.x}'] },
    c: 'port ${var.x}',
    '${var.x}': 'd',
  });
});

test('the entries are in the HCL as well', () => {
  const app = new App({ outdir: Testing.app().outdir, hclOutput: true });
  const stack = new TerraformStack(app, 'prod');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  new DatabaseEndpoint(stack, 'Orders', validProps());

  app.synth();

  const hcl = readFileSync(join(app.outdir, 'stacks', 'prod', 'cdk.tf'), 'utf8');
  expect(hcl).toMatch(/for_each\W+\{\s*"52\.20\.30\.40\/32"\W+Client of a database endpoint/);
});
