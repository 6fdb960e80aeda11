import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizeEndpoint, validProps } from './support/endpoint';
import { endpointProps, synthesizeFleet } from './support/shared-load-balancer';
import { onlyResource, resources } from './support/synthesis';
import { followed } from './target-sync/synthesized-sync';
import { synthesizeUser } from './users/synthesized-user';

const PAGE = join(__dirname, '../docs/cost.md');
const FREE = /^(free|nothing that shows|free, or nothing that shows)$/;

const sectionsIn = (page: string) => {
  const [head, ...sections] = page.split('\n## ');
  return { head, sections: sections.map((section) => ({ title: section.split('\n')[0], section })) };
};

const PRICES = new Map(
  [...readFileSync(PAGE, 'utf8').matchAll(/^\| `([a-z0-9-]+)` \| ([\d.]+) \| .+ \| .+ \|$/gm)].map(([, name, usd]) => [
    name,
    Number(usd),
  ]),
);

/** A number with what it counts, or the name of a price. */
function factor(text: string): number {
  const [, price] = /^`(.+)`$/.exec(text) ?? [];
  const [, count] = /^([\d,]+(?:\.\d+)?)(?: [\w-]+)?$/.exec(text) ?? [];
  const value = price === undefined ? Number(count?.replaceAll(',', '')) : PRICES.get(price);
  if (value === undefined || Number.isNaN(value)) throw new Error(`${text} is neither a number nor a price.`);
  return value;
}

function amountOf(arithmetic: string): number {
  if (FREE.test(arithmetic)) return 0;
  const [first = '', ...divisors] = arithmetic.split(' / ');
  const product = (text: string) =>
    text
      .split(' x ')
      .map(factor)
      .reduce((a, b) => a * b, 1);
  // What is behind a slash divides, and what follows it multiplies again.
  return divisors.reduce((result, text) => {
    const [divisor = '', ...rest] = text.split(' x ');
    return (result / factor(divisor)) * rest.map(factor).reduce((a, b) => a * b, 1);
  }, product(first));
}

/** Half a cent goes up, however its binary fraction falls. */
const usd = (value: number) =>
  (Math.round(value * 100 + 1e-6) / 100).toLocaleString('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });

const ROW = /^\| (.+?) \| (.*?) ?\| ([\d,.*]+) \|$/;

/** The section with every number worked out anew. */
function workedOut(section: string): { section: string; total: number } {
  let total = 0;
  const lines = section.split('\n').map((line) => {
    const [, item = '', arithmetic = '', written] = ROW.exec(line) ?? [];
    if (written === undefined) return line;
    if (item === '**together**') return `| ${item} | | **${usd(total)}** |`;
    total += amountOf(arithmetic);
    return `| ${item} | ${arithmetic} | ${usd(amountOf(arithmetic))} |`;
  });
  return { section: lines.join('\n'), total };
}

/** The page with every number worked out anew. */
function pageWorkedOut(page: string): string {
  const { head, sections } = sectionsIn(page);
  const done = sections.map(({ title, section }) =>
    title === 'Prices' ? { title, section, total: 0 } : { title, ...workedOut(section) },
  );
  const anchors = new Map(
    done.map(({ title, total }) => [
      title
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
      total,
    ]),
  );
  const summary = head.replace(/^(\| \[.+?\]\(#(.+?)\) \|) .+ \|$/gm, (_, row, anchor) => {
    const total = anchors.get(anchor);
    if (total === undefined) throw new Error(`There is no section #${anchor}.`);
    return `${row} ${usd(total)} |`;
  });
  return [summary, ...done.map(({ section }) => section)].join('\n## ');
}

// UPDATE_DOCS=1 npx jest test/cost-doc writes the numbers.
test('docs/cost.md says what its prices and its arithmetic amount to', () => {
  const page = readFileSync(PAGE, 'utf8');
  if (process.env['UPDATE_DOCS']) writeFileSync(PAGE, pageWorkedOut(page));

  expect(readFileSync(PAGE, 'utf8')).toBe(pageWorkedOut(page));
});

test('docs/cost.md has a source for every price, and uses every price', () => {
  const page = readFileSync(PAGE, 'utf8');

  expect(PRICES.size).toBeGreaterThan(10);
  for (const name of PRICES.keys()) {
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\|.*\\]\\(https://`, 'm'));
    expect(page.split(`\`${name}\``).length).toBeGreaterThan(2);
  }
});

test('README.md says the totals of docs/cost.md in whole dollars', () => {
  const totals = [...readFileSync(PAGE, 'utf8').matchAll(/^\| \[.+\]\(#.+\) \| ([\d,.]+) \|$/gm)].map(
    ([, total]) => total,
  );
  const whole = (total: string) => `${Math.round(Number(total.replaceAll(',', ''))).toLocaleString('en-US')} USD`;
  const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');

  for (const total of totals.slice(0, 3)) expect(readme).toContain(whole(total));
});

test('an endpoint has the load balancer and the addresses that docs/cost.md counts', () => {
  const loadBalancer = onlyResource(synthesizeEndpoint(validProps()), 'aws_lb');

  expect(loadBalancer).toMatchObject({ internal: false, subnets: ['subnet-0a', 'subnet-0b'] });
  expect(readFileSync(PAGE, 'utf8')).toContain('2 addresses x 730 h');
});

test('endpoints share one load balancer, as docs/cost.md counts it', () => {
  const fleet = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`Orders${i}`, endpointProps({ port: 6000 + i })]),
  );

  expect(resources(synthesizeFleet(fleet), 'aws_lb')).toHaveLength(1);
  expect(resources(synthesizeFleet(fleet), 'aws_lb_listener')).toHaveLength(40);
});

test('the function that follows names runs as docs/cost.md counts it', () => {
  const tf = followed();

  expect(onlyResource(tf, 'aws_lambda_function')).toMatchObject({ memory_size: 128, architectures: ['arm64'] });
  expect(onlyResource(tf, 'aws_cloudwatch_event_rule')).toMatchObject({ schedule_expression: 'rate(1 minute)' });
  expect(readFileSync(PAGE, 'utf8')).toContain(`${(730 * 60).toLocaleString('en-US')} runs x 58 s x ${128 / 1024} GB`);
});

test('a database user has the secret that docs/cost.md counts', () => {
  expect(resources(synthesizeUser(), 'aws_secretsmanager_secret')).toHaveLength(1);
});
