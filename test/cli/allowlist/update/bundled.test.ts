import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledCommand } from '../../support/bundled-command';
import { content, FeedServer } from './feed-server';

const command = bundledCommand();
let server: FeedServer;
beforeAll(async () => {
  server = await FeedServer.start();
});
afterAll(() => server.stop());

test('the bundled command fetches over verified TLS, from a CA that the environment names', async () => {
  const file = join(command.folder, 'feeds', 'allowlist.yaml');
  mkdirSync(join(command.folder, 'feeds'));
  const url = server.answer('/ips.json', content('{"eu": ["52.20.30.40"]}'));
  writeFileSync(
    file,
    `entries: [{ feed: { url: '${url}', format: json, select: eu, owner: a, description: Vendor } }]\n`,
  );
  writeFileSync(join(command.folder, 'ca.pem'), server.ca);
  const trusting = { NODE_EXTRA_CA_CERTS: join(command.folder, 'ca.pem') };

  expect(await command.run('allowlist', 'check', file)).toMatchObject({ exitCode: 1 });
  expect(await command.run('allowlist', 'update', file)).toMatchObject({
    exitCode: 3,
    out: expect.stringContaining('has a certificate that is not trusted'),
  });
  expect(await command.runWith(trusting, 'allowlist', 'update', '--check', file)).toMatchObject({ exitCode: 1 });
  expect(await command.runWith(trusting, 'allowlist', 'update', file)).toMatchObject({ exitCode: 0, err: '' });
  expect(await command.runWith(trusting, 'allowlist', 'update', '--check', file)).toMatchObject({ exitCode: 0 });
  expect(await command.run('allowlist', 'check', file)).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(readFileSync(`${file}.lock.json`, 'utf8')).feeds[0].blocks).toEqual(['52.20.30.40/32']);
});

test('a command line that is not valid is told', async () => {
  expect(await command.run('allowlist', 'update', '-')).toMatchObject({ exitCode: 2 });
  expect(await command.run('allowlist', 'update', 'a.yaml', '--timeout', 'soon')).toMatchObject({ exitCode: 2 });
});
