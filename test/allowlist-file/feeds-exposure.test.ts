import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import Ajv from 'ajv';
import { TerraformStack, Testing } from 'cdktf';
import { AllowlistFile } from '../../lib';
import { digestOf, type LockedFeed, lockText } from '../../lib/allowlist-file/feed-lock';
import exposureSchema from '../../schema/exposure.schema.json';
import { makeEndpoint } from '../support/endpoint';
import { eachInItsFolder, inFolder, props, write } from './allowlist-folder';

eachInItsFolder();

const URL = 'https://vendor.example.com/ips';
const FEED = `{ url: '${URL}', format: text, owner: data, description: Vendor }`;

function locked(blocks: readonly string[], more: Partial<LockedFeed> = {}): LockedFeed {
  return { url: URL, format: 'text', fetched: '2026-06-01', digest: digestOf(blocks), blocks, ...more };
}

describe('the exposure of a published list', () => {
  const synthesizedIn = (cwd: string) => {
    const before = process.cwd();
    process.chdir(cwd);
    try {
      const stack = new TerraformStack(Testing.app(), 'prod');
      new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
      makeEndpoint(stack, 'Orders', props(AllowlistFile.read(inFolder('lists/allowlist.yaml'))));
      const folder = join(Testing.fullSynth(stack), 'stacks', 'prod');
      return ['exposure.json', 'exposure-locations.json'].map((name) =>
        JSON.parse(readFileSync(join(folder, name), 'utf8')),
      );
    } finally {
      process.chdir(before);
    }
  };

  test('names it and the lock file of each block, by paths that are the same in every checkout', () => {
    write('lists/allowlist.yaml', `entries:\n  - 9.9.9.9\n  - feed: ${FEED}\n`);
    write('lists/allowlist.yaml.lock.json', lockText([locked(['52.20.30.0/24'])]));

    const [exposure, locations] = synthesizedIn(realpathSync(inFolder('.')));

    const [{ sources }] = exposure.endpoints;
    expect(sources).toEqual([
      {
        ...{ kind: 'cidr', value: '52.20.30.0/24', description: 'Vendor', owner: 'data', feed: URL },
        ...{ file: 'lists/allowlist.yaml', lockFile: 'lists/allowlist.yaml.lock.json' },
      },
      { kind: 'cidr', value: '9.9.9.9/32', written: '9.9.9.9', file: 'lists/allowlist.yaml' },
    ]);
    expect(locations.endpoints[0].sources[0].location).toBe('lists/allowlist.yaml:3:5');
    expect(new Ajv({ allowUnionTypes: true }).compile(exposureSchema)(exposure)).toBe(true);
  });

  test('does not change when the list is fetched again and says the same', () => {
    write('lists/allowlist.yaml', `entries:\n  - feed: ${FEED}\n`);
    write('lists/allowlist.yaml.lock.json', lockText([locked(['52.20.30.0/24'])]));
    const before = synthesizedIn(realpathSync(inFolder('.')));
    write('lists/allowlist.yaml.lock.json', lockText([locked(['52.20.30.0/24'], { fetched: '2026-07-01' })]));

    expect(synthesizedIn(realpathSync(inFolder('.')))).toEqual(before);
  });
});
