import { once } from 'node:events';
import { createGzip, gzipSync } from 'node:zlib';
import { FeedFailure } from '../../../../cli/allowlist/update/failure';
import { FETCH_LIMITS, fetchFeed } from '../../../../cli/allowlist/update/fetch-feed';
import { authority, issue } from '../../support/certificates';
import { content, endless, FeedServer, json, redirect, status } from './feed-server';

let server: FeedServer;
beforeEach(async () => {
  server = await FeedServer.start();
});
afterEach(() => server.stop());

const LIMITS = { timeoutMs: 60_000, mostBytes: FETCH_LIMITS.mostBytes };

async function fetchText(url: string, limits = LIMITS): Promise<string> {
  return Buffer.from(await fetchFeed(url, limits, server.ca)).toString();
}

async function failureOf(url: string, limits = LIMITS): Promise<Pick<FeedFailure, 'kind' | 'reason' | 'remedy'>> {
  const failure = await fetchText(url, limits).then(
    () => undefined,
    (error) => error,
  );
  expect(failure).toBeInstanceOf(FeedFailure);
  expect(failure.remedy).toMatch(/^[A-Z].*\.$/);
  const { kind, reason, remedy } = failure;
  return { kind, reason, remedy };
}

test('what is published is fetched, and nothing but the address is sent', async () => {
  const url = server.answer('/ips.json?v=1', json(['52.20.30.40']));

  expect(await fetchText(url)).toBe('["52.20.30.40"]');
  expect(server.requests.map(({ method }) => method)).toEqual(['GET']);
  expect(Object.keys(server.requests[0].headers).sort()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ]);
});

test('what is compressed is decompressed', async () => {
  const url = server.answer('/ips', content(gzipSync('52.20.30.40\n'), { 'content-encoding': 'gzip' }));

  expect(await fetchText(url)).toBe('52.20.30.40\n');
});

describe('a redirect', () => {
  test('to the same host is followed', async () => {
    server.answer('/new', content('52.20.30.40'));
    const url = server.answer('/old', redirect('/middle', 301));
    server.answer('/middle', redirect(server.url('/new'), 308));

    expect(await fetchText(url)).toBe('52.20.30.40');
  });

  test.each([
    ['another host', 'https://vendor.example.net/ips'],
    ['another port', 'https://localhost:1/ips'],
    ['http', 'http://localhost/ips'],
    ['another subdomain', 'https://ips.localhost/ips'],
    ['a file', 'file:///etc/passwd'],
    ['a data URL', 'data:text/plain,52.20.30.40'],
    ['an address with credentials', 'https://user:secret@localhost/ips'],
  ])('to %s is refused', async (_, to) => {
    const failure = await failureOf(server.answer('/old', redirect(to)));

    expect(failure).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/^redirects to /) });
    expect(JSON.stringify(failure)).not.toContain('secret');
  });

  test('in a circle ends', async () => {
    const url = server.answer('/a', redirect('/b'));
    server.answer('/b', redirect('/a'));

    expect(await failureOf(url)).toMatchObject({ kind: 'refused', reason: 'redirects more than 5 times' });
    expect(server.requests).toHaveLength(6);
  });

  test.each([['no address', status(302)] as const, ['an address that is none', redirect('https://[')] as const])(
    'to %s is refused',
    async (_, answer) => {
      expect(await failureOf(server.answer('/old', answer))).toMatchObject({ reason: 'redirects to no valid address' });
    },
  );
});

test.each([204, 304, 401, 403, 404, 410, 429, 500, 503])('status %d is no list', async (code) => {
  expect(await failureOf(server.answer('/ips', status(code)))).toMatchObject({
    kind: 'unreachable',
    reason: `is answered with HTTP status ${code}`,
  });
});

test('a page for browsers is refused', async () => {
  const url = server.answer('/ips', content('<html></html>', { 'content-type': 'text/html; charset=utf-8' }));

  expect(await failureOf(url)).toMatchObject({ kind: 'refused', reason: 'is an HTML page and not a list' });
});

describe('what does not end', () => {
  const tooLarge = { kind: 'refused', reason: 'is larger than 8 MiB' };

  test('is not received any more once it is too large', async () => {
    expect(await failureOf(server.answer('/ips', endless(Buffer.alloc(65_536, '['))))).toMatchObject(tooLarge);
  });

  test('is not received at all if it says that it is 100 MB', async () => {
    const url = server.answer('/ips', (_, response) => {
      response.writeHead(200, { 'content-length': String(100_000_000) });
      response.flushHeaders();
    });

    expect(await failureOf(url)).toMatchObject(tooLarge);
  });

  test('is not decompressed any more once it is too large', async () => {
    // A kilobyte for each megabyte.
    const bomb = server.answer('/bomb', (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      const gzip = createGzip({ level: 9 });
      gzip.pipe(response);
      const more = () => {
        while (!response.destroyed && gzip.write(Buffer.alloc(1_048_576)));
        if (!response.destroyed) gzip.once('drain', more);
      };
      more();
    });

    expect(await failureOf(bomb)).toMatchObject(tooLarge);
  });

  test.each([
    ['an answer that never begins', () => undefined],
    [
      'an answer that never ends',
      (_: unknown, response: import('node:http').ServerResponse) => {
        response.writeHead(200);
        response.write('[');
      },
    ],
  ])('is given up: %s', async (_, answer) => {
    const failure = await failureOf(server.answer('/ips', answer), { ...LIMITS, timeoutMs: 300 });

    expect(failure).toMatchObject({ kind: 'unreachable', reason: 'is not complete after 0.3 seconds' });
  });
});

