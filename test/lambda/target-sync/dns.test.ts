import { lookupWith, resolverOf } from '../../../lambda/target-sync/dns';
import { LoopbackDns, type Zone } from './loopback-dns';

const NAME = 'orders.example.internal';
// A silent server costs three seconds.
let dns: LoopbackDns;
beforeAll(async () => {
  dns = await LoopbackDns.start();
});
afterAll(() => dns.stop());

const ask = (zone: Zone, family: 4 | 6 = 4) => {
  dns.set(NAME, zone);
  return lookupWith(resolverOf([dns.address]))(NAME, family);
};

test('the addresses of a name come with their TTL', async () => {
  expect(await ask({ addresses: ['10.0.0.1', '10.0.0.2'], ttl: 5 })).toEqual({
    kind: 'addresses',
    addresses: ['10.0.0.1', '10.0.0.2'],
    ttlSeconds: 5,
  });
});

test('IPv6 addresses are asked for where the target group is of that type', async () => {
  const answer = await ask({ addresses: ['10.0.0.1', '2001:db8::1'], ttl: 5 }, 6);

  expect(answer).toMatchObject({ addresses: ['2001:db8::1'] });
});

test('a name that is an alias has the addresses and the TTL of what it stands for', async () => {
  const answer = await ask({ alias: 'db.example.internal', addresses: ['10.0.0.1'], ttl: 5 });

  expect(answer).toEqual({ kind: 'addresses', addresses: ['10.0.0.1'], ttlSeconds: 5 });
});

test('an answer too long for a datagram is asked for again over TCP, and is whole', async () => {
  const addresses = Array.from({ length: 100 }, (_, i) => `10.0.1.${i}`);

  expect(await ask({ addresses })).toMatchObject({ addresses });
});

test('no answer is kept: each question is asked anew, whatever its TTL', async () => {
  dns.set(NAME, { rotation: ['10.0.0.1', '10.0.0.2'], ttl: 300 });
  const lookup = lookupWith(resolverOf([dns.address]));

  const [first, second] = [await lookup(NAME, 4), await lookup(NAME, 4)];

  expect(first).not.toEqual(second);
});

test.each<[string, Zone, object]>([
  ['an empty answer', 'empty', { kind: 'empty' }],
  ['a name that does not exist', { rcode: 'NXDOMAIN' }, { kind: 'failed', reason: 'NXDOMAIN' }],
  ['a server that fails', { rcode: 'SERVFAIL' }, { kind: 'failed', reason: 'SERVFAIL' }],
  ['a server that refuses', { rcode: 'REFUSED' }, { kind: 'failed', reason: 'REFUSED' }],
  ['a server that is silent', 'silent', { kind: 'failed', reason: 'the DNS server does not answer in time' }],
])('%s is an answer too', async (_, zone, answer) => {
  expect(await ask(zone)).toEqual(answer);
});

test('a server that is not there is an answer too', async () => {
  const answer = await lookupWith(resolverOf(['127.0.0.1:1']))(NAME, 4);

  expect(answer).toEqual({ kind: 'failed', reason: 'the DNS server cannot be reached' });
});

test('without servers of its own, a resolver asks those of the system', () => {
  expect(() => resolverOf()).not.toThrow();
});

test('what is no failure of DNS is thrown', async () => {
  const broken = { resolve4: () => Promise.reject(new TypeError('broken')), resolve6: () => Promise.reject('broken') };

  await expect(lookupWith(broken)(NAME, 4)).rejects.toThrow('broken');
  await expect(lookupWith(broken)(NAME, 6)).rejects.toBe('broken');
});
