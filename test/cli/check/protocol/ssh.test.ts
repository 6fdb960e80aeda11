import { parseSshBanner } from '../../../../cli/check/protocol/ssh-banner';
import { DatabaseEngine } from '../../../../lib/engine/database-engine';
import { check, detailOf, statuses } from '../../support/checking';
import { closeServers, serve } from '../../support/test-server';

const { SFTP } = DatabaseEngine;

afterEach(closeServers);

describe('the identification of an SSH server', () => {
  test.each([
    ['SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n', '2.0', 'OpenSSH_9.2p1 Debian-2'],
    ['SSH-1.99-Cisco-1.25\n', '1.99', 'Cisco-1.25'],
    ['Welcome.\r\nRead the rules.\r\nSSH-2.0-AWS_SFTP_1.1\r\n', '2.0', 'AWS_SFTP_1.1'],
  ])('is read from %j', (text, protocolVersion, software) => {
    expect(parseSshBanner(Buffer.from(text))).toEqual({
      kind: 'value',
      value: { protocolVersion, software },
      length: text.length,
    });
  });

  it('is waited for, but not on a line without an end', () => {
    expect(parseSshBanner(Buffer.from('SSH-2.0-Open')).kind).toBe('incomplete');
    expect(parseSshBanner(Buffer.from('Welcome\n'.repeat(9))).kind).toBe('incomplete');
    expect(parseSshBanner(Buffer.alloc(9000, 'x')).kind).toBe('malformed');
  });
});

describe('a check of SFTP', () => {
  it('asks for SSH and not for TLS', async () => {
    const { port } = await serve((socket) => socket.write('SSH-2.0-OpenSSH_9.2p1\r\n'));

    const report = await check(SFTP, port);

    expect(statuses(report)).toEqual({ reachable: 'ok', latency: 'ok', ssh: 'ok' });
    expect(detailOf(report, 'ssh')).toBe('speaks SSH 2.0 (OpenSSH_9.2p1)');
  });

  it('takes no server that speaks the first version, too', async () => {
    const { port } = await serve((socket) => socket.write('SSH-1.99-Old\r\n'));

    expect(statuses(await check(SFTP, port))).toMatchObject({ ssh: 'failed' });
  });

  it('takes no server of another kind', async () => {
    const { port } = await serve((socket) => socket.end('+OK\r\n'));

    const report = await check(SFTP, port);

    expect(report.exitCode).toBe(1);
    expect(detailOf(report, 'ssh')).toBe('the server hangs up');
  });

  it('holds a connection without traffic', async () => {
    const { port } = await serve((socket) => {
      socket.write('SSH-2.0-OpenSSH_9.2p1\r\n');
      socket.on('end', () => socket.end());
      socket.resume();
    });

    expect(statuses(await check(SFTP, port, { idleSeconds: 0.1 }))).toMatchObject({ idle: 'ok' });
  });

  it('does not blame a server for ending an idle connection before its login', async () => {
    const { port } = await serve((socket) => {
      socket.write('SSH-2.0-OpenSSH_9.2p1\r\n');
      setTimeout(() => socket.end(), 50).unref();
    });

    const report = await check(SFTP, port, { idleSeconds: 5 });

    expect(statuses(report)).toMatchObject({ idle: 'unknown' });
    expect(detailOf(report, 'idle')).toMatch(/LoginGraceTime/);
  });
});