describe('a part of a list does not pass for all of it', () => {
  test('if the connection ends before its length is reached', async () => {
    const url = server.answer('/ips', (_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('52.20.30.40\n', () => response.destroy());
    });

    expect(await failureOf(url)).toMatchObject({ kind: 'unreachable' });
  });

  test('if its compressed form ends early', async () => {
    const part = gzipSync('52.20.30.40\n'.repeat(1000)).subarray(0, 20);
    const url = server.answer('/ips', content(part, { 'content-encoding': 'gzip' }));

    expect(await failureOf(url)).toMatchObject({ kind: 'refused' });
  });

  test('if nobody says how long it is', async () => {
    const url = server.answer('/ips', (request) => {
      request.socket.end('HTTP/1.0 200 OK\r\ncontent-type: text/plain\r\n\r\n52.20.30.40\n');
    });

    expect(await failureOf(url)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('has no length') });
  });
});

test('another compression is refused', async () => {
  const url = server.answer('/ips', content('x', { 'content-encoding': 'br' }));

  expect(await failureOf(url)).toMatchObject({ kind: 'refused', reason: 'is compressed as br' });
});

test('what is not compressed, but said to be, is refused', async () => {
  const url = server.answer('/ips', content('52.20.30.40', { 'content-encoding': 'gzip' }));

  expect(await failureOf(url)).toMatchObject({
    kind: 'refused',
    reason: 'is said to be compressed with gzip, and is not',
  });
});

describe('the certificate', () => {
  test.each([
    ['of another CA', () => undefined],
    ['that signs itself', () => issue({ commonName: 'localhost', names: ['localhost'] })],
    ['of another name', () => issue({ commonName: 'vendor.example.com', names: ['vendor.example.com'] })],
  ])('%s is not trusted', async (_, identity) => {
    const other = await FeedServer.start(identity());
    try {
      const failure = await failureOf(other.answer('/ips', content('52.20.30.40')));

      expect(failure).toMatchObject({
        kind: 'unreachable',
        reason: expect.stringMatching(/^has a certificate that is not trusted \(\w+\)$/),
      });
      expect(other.requests).toEqual([]);
    } finally {
      await other.stop();
    }
  });

  test('is verified even where the environment says not to', async () => {
    const other = await FeedServer.start();
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect(await failureOf(other.answer('/ips', content('52.20.30.40')))).toMatchObject({ kind: 'unreachable' });
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
      await other.stop();
    }
  });

  test('that has expired is not trusted', async () => {
    const ca = authority();
    const expired = issue({
      ...{ commonName: 'localhost', names: ['localhost'], issuer: ca },
      ...{ validFromDays: -10, validForDays: 5 },
    });
    const other = await FeedServer.start(expired);
    try {
      const failure = await fetchFeed(other.answer('/ips', content('x')), LIMITS, ca.certificate).catch((e) => e);

      expect(failure).toMatchObject({ reason: 'has a certificate that is not trusted (CERT_HAS_EXPIRED)' });
    } finally {
      await other.stop();
    }
  });
});

test('proxies of the environment are not asked', async () => {
  const url = server.answer('/ips', content('52.20.30.40'));
  process.env['HTTPS_PROXY'] = 'http://localhost:1';
  process.env['https_proxy'] = 'http://localhost:1';
  try {
    expect(await fetchText(url)).toBe('52.20.30.40');
  } finally {
    delete process.env['HTTPS_PROXY'];
    delete process.env['https_proxy'];
  }
});

test('a server that is not there is told with what the system says', async () => {
  expect(await failureOf('https://localhost:1/ips')).toMatchObject({
    kind: 'unreachable',
    reason: 'cannot be fetched (ECONNREFUSED)',
  });
});

test('a connection that is cut off is told', async () => {
  const url = server.answer('/ips', (request) => request.socket.destroy());

  expect(await failureOf(url)).toMatchObject({ kind: 'unreachable', reason: 'cannot be fetched (ECONNRESET)' });
});

test('nothing stays open', async () => {
  const closed = new Promise<void>((resolve) => {
    const url = server.answer('/ips', (request, response) => {
      once(request.socket, 'close').then(() => resolve());
      content('52.20.30.40')(request, response);
    });
    fetchText(url);
  });

  await closed;
});
