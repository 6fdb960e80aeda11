import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { addManyProviders } from '../support/many-providers';
import { VALIDATED } from './fixtures/validated';
import { checkOnMocks, describeWithTools, planAndApply, scratchFolder, useLab } from './harness';

function manyProviders(): string {
  const app = new App({ outdir: scratchFolder('providers') });
  addManyProviders(new TerraformStack(app, 'Many'));
  app.synth();
  return join(app.outdir, 'stacks', 'Many');
}

describeWithTools(['terraform', 'provider'], 'a stack without a default provider', () => {
  const lab = useLab({ emulator: false });

  it('is valid, and plans and applies on mocks', async () => {
    const workspace = lab().workspace(manyProviders());
    const terraform = await workspace.ready();

    expect(JSON.parse((await terraform.runExpecting([0], 'validate', '-json')).stdout)).toMatchObject({ valid: true });
    expect(await checkOnMocks(workspace, { many: planAndApply() }, VALIDATED)).toEqual({ many: [] });
  });
});
