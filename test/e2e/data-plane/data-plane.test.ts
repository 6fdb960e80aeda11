import { connect, type Socket } from 'node:net';
import { createServer as createTlsServer, connect as tlsConnect } from 'node:tls';
import { authority, issue } from '../../cli/support/certificates';
import { closeServers, freePort, serve, type TestServer } from '../../cli/support/test-server';
import { DataPlane } from './data-plane';
import type { Listener, Network, Node, Target, TargetGroup, TargetState } from './network';
import { blockList } from './read-network';

const CLIENT = '127.0.0.7';
const NODES: readonly Node[] = [
  { zone: 'a', privateAddress: '10.0.0.250' },
  { zone: 'b', privateAddress: '10.0.1.250' },
];
const ANYWHERE = { fromPort: 0, toPort: 65_535, peer: { blocks: blockList(['0.0.0.0/0']) } };

const CA = authority();
const CERTIFICATE = issue({ commonName: 'db.example.com', names: ['db.example.com'], issuer: CA });

/** A server that says who it is, and then repeats what it hears. */
const named = (name: string) =>
  serve((socket) => {
    socket.on('error', () => undefined);
    socket.write(name);
    socket.pipe(socket);
  });

interface Scene {
  readonly targets: Readonly<
    Record<string, { readonly server: TestServer; readonly state?: TargetState; readonly zone?: string }>
  >;
  readonly group?: Partial<TargetGroup>;
  readonly listener?: Partial<Listener>;
  /** Of the first group. */
  readonly weight?: number;
  /** Groups beside the first one, with their weights, and the same targets or none. */
  readonly others?: readonly { readonly arn: string; readonly weight: number; readonly isEmpty?: boolean }[];
  readonly isEmpty?: boolean;
  readonly egress?: readonly (typeof ANYWHERE)[];
}

let planes: DataPlane[] = [];
afterEach(async () => {
  await Promise.all(planes.map((plane) => plane.stop()));
  planes = [];
  await closeServers();
});

/** A plane of one listener; `change` shows it another scene. */
async function stage(first: Scene, secondMs = 1) {
  let scene = first;
  const port = await freePort();
  const read = async (): Promise<Network> => {
    const targets = Object.entries(scene.targets).map(([address, { state = 'healthy', zone = 'a' }]): Target => {
      return { address, port: 5432, zone, state };
    });
    const targetGroup: TargetGroup = {
      arn: 'group',
      isTls: false,
      isCrossZone: true,
      deregistrationDelaySeconds: 10,
      endsConnectionsOnDeregistration: true,
      endsConnectionsOfUnhealthy: true,
      targets: scene.isEmpty ? [] : targets,
      ...scene.group,
    };
    const targetGroups = [
      { ...targetGroup, weight: scene.weight ?? 1 },
      ...(scene.others ?? []).map(({ isEmpty, ...other }) => ({
        ...{ ...targetGroup, targets: isEmpty ? [] : targets },
        ...other,
      })),
    ];
    const listener: Listener = { arn: 'listener', port, idleTimeoutSeconds: 3600, ...scene.listener, targetGroups };
    return {
      loadBalancers: [{ arn: 'lb', dnsName: 'lb', securityGroupIds: ['sg'], nodes: NODES, listeners: [listener] }],
      securityGroups: new Map([
        [
          'sg',
          {
            ingress: [{ fromPort: port, toPort: port, peer: { blocks: blockList([`${CLIENT}/32`]) } }],
            egress: scene.egress ?? [ANYWHERE],
          },
        ],
      ]),
      interfaces: new Map(),
    };
  };
  const plane = await DataPlane.start({
    read,
    addressOf: (_, __, index) => `127.0.0.${index + 1}`,
    locate: ({ address }) => ({ host: '127.0.0.1', port: scene.targets[address].server.port }),
    keys: new Map([['certificate', CERTIFICATE.key]]),
    secondMs,
  });
  planes.push(plane);
  return {
    plane,
    port,
    change: async (next: Scene) => {
      scene = next;
      await plane.refresh();
    },
  };
}

function dial(port: number, { from = CLIENT, node = 0 } = {}): Socket {
  return connect({ host: `127.0.0.${node + 1}`, port, localAddress: from }).on('error', () => undefined);
}

// Who is slow to listen may find that it has been closed already.
const heard = (socket: Socket) =>
  new Promise<string>((resolve) => {
    if (socket.closed) resolve('closed');
    socket.once('data', (data) => resolve(`${data}`)).once('close', () => resolve('closed'));
  });

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('who is admitted reaches a target and hears it; who is not hears nothing', async () => {
  const { plane, port } = await stage({ targets: { '10.0.0.5': { server: await named('one') } } });

  expect(await heard(dial(port))).toBe('one');
  expect(await heard(dial(port, { from: '127.0.0.8' }))).toBe('closed');
  expect(plane.decisions.map(({ source, outcome }) => [source, outcome])).toEqual([
    [CLIENT, '10.0.0.5'],
    ['127.0.0.8', 'not admitted'],
  ]);
});

