import { WARNED, WarningApp, warned } from '../support/warning-app';

const app = new WarningApp();
afterAll(() => app.remove());

// Here, since the CLI's own native module exists for some versions of Node only, and unit tests run on all of them.
test('under the cdktf CLI, which prints them itself, each warning is seen once', () => {
  const cli = require.resolve('cdktf-cli/bundle/bin/cdktf.js');
  const synth = `"${process.execPath}" "${cli}" synth --app '${app.command}' --output "${app.folder}/cli.out"`;
  const { stdout, stderr } = app.run(synth);

  expect(warned(stdout + stderr).sort()).toEqual(WARNED);
});
