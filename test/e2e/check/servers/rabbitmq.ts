import { join } from 'node:path';
import type { Identity } from '../../../cli/support/certificates';
import { freePort } from '../../../cli/support/test-server';
import { GuardedProcess } from '../../harness/guarded-process';
import { requireBinary } from './binaries';
import { type RealServer, startServer } from './real-server';
import { ServerFolder, withoutRights } from './server-folder';

/** A broker, and what its own tools need to find it. */
export interface Rabbitmq extends RealServer {
  readonly environment: NodeJS.ProcessEnv;
}

/** The scripts of the package change to the user of the package; these are what they start. */
const SCRIPTS = '/usr/lib/rabbitmq/bin';

/** Starts a broker that speaks AMQPS alone, with a name service of its own; with its own defaults, TLS 1.0 as well. */
export async function startRabbitmq(identity: Identity, isOld = false): Promise<Rabbitmq> {
  requireBinary('rabbitmqctl');
  const folder = new ServerFolder('rabbitmq');
  const { certFile, keyFile } = folder.writeIdentity(identity);
  folder.write('.erlang.cookie', 'cookieofthetest');
  const [epmdPort, nodePort] = [await freePort(), await freePort()];
  const environment = {
    PATH: `${SCRIPTS}:/usr/bin:/bin:${process.env['PATH']}`,
    HOME: folder.path,
    LC_ALL: 'C.UTF-8',
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: `${epmdPort}`,
    RABBITMQ_NODENAME: 'test@localhost',
    RABBITMQ_DIST_PORT: `${nodePort}`,
    RABBITMQ_MNESIA_BASE: join(folder.path, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder.path, 'log'),
    RABBITMQ_PID_FILE: join(folder.path, 'pid'),
    RABBITMQ_ENABLED_PLUGINS_FILE: folder.write('plugins', '[].\n'),
    RABBITMQ_CONF_ENV_FILE: folder.write('env.conf', ''),
  };
  const [command, args] = withoutRights('epmd');
  const epmd = new GuardedProcess(command, args, { folder: folder.path, environment });
  const server = await startServer(folder, join(SCRIPTS, 'rabbitmq-server'), {
    ready: /completed with \d+ plugins/,
    environment: (port) => ({
      ...environment,
      RABBITMQ_CONFIG_FILE: folder.write(
        'rabbitmq.conf',
        [
          'listeners.tcp = none',
          `listeners.ssl.1 = 127.0.0.1:${port}`,
          `ssl_options.certfile = ${certFile}`,
          `ssl_options.keyfile = ${keyFile}`,
          'ssl_options.verify = verify_none',
          ...(isOld ? [] : ['ssl_options.versions.1 = tlsv1.3', 'ssl_options.versions.2 = tlsv1.2']),
          '',
        ].join('\n'),
      ),
    }),
    args: () => [],
  });
  return {
    port: server.port,
    environment,
    stop: async () => {
      await server.stop();
      await epmd.kill();
      folder.remove();
    },
  };
}