test('only healthy targets get connections', async () => {
  const states: readonly TargetState[] = ['initial', 'unhealthy', 'unhealthy.draining', 'draining', 'unused'];
  const bad = await Promise.all(
    states.map(async (state, i) => [`10.0.0.1${i}`, { server: await named(state), state }]),
  );
  const { port } = await stage({
    targets: { ...Object.fromEntries(bad), '10.0.0.5': { server: await named('good') } },
  });

  for (let i = 0; i < 30; i++) expect(await heard(dial(port))).toBe('good');
});

test('connections are spread over the healthy targets', async () => {
  const { port } = await stage({
    targets: { '10.0.0.5': { server: await named('one') }, '10.0.0.6': { server: await named('two') } },
  });

  const answers = new Set<string>();
  for (let i = 0; i < 60; i++) answers.add(await heard(dial(port)));
  expect(answers).toEqual(new Set(['one', 'two']));
});

test('new connections go to groups by weight, and to none that has no weight', async () => {
  const targets = { '10.0.0.5': { server: await named('one') } };
  const { plane, port, change } = await stage({ targets, weight: 0, others: [{ arn: 'other', weight: 1 }] });
  const arrivals = async () => {
    const sockets = Array.from({ length: 40 }, () => dial(port));
    for (const socket of sockets) expect(await heard(socket)).toBe('one');
    const arns = plane.flows().map(({ target }) => target.groupArn);
    for (const socket of sockets) socket.destroy();
    for (const flow of plane.flows()) flow.reset();
    return [...new Set(arns)].sort();
  };

  expect(await arrivals()).toEqual(['other']);
  await change({ targets, weight: 1, others: [{ arn: 'other', weight: 1 }] });
  expect(await arrivals()).toEqual(['group', 'other']);
  await change({ targets, weight: 1, others: [{ arn: 'other', weight: 0, isEmpty: true }] });
  expect(await arrivals()).toEqual(['group']);
});

test('a group that loses its weight keeps its connections; one that is emptied ends them after the delay, and no others', async () => {
  const targets = { '10.0.0.5': { server: await named('one') } };
  const { plane, port, change } = await stage({ targets, others: [{ arn: 'other', weight: 0 }] });
  const old = dial(port);
  expect(await heard(old)).toBe('one');

  await change({ targets, weight: 0, others: [{ arn: 'other', weight: 1 }] });
  const young = dial(port);
  expect(await heard(young)).toBe('one');
  old.write('still here');
  expect(await heard(old)).toBe('still here');

  await change({ targets, weight: 0, isEmpty: true, others: [{ arn: 'other', weight: 1 }] });
  expect(await heard(old)).toBe('closed');
  expect(plane.flows().map(({ target }) => target.groupArn)).toEqual(['other']);
  young.write('so am I');
  expect(await heard(young)).toBe('so am I');
});

test('what becomes of connections to a group that the listener leaves is not known', async () => {
  const targets = { '10.0.0.5': { server: await named('one') } };
  const { port, change } = await stage({ targets, weight: 0, others: [{ arn: 'other', weight: 1 }] });
  expect(await heard(dial(port))).toBe('one');

  await expect(change({ targets })).rejects.toThrow(/a listener that leaves a target group with open connections/);
});

test('without crossing zones, a node knows only the targets of its own', async () => {
  const targets = { '10.0.1.5': { server: await named('in b'), zone: 'b' } };
  const { port, change } = await stage({ targets, group: { isCrossZone: false } });

  expect(await heard(dial(port, { node: 0 }))).toBe('closed');
  expect(await heard(dial(port, { node: 1 }))).toBe('in b');
  await change({ targets });
  expect(await heard(dial(port, { node: 0 }))).toBe('in b');
});

test('a target that egress does not lead to gets no connection', async () => {
  const egress = [{ fromPort: 5432, toPort: 5432, peer: { blocks: blockList(['10.0.0.5/32']) } }];
  const { port } = await stage({
    targets: { '10.0.0.5': { server: await named('led to') }, '10.0.0.6': { server: await named('not led to') } },
    egress,
  });

  for (let i = 0; i < 30; i++) expect(await heard(dial(port))).toBe('led to');
});

test('an open connection to a target that is gone ends after the delay, and no new one is made', async () => {
  const one = await named('one');
  const two = await named('two');
  const { plane, port, change } = await stage({ targets: { '10.0.0.5': { server: one } } });
  const open = dial(port);
  expect(await heard(open)).toBe('one');

  await change({ targets: { '10.0.0.6': { server: two } } });
  expect(await heard(dial(port))).toBe('two');
  expect(await heard(open)).toBe('closed');
  expect(plane.flows().map(({ target }) => target.address)).toEqual(['10.0.0.6']);
});

