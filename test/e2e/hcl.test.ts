import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import { DatabaseEndpoint, EndpointAddresses } from 'cdktf-database-endpoint';
import { addFeatures, ORDINARY } from './fixtures/features';
import { LOOKED_UP } from './fixtures/features/names';
import { consume, share } from './fixtures/private-link';
import { describeWithTools, scratchFolder, useLab } from './harness';
import { Terraform } from './harness/terraform';

/** What `cdktf synth --hcl` writes, which is another code path of CDKTF's than that of JSON. */
function synthesizeHcl(build: (stack: TerraformStack) => void): string {
  // As the CLI says it to the app.
  process.env['SYNTH_HCL_OUTPUT'] = 'true';
  const app = new App({ outdir: scratchFolder('hcl') });
  const stack = new TerraformStack(app, 'Hcl');
  new LocalBackend(stack, { path: 'terraform.tfstate' });
  new AwsProvider(stack, 'aws', { region: 'us-east-1' });
  build(stack);
  app.synth();
  delete process.env['SYNTH_HCL_OUTPUT'];
  return join(app.outdir, 'stacks/Hcl');
}

describeWithTools(['terraform', 'provider'], 'a stack that is synthesized as HCL', () => {
  const lab = useLab({ emulator: false });

  it.each([
    ['every feature', addFeatures],
    [
      'zones that are looked up',
      (stack: TerraformStack) => {
        for (const [id, props] of Object.entries(LOOKED_UP)) new DatabaseEndpoint(stack, id, { ...ORDINARY, ...props });
      },
    ],
    [
      'addresses that are kept',
      (stack: TerraformStack) => {
        const allocated = ORDINARY.subnetIds.map((subnetId, i) => ({ subnetId, allocationId: `eipalloc-0${i}` }));
        new DatabaseEndpoint(stack, 'New', { ...ORDINARY, addresses: EndpointAddresses.elasticIps() });
        new DatabaseEndpoint(stack, 'Old', { ...ORDINARY, addresses: EndpointAddresses.existing(allocated) });
      },
    ],
    [
      'both sides of PrivateLink',
      (stack: TerraformStack) => {
        share(stack, {});
        consume(stack, { privateDnsEnabled: true });
      },
    ],
    [
      'a private DNS name and other Regions',
      (stack: TerraformStack) => {
        const regions = { supportedRegions: ['eu-west-1'] };
        share(stack, { privateDnsName: 'db.example.com', zoneId: 'Z1', zoneName: 'example.com', ...regions });
      },
    ],
  ])('is valid with %s', async (_, build) => {
    const folder = synthesizeHcl(build);
    const terraform = new Terraform(folder, lab().environment());
    await terraform.run('init', '-no-color');

    const { stdout } = await terraform.runExpecting([0, 1], 'validate', '-json');

    expect(existsSync(join(folder, 'cdk.tf'))).toBe(true);
    expect(existsSync(join(folder, 'cdk.tf.json'))).toBe(false);
    // CDKTF puts the references of depends_on into quotes in HCL, of which Terraform warns.
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { summary: string; detail: string }[] };
    const others = diagnostics.filter(({ summary }) => summary !== 'Quoted references are deprecated');
    expect(others.map(({ summary, detail }) => `${summary}: ${detail}`)).toEqual([]);
  });
});
