import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appCommand } from './fixtures/app-command';
import { runCommand, succeeded } from './fixtures/command';
import { describeWithTools, scratchFolder, useLab } from './harness';
import { requireTool } from './harness/tools';

// The steps build on each other, as those of a pipeline do.
describeWithTools(
  ['terraform', 'provider', 'emulator'],
  'the cdktf CLI, with two stacks and their states in S3',
  () => {
    const lab = useLab({ emulator: true });
    const app = appCommand('test/e2e/fixtures/two-stacks/main.ts');
    const cli = require.resolve('cdktf-cli/bundle/bin/cdktf.js');
    let folder: string;

    beforeAll(async () => {
      folder = scratchFolder('cli');
      writeFileSync(join(folder, 'cdktf.json'), JSON.stringify({ language: 'typescript', app: app.command }));
      await lab().emulator.send('s3', '/states', { method: 'PUT' });
    });

    const environment = (own: NodeJS.ProcessEnv = {}) => ({
      ...lab().environment(),
      ...app.environment,
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: 'true',
      ...own,
    });
    const cdktf = (args: readonly string[], own?: NodeJS.ProcessEnv) =>
      runCommand(process.execPath, [cli, ...args], { folder, environment: environment(own) });
    const UNATTENDED = ['--auto-approve', '--skip-provider-lock', '--no-color'];
    const deploy = (own?: NodeJS.ProcessEnv) => cdktf(['deploy', '*', ...UNATTENDED], own);

    it('deploys both, the one that the other needs first', async () => {
      const output = succeeded(await deploy());

      expect(output).toMatch(/network[\s\S]*Apply complete![\s\S]*databases[\s\S]*Apply complete!/);
      const state = await lab().emulator.send('s3', '/states/databases.tfstate', { method: 'GET' });
      expect(state.text).toContain('"aws_lb_listener"');
    });

    it('changes nothing the second time', async () => {
      const output = succeeded(await deploy());

      expect(output.match(/No changes\./g)).toHaveLength(2);
      expect(output).not.toMatch(/\b[1-9]\d* (added|changed|destroyed)/);
    });

    it('shows no difference, and exits with 0 as it does with one: that is why the pipeline asks terraform', async () => {
      const diff = (own?: NodeJS.ProcessEnv) => cdktf(['diff', 'databases', '--skip-provider-lock', '--no-color'], own);
      const none = await diff();
      expect(none).toMatchObject({ exitCode: 0, output: expect.stringContaining('No changes.') });

      const one = await diff({ CLIENTS: '203.0.113.7/32,198.51.100.9/32' });
      expect(one).toMatchObject({
        exitCode: 0,
        output: expect.stringContaining('Plan: 1 to add, 0 to change, 0 to destroy.'),
      });

      const stack = join(folder, 'cdktf.out/stacks/databases');
      const options = { folder: stack, environment: environment() };
      expect(await runCommand(requireTool('terraform'), ['plan', '-detailed-exitcode'], options)).toMatchObject({
        exitCode: 2,
      });
    });

    it('tells the outputs', async () => {
      succeeded(
        await cdktf(['output', 'databases', '--outputs-file', 'outputs.json', '--skip-synth', '--skip-provider-lock']),
      );

      const { databases } = JSON.parse(readFileSync(join(folder, 'outputs.json'), 'utf8'));
      expect(databases).toEqual({ hostname: expect.stringMatching(/^dbep-.*\.amazonaws\.com$/) });
    });

    it('fails where somebody else holds the lock, and changes nothing', async () => {
      const lock = '/states/databases.tfstate.tflock';
      const body = JSON.stringify({ ID: '00000000-0000-4000-8000-000000000003', Operation: 'OperationTypeApply' });
      await lab().emulator.send('s3', lock, { method: 'PUT', body });

      const { exitCode, output } = await deploy({ CLIENTS: '198.51.100.9/32' });

      expect(exitCode).toBe(1);
      expect(output).toContain('Error acquiring the state lock');
      await lab().emulator.send('s3', lock, { method: 'DELETE' });
      const state = await lab().emulator.send('s3', '/states/databases.tfstate', { method: 'GET' });
      expect(state.text).not.toContain('198.51.100.9');
    });

    it('fails with the mistake where the code has one', async () => {
      const { exitCode, output } = await deploy({ CLIENTS: '10.1.2.3/8' });

      expect(exitCode).toBe(1);
      expect(output).toContain('[CidrHasHostBits]');
    });

    it('destroys both, the one that needs the other first', async () => {
      succeeded(await cdktf(['destroy', '*', ...UNATTENDED]));

      for (const name of ['network', 'databases']) {
        const state = await lab().emulator.send('s3', `/states/${name}.tfstate`, { method: 'GET' });
        expect(JSON.parse(state.text).resources.filter(({ mode }: { mode: string }) => mode === 'managed')).toEqual([]);
      }
    });
  },
);
