import { runChecks } from '../../../cli/check/run-checks';
import { DatabaseEngine } from '../../../lib/engine/database-engine';
import { closeServers, serve } from '../support/test-server';

afterEach(closeServers);

test('many checks run a few at a time, and their reports keep their order', async () => {
  let open = 0;
  let most = 0;
  const { port } = await serve((socket) => {
    most = Math.max(most, ++open);
    socket.resume().on('end', () => open--);
    setTimeout(() => socket.write(`SSH-2.0-x\r\n`), 20).unref();
  });
  const hosts = Array.from({ length: 12 }, (_, index) => `host-${index}`);

  const reports = await runChecks(
    hosts.map((host) => ({
      host,
      port,
      engine: DatabaseEngine.SFTP,
      serverName: host,
      timeoutSeconds: 30,
      expect: 'open',
    })),
    { resolve: async () => ['127.0.0.1'], now: () => new Date() },
  );

  expect(reports.map(({ observation }) => observation.request.host)).toEqual(hosts);
  expect(reports.every(({ exitCode }) => exitCode === 0)).toBe(true);
  expect(most).toBeLessThanOrEqual(8); // two connections of each check may overlap
});
