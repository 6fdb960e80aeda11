import { WARNED, WarningApp, warned } from '../support/warning-app';

const app = new WarningApp();
afterAll(() => app.remove());

test('an app that runs by itself prints every warning to stderr, once however often it synthesizes', () => {
  const { stdout, stderr } = app.run();

  expect(warned(stderr)).toEqual(WARNED);
  // Under jsii it carries the protocol.
  expect(stdout).toBe('');
});

test.each([
  ['a test of jest', { JEST_WORKER_ID: '1' }],
  ['a test of vitest', { VITEST: 'true' }],
  ['an app that is asked to be quiet', { DATABASE_ENDPOINT_WARNINGS: 'quiet' }],
])('%s prints none', (_, environment) => {
  expect(app.run(undefined, environment).stderr).toBe('');
});

test('a test that asks for them is shown them', () => {
  expect(warned(app.run(undefined, { JEST_WORKER_ID: '1', DATABASE_ENDPOINT_WARNINGS: 'print' }).stderr)).toEqual(
    WARNED,
  );
});
