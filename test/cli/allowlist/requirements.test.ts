import { ExitCode } from '../../../cli/exit-code';
import { check } from './check-text';

const LIST = 'entries:\n  - { cidr: 52.20.30.0/24, expires: 2031-01-31 }\n';

test('what a file requires is checked without a stack', async () => {
  const { exitCode, out } = await check(`require: { owner: true }\n${LIST}`);

  expect(exitCode).toBe(ExitCode.FAILED);
  expect(out).toMatch(/^error: allowlist\.yaml:3:13: .* has no owner, which allowlist\.yaml:1:19 requires\./);
});

test.each([
  ['an owner', ['--require-owner'], 'OwnerRequired', 'allowlist.require.owner'],
  ['a ticket', ['--require-ticket'], 'TicketRequired', 'allowlist.require.ticket'],
  ['a ticket of wide blocks', ['--ticket-if-wider-than-ipv4', '28'], 'TicketRequired', 'allowlist.require.ticketIf'],
  ['an early end', ['--max-days', '90', '--as-of', '2026-07-01'], 'ExpiryTooLate', 'allowlist.require.maxDays'],
])('what an endpoint requires is, too: %s', async (_, options, rule, property) => {
  const { exitCode, out } = await check(LIST, ...options);

  expect(exitCode).toBe(ExitCode.FAILED);
  expect(out).toContain(`[${rule}]`);
  expect(out).toContain(property);
});

test('an end, and a ticket of wide blocks of IPv6', async () => {
  const { out } = await check(
    'entries: [52.20.30.40, "2600:1f18::/48"]',
    ...['--require-expires', '--ticket-if-wider-than-ipv6', '56'],
  );

  expect([...out.matchAll(/\[(\w+)\]$/gm)].map(([, rule]) => rule).sort()).toEqual([
    'ExpiryRequired',
    'ExpiryRequired',
    'TicketRequired',
  ]);
});

test('a list that says everything passes', async () => {
  const text = 'owner: data-team\nticket: SEC-1\nexpires: 2031-01-31\nentries: [52.20.30.0/24]\n';

  expect(await check(text, '--require-owner', '--require-ticket', '--require-expires')).toMatchObject({
    exitCode: ExitCode.OK,
  });
});
