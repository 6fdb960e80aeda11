import { ExitCode } from '../../../cli/exit-code';
import { check } from './check-text';

const NESTED = `owner: data-team
entries:
  - 52.20.30.7
  - { cidr: 52.20.0.0/16, owner: sales }
  - 52.20.30.0/24
  - 52.21.0.0/16
  - { cidr: 2600:1f18:1::/48, expires: 2099-12-31 }
  - 2600:1f18::/32
`;

test('entries within others are listed with both places, and are no mistakes', async () => {
  const { exitCode, out } = await check(NESTED);

  expect(exitCode).toBe(ExitCode.OK);
  expect(out.split('\n').slice(-5)).toEqual([
    '3 shadowed entries, which admit nobody that another one does not admit:',
    '  52.20.30.0/24 (allowlist.yaml:5:5, owner data-team) lies within 52.20.0.0/16 (allowlist.yaml:4:13, owner sales)',
    '  52.20.30.7 (allowlist.yaml:3:5, owner data-team) lies within 52.20.30.0/24 (allowlist.yaml:5:5, owner data-team)',
    '  2600:1f18:1::/48 (allowlist.yaml:7:13, owner data-team, until 2099-12-31) lies within 2600:1f18::/32 (allowlist.yaml:8:5, owner data-team)',
    '',
  ]);
});

test('they are in the report as data', async () => {
  const { shadowed } = JSON.parse((await check(NESTED, '--json')).out);

  expect(shadowed[1]).toEqual({
    value: '52.20.30.7',
    location: { file: 'allowlist.yaml', line: 3, column: 5 },
    owner: 'data-team',
    within: {
      value: '52.20.30.0/24',
      location: { file: 'allowlist.yaml', line: 5, column: 5 },
      owner: 'data-team',
    },
  });
});

test('an entry that has expired shadows nothing, and is not shadowed', async () => {
  const { out } = await check(
    'entries: [{ cidr: 52.20.0.0/16, expires: 2027-01-01 }, 52.20.30.7, { cidr: 52.20.30.7/32, expires: 2027-01-01 }]',
    ...['--as-of', '2027-06-01'],
  );

  expect(out).not.toContain('shadowed');
});

test('entries that lie beside each other are not listed', async () => {
  expect((await check('entries: [52.20.30.0/25, 52.20.30.128/25]')).out).not.toContain('shadowed');
});

test('a long list is cut on a terminal, and whole in the report', async () => {
  const entries = Array.from({ length: 60 }, (_, i) => `52.20.30.${i}`).join(', ');
  const text = `entries: [52.20.0.0/16, ${entries}]`;

  expect((await check(text)).out).toMatch(/^60 shadowed entries.*\n( {2}.* lies within .*\n){50} {2}and 10 more\n$/m);
  expect(JSON.parse((await check(text, '--json')).out).shadowed).toHaveLength(60);
});
