import { command } from '../support/command';

const loaded: string[] = [];
jest.mock('@aws-sdk/client-lambda', () => {
  loaded.push('@aws-sdk/client-lambda');
  return jest.requireActual('@aws-sdk/client-lambda');
});

test('the SDK is loaded when a function is asked, and not before', async () => {
  await command('explain');
  await command('users', 'drift', '--help');
  await command('users', 'drift', 'not a function');
  expect(loaded).toEqual([]);

  process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
  await command('users', 'drift', 'looker');
  expect(loaded).toEqual(['@aws-sdk/client-lambda']);
});
