import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { CODE_FILES } from '../../lib/assets';
import type { Artifact } from '../../scripts/parts';

const root = join(__dirname, '../..');

/** Runs a piece of a script beside this process, which plays the registry. */
async function evaluate<Result>(code: string, environment: NodeJS.ProcessEnv = {}): Promise<Result> {
  const child = spawn(process.execPath, ['-r', 'ts-node/register', '-e', code], {
    cwd: root,
    env: { ...process.env, npm_config_fetch_retries: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`it ended with ${status}`);
  return JSON.parse(output);
}

interface Bom {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly name: string }; readonly timestamp?: string };
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly purl: string;
    readonly hashes: readonly object[];
    readonly licenses: readonly object[];
  }[];
}

describe('the bills of materials', () => {
  let artifacts: Artifact[] = [];
  let texts: string[] = [];
  beforeAll(async () => {
    ({ artifacts, texts } = await evaluate<{ artifacts: Artifact[]; texts: string[] }>(`
      const { artifacts } = require('./scripts/parts');
      const { billOfMaterials } = require('./scripts/sbom');
      artifacts().then((all) => {
        const texts = [...all, all[1]].map(billOfMaterials);
        console.log(JSON.stringify({ artifacts: all, texts }));
      });`));
  });
  const bom = (name: string): Bom => JSON.parse(texts[artifacts.findIndex((artifact) => artifact.name === name)] ?? '');

  test.each([
    ['target-sync', CODE_FILES.targetSync],
    ['database-user', CODE_FILES.databaseUser],
  ])('name every package whose code is in %s, in the versions of its licenses', (name, file) => {
    const licenses = strFromU8(unzipSync(readFileSync(file))['LICENSES.txt'] ?? new Uint8Array());
    const listed = bom(name).components.map(({ name, version }) => `${name} ${version}`);

    expect(listed.length).toBeGreaterThan(5);
    expect(listed.filter((line) => !licenses.split('\n').includes(line))).toEqual([]);
    expect((licenses.match(/^@?[\w./-]+ \d+\.\d+\.\d+$/gm) ?? []).sort()).toEqual(listed.sort());
  });

  test('name the dependencies that are packed with the library, and those of the command', () => {
    expect(bom('library').components.map(({ name }) => name)).toEqual(expect.arrayContaining(['ipaddr.js', 'js-yaml']));
    expect(bom('command').components.map(({ name }) => name)).toContain('commander');
  });

  test('say of each where it comes from, its checksum and its license', () => {
    for (const { name } of artifacts) {
      const { bomFormat, metadata, components } = bom(name);
      expect(bomFormat).toBe('CycloneDX');
      expect(metadata.component.name).toBe(`cdktf-database-endpoint${name === 'library' ? '' : `-${name}`}`);
      for (const component of components) {
        expect(component.purl).toMatch(/^pkg:npm\/.*@\d+\.\d+\.\d+$/);
        expect(component.hashes).toHaveLength(1);
        expect(component.licenses).not.toEqual([]);
      }
    }
  });

  test('are the same text for the same parts', () => {
    expect(texts.at(-1)).toBe(texts[1]);
    expect(texts[1]).not.toMatch(/timestamp|serialNumber/);
  });
});

describe('the audit', () => {
  const AUDIT = `
    const { audit } = require('./scripts/audit');
    console.log(JSON.stringify(audit({ name: 'library', parts: ['node_modules/ipaddr.js'] })));`;
  let server: Server;
  let answer: { status: number; body: object } = { status: 200, body: {} };
  const asked: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      request.resume();
      const versions = { '2.5.0': { name: 'ipaddr.js', version: '2.5.0' } };
      const { status, body } =
        request.method === 'POST' ? answer : { status: 200, body: { name: 'ipaddr.js', versions } };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const outcome = () =>
    evaluate<object>(AUDIT, { npm_config_registry: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });

  test('passes where the registry knows of no vulnerability', async () => {
    answer = { status: 200, body: {} };

    expect(await outcome()).toEqual({ vulnerable: false, text: 'library: 1 packages without a known vulnerability' });
    expect(asked).toContain('POST /-/npm/v1/security/advisories/bulk');
  });

  test('fails where a part has one, and names it', async () => {
    const advisory = {
      id: 1,
      url: 'https://example.com/1',
      title: 'x',
      severity: 'high',
      vulnerable_versions: '<=2.5.0',
    };
    answer = { status: 200, body: { 'ipaddr.js': [advisory] } };

    expect(await outcome()).toEqual({ vulnerable: true, text: expect.stringMatching(/ipaddr\.js .*\(high\)/) });
  });

  test('says that nothing was audited where the registry has no such service, and does not fail', async () => {
    answer = { status: 405, body: {} };

    expect(await outcome()).toEqual({
      vulnerable: false,
      text: 'library: NOT AUDITED, the registry cannot tell (405 Method Not Allowed)',
    });
  });
});