test('it lives on where the group does not end connections, or where the target comes back in time', async () => {
  const one = await named('one');
  for (const group of [{ endsConnectionsOnDeregistration: false }, { deregistrationDelaySeconds: 60 }]) {
    const { port, change } = await stage({ targets: { '10.0.0.5': { server: one } }, group });
    const open = dial(port);
    expect(await heard(open)).toBe('one');

    await change({ targets: {}, group });
    await change({ targets: { '10.0.0.5': { server: one } }, group });
    await pause(100);
    open.write('still there');
    expect(await heard(open)).toBe('still there');
  }
});

test('an open connection to a target that is unhealthy ends at once', async () => {
  const server = await named('one');
  const { port, change } = await stage({ targets: { '10.0.0.5': { server } } });
  const open = dial(port);
  expect(await heard(open)).toBe('one');

  await change({ targets: { '10.0.0.5': { server, state: 'unhealthy' } } });
  expect(await heard(open)).toBe('closed');
});

test('a connection that is idle for too long is forgotten, which it learns when it speaks', async () => {
  const { port, plane } = await stage({
    targets: { '10.0.0.5': { server: await named('one') } },
    listener: { idleTimeoutSeconds: 60 },
  });
  const open = dial(port);
  expect(await heard(open)).toBe('one');

  await pause(150);
  expect(plane.flows()).toHaveLength(1);
  open.write('hello?');
  expect(await heard(open)).toBe('closed');
});

describe('a TLS listener', () => {
  const tls = {
    certificateArn: 'certificate',
    certificate: CERTIFICATE.certificate,
    policy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
  };
  const shake = (port: number, options = {}) =>
    new Promise<string>((resolve) => {
      const socket = tlsConnect({ socket: dial(port), ca: CA.certificate, servername: 'db.example.com', ...options });
      socket.once('data', (data) => resolve(`${socket.getProtocol()} ${data}`));
      socket.once('error', ({ message }) => resolve(message));
      socket.once('close', () => resolve('closed'));
    });

  test('shows its certificate and forwards what is inside', async () => {
    const { port } = await stage({ targets: { '10.0.0.5': { server: await named('one') } }, listener: { tls } });

    expect(await shake(port)).toBe('TLSv1.3 one');
    expect(await shake(port, { maxVersion: 'TLSv1.2' })).toBe('TLSv1.2 one');
    expect(await shake(port, { servername: 'other.example.com' })).toMatch(/does not match/);
  });

  test('refuses versions below those of its policy', async () => {
    const targets = { '10.0.0.5': { server: await named('one') } };
    const { port, change } = await stage({ targets, listener: { tls } });
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
    expect(await shake(port, old)).toMatch(/alert|closed|disconnected|reset/i);

    await change({ targets, listener: { tls: { ...tls, policy: 'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09' } } });
    expect(await shake(port)).toBe('TLSv1.3 one');
    expect(await shake(port, { maxVersion: 'TLSv1.2' })).toMatch(/alert|closed|disconnected|reset/i);
  });

  test('gives up a client that does not begin with TLS, before any target hears of it', async () => {
    const server = await named('one');
    const { port } = await stage({ targets: { '10.0.0.5': { server } }, listener: { tls } });
    const plain = dial(port);

    plain.write('hello, in clear text');

    expect(await heard(plain)).not.toContain('one');
    expect(server.connections).toBe(0);
  });

  test('speaks TLS to targets of a TLS group, whatever their certificate', async () => {
    const selfSigned = issue({ commonName: 'nobody knows', names: ['nobody.example'] });
    const inner = createTlsServer({ cert: selfSigned.certificate, key: selfSigned.key }, (socket) => {
      socket.on('error', () => undefined);
      socket.end('inside');
    });
    const server = await serve((socket) => void inner.emit('connection', socket));
    const { port } = await stage({
      targets: { '10.0.0.5': { server } },
      group: { isTls: true },
      listener: { tls },
    });

    expect(await shake(port)).toBe('TLSv1.3 inside');
  });

  test('does not start without the key, or with that of another certificate', async () => {
    const targets = { '10.0.0.5': { server: await named('one') } };
    const unknown = { ...tls, certificateArn: 'other' };
    const other = { ...tls, certificate: issue({ commonName: 'db.example.com' }).certificate };

    await expect(stage({ targets, listener: { tls: unknown } })).rejects.toThrow(/whose key nobody has given it/);
    await expect(stage({ targets, listener: { tls: other } })).rejects.toThrow(/belongs to another certificate/);
  });
});

test('bytes come through whole, in both directions, however many, and however late they are read', async () => {
  const server = await serve((socket) => {
    socket.on('error', () => undefined);
    setTimeout(() => socket.pipe(socket), 300);
  });
  const { port } = await stage({ targets: { '10.0.0.5': { server } } });
  const socket = dial(port);
  const sent = Buffer.alloc(40_000_000, 'abcdefg');
  const received: Buffer[] = [];

  socket.end(sent);
  for await (const chunk of socket) received.push(chunk as Buffer);

  expect(Buffer.concat(received).equals(sent)).toBe(true);
});
