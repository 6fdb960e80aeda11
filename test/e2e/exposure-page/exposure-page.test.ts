import type { Page } from 'playwright-core';
import { fleetBefore } from '../../../scripts/exposure-fleet';
import { describeInChromium, settled, useChromium } from './browser';
import { usePages } from './pages';

describeInChromium('the page of the exposure', () => {
  const pages = usePages();
  const chromium = useChromium();
  const open = async (html: string, options?: Parameters<typeof chromium.open>[1]) => {
    const opened = await chromium.open(html, options);
    afterEachTest.push(() => {
      expect(opened.incidents).toEqual([]);
      return opened.page.context().close();
    });
    return opened.page;
  };
  const afterEachTest: (() => Promise<void>)[] = [];
  // Whatever a test does: no message, no violation of the policy, no request.
  afterEach(async () => {
    for (const check of afterEachTest.splice(0)) await check();
  });

  const count = (page: Page) => page.locator('#count').innerText();
  const names = (page: Page, section = 'endpoints') => page.locator(`#${section} h3`).allInnerTexts();
  const sources = (page: Page) => page.locator('#endpoints tbody th code').allInnerTexts();

  it('shows who may reach each endpoint, and all that is recorded about it', async () => {
    const page = await open(await pages.everything());

    expect(await count(page)).toBe('6 of 6 endpoints, 28 of 28 entries');
    expect(await names(page)).toEqual([
      'analytics/Events',
      'analytics/Warehouse',
      'prod/Billing',
      'prod/Orders',
      'prod/Sessions',
      'prod/StatusPage',
    ]);
    await page.locator('#endpoints summary', { hasText: 'prod/Orders' }).click();
    const details = page.locator('#endpoints details', { hasText: 'prod/Orders' });
    expect(await details.locator('.facts').innerText()).toMatch(
      /Port\s+5432\s+TLS ends at\s+the database\s+Load balancer\s+internet-facing/,
    );
    const row = details.locator('tbody tr', { hasText: '35.234.176.144/29' });
    expect((await row.innerText()).split(/\s*[\t\n]\s*/)).toEqual([
      ...['35.234.176.144/29', '8 IPv4', 'Tideline Sync', 'data-team', 'SEC-1388'],
      ...['2027-07-31', '211 days left', 'vendors.yaml:18:5'],
    ]);
    expect(await details.innerText()).toMatch(
      /Logins of the database that the app makes[\s\S]*lumen\s+SELECT\s+all tables of sales/,
    );
    expect(await details.innerText()).toMatch(/Without access: their last day has passed[\s\S]*192\.0\.2\.0\/25/);
  });

  it('finds what is searched for, and opens it', async () => {
    const page = await open(await pages.everything());

    await page.getByRole('button', { name: 'Open all' }).click();
    await page.getByRole('button', { name: 'Close all' }).click();
    await page.locator('#search').fill('harbor SEC-1502');
    expect(await count(page)).toBe('3 of 6 endpoints, 6 of 28 entries');
    expect(await names(page)).toEqual(['analytics/Events', 'analytics/Warehouse', 'prod/Billing']);
    expect(new Set(await sources(page))).toEqual(new Set(['34.28.126.0/24', '35.203.35.77/32']));
    await page.locator('#search').fill('nobody has this');
    expect(await page.locator('#endpoints').innerText()).toContain('Nothing matches.');
    expect(await page.locator('#count').getAttribute('aria-live')).toBe('polite');
  });

  it('filters by owner, endpoint, end and reach', async () => {
    const page = await open(await pages.everything());

    await page.locator('#owner').selectOption({ label: 'data-team' });
    expect(await count(page)).toBe('3 of 6 endpoints, 6 of 28 entries');
    await page.locator('#ends').selectOption({ label: 'Within 30 days' });
    expect(await sources(page)).toEqual(['34.74.90.64/28', '35.234.176.144/29', '52.0.2.4/32']);
    await page.locator('#endpoint').selectOption({ label: 'analytics/Warehouse' });
    expect(await sources(page)).toEqual(['35.234.176.144/29', '52.0.2.4/32']);
    await page.locator('#clear').click();
    expect(await count(page)).toBe('6 of 6 endpoints, 28 of 28 entries');
    await page.locator('#reach').selectOption({ label: 'Everybody admitted' });
    expect(await names(page)).toEqual(['prod/StatusPage']);
    await page.locator('#reach').selectOption({ label: 'Internet-facing' });
    expect(await names(page)).not.toContain('prod/Sessions');
  });

  it('says what an address can reach, and what may admit it', async () => {
    const page = await open(await pages.everything());

    await page.locator('#address').fill('203.0.113.77');
    expect(await count(page)).toBe('4 of 6 endpoints, 3 of 28 entries, and 2 entries that may admit it');
    expect(await sources(page)).toEqual([
      ...['203.0.113.0/24', 'pl-0a1b2c3d4e5f60718'],
      ...['203.0.113.0/25'],
      ...['sg-0a1b2c3d4e5f60718'],
      ...['0.0.0.0/0'],
    ]);
    await page.locator('#address').fill('203.0.113.77/24');
    expect(await page.locator('#address-problem').innerText()).toBe(
      "'203.0.113.77/24' has host bits set. Write 203.0.113.77/32 for that address or 203.0.113.0/24 for that network.",
    );
    expect(await page.locator('#address').getAttribute('aria-invalid')).toBe('true');
    expect(await count(page)).toBe('6 of 6 endpoints, 28 of 28 entries');
  });

  it('shows what ends when', async () => {
    const page = await open(await pages.everything());
    const section = page.locator('#expiries');

    expect(await section.locator('svg').getAttribute('aria-label')).toMatch(
      /^Entries by the month in which they end, from 2027-01 to 2027-12\. 3 entries within 30 days/,
    );
    expect(await section.locator('tbody tr').first().innerText()).toMatch(
      /2027-01-10\s+9 days left\s+1\s+analytics\/Events\s+Replay job\s+data-team/,
    );
    await page.locator('#search').fill('harbor');
    await settled(page);
    expect(await section.locator('tbody tr').count()).toBe(1);
  });

  it('shows how much of the address space is admitted, and what several endpoints have in common', async () => {
    const page = await open(await pages.everything());

    expect(await page.locator('#sizes tbody th').allInnerTexts()).toEqual([
      'prod/StatusPage',
      'analytics/Events',
      'prod/Sessions',
      'prod/Billing',
      'analytics/Warehouse',
      'prod/Orders',
    ]);
    const widths = await page
      .locator('#sizes svg.ipv4 .fill')
      .evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute('width'))));
    expect([...widths].sort((a, b) => b - a)).toEqual(widths);
    expect(widths[0]).toBe(240);
    expect(await page.locator('#overlaps tbody tr').first().innerText()).toMatch(
      /3\s+analytics\/Events\s+analytics\/Warehouse\s+prod\/Billing\s+257 IPv4\s+34\.28\.126\.0\/24/,
    );
    expect(await page.locator('#space .note').innerText()).toBe(
      'Left out of the map, as everybody may connect: prod/StatusPage.',
    );
  });

  it('opens parts of the map by keyboard, down to an address', async () => {
    const page = await open(await pages.everything());
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    const grid = page.locator('[role=grid]');

    await grid.locator('[tabindex="0"]').focus();
    expect(await focused()).toBe('34.0.0.0/8: 1,048,832 addresses, 3 endpoints');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('35.0.0.0/8: 9 addresses, 4 endpoints');
    expect(await page.locator('.part').innerText()).toMatch(
      /35\.203\.35\.77\/32\s+Harbor BI\s+bi-team\s+analytics\/Warehouse/,
    );
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('19.0.0.0/8: nothing');
    await page.keyboard.press('ArrowDown');
    for (const opened of ['35.234.0.0/16: 8', '35.234.176.0/24: 8', '35.234.176.144/32: 1']) {
      await page.keyboard.press('Enter');
      expect(await focused()).toMatch(opened);
    }
    await page.keyboard.press('Enter');
    for (const back of ['35.234.176.0/24', '35.234.0.0/16', '35.0.0.0/8']) {
      await page.keyboard.press('Escape');
      expect(await focused()).toMatch(back);
    }
    await page.keyboard.press('End');
    expect(await focused()).toMatch(/^47\./);
    await page.keyboard.press('PageUp');
    expect(await focused()).toMatch(/^15\./);
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toMatch(/^15\./);
    expect(await grid.locator('[tabindex="0"]').count()).toBe(1);
  });

  it('is used by keyboard: a key for the search, one that clears, an order of focus that is seen', async () => {
    const page = await open(await pages.everything());
    const focus = () =>
      page.evaluate(() => {
        const { id, textContent, matches } = document.activeElement as HTMLElement;
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement!);
        return {
          at: id || (matches.call(document.activeElement, 'summary') ? 'summary' : textContent),
          seen: `${outlineStyle} ${outlineWidth}`,
        };
      });

    const order: string[] = [];
    for (let i = 0; i < 17; i++) {
      await page.keyboard.press('Tab');
      const { at, seen } = await focus();
      order.push(at ?? '');
      expect(seen).toBe('solid 2px');
    }
    expect(order).toEqual([
      ...['Skip to the content', 'theme', 'search', 'address', 'owner', 'endpoint', 'ends', 'reach', 'clear'],
      ...[
        'Endpoints',
        'What ends when',
        'How much each endpoint admits',
        'Where in IPv4 access comes from',
        'What reaches several endpoints',
      ],
      ...['Open all', 'Close all', 'summary'],
    ]);
    await page.keyboard.press('Enter');
    expect(await page.locator('#endpoints details[open] tbody tr').count()).toBe(4);
    await page.keyboard.press('/');
    expect((await focus()).at).toBe('search');
    await page.keyboard.type('prod/B');
    expect(await page.locator('#search').inputValue()).toBe('prod/B');
    expect(await names(page)).toEqual(['prod/Billing']);
    await page.keyboard.press('Escape');
    expect(await page.locator('#search').inputValue()).toBe('');
    expect(await names(page)).toHaveLength(6);
  });

  it('follows the system to dark and light, and can be switched', async () => {
    const background = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const page = await open(await pages.everything(), { colorScheme: 'dark' });

    const [dark, light] = ['rgb(20, 23, 28)', 'rgb(255, 255, 255)'];
    expect(await background(page)).toBe(dark);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await background(page)).toBe(light);
    await page.getByRole('button', { name: 'Dark theme' }).click();
    expect(await background(page)).toBe(dark);
    await page.getByRole('button', { name: 'Light theme' }).click();
    expect(await background(page)).toBe(light);
    await page.getByRole('button', { name: 'Dark theme' }).click();
    await page.emulateMedia({ colorScheme: 'light', media: 'print' });
    expect(await background(page)).toBe(light);
  });

  it('prints everything opened, without controls, and says that it is only a part', async () => {
    const page = await open(await pages.everything());
    await page.evaluate(() => {
      addEventListener('beforeprint', () => {
        document.body.dataset['printed'] = String(
          document.querySelectorAll('#endpoints details[open] tbody tr').length,
        );
        document.body.dataset['part'] = document.querySelector('.printed')?.textContent ?? '';
      });
    });
    const printed = async () => {
      const pdf = await page.pdf();
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      return page.evaluate(() => ({ ...document.body.dataset }));
    };

    // 28 entries, one that has expired, and a login.
    expect(await printed()).toMatchObject({ printed: '30', part: '' });
    expect(await page.locator('#endpoints details[open]').count()).toBe(0);
    await page.locator('#owner').selectOption({ label: 'it' });
    expect(await printed()).toMatchObject({
      part: 'This is only a part (owner: it): 2 of 6 endpoints, 4 of 28 entries',
    });
    await page.emulateMedia({ media: 'print' });
    for (const control of ['#filters', '#sections', '#theme', '.openers'])
      expect(await page.locator(control).isVisible()).toBe(false);
    expect(await page.locator('.printed').isVisible()).toBe(true);
  });

  it('shows what changed, and everything, of two states', async () => {
    const page = await open(await pages.changes());
    const card = (name: string) => page.locator('#changes article', { hasText: name });

    expect(await count(page)).toBe('4 of 4 changed endpoints');
    expect(await page.locator('#changes').innerText()).toContain(
      '4 endpoints change: 1 new, 2 with access gained, 1 with access lost, 2 weakened.',
    );
    expect(await names(page, 'changes')).toEqual([
      'prod/StatusPage',
      'analytics/Events',
      'prod/Orders',
      'prod/Billing',
    ]);
    expect(await card('prod/StatusPage').innerText()).toMatch(
      /new\s+public\s+access gained[\s\S]*admits nobody[\s\S]*public, gained/,
    );
    expect(await card('prod/Orders').innerText()).toMatch(
      /admits 332 IPv4[\s\S]*admits 204 IPv4[\s\S]*loses 128 IPv4[\s\S]*ends 2027-07-31 instead of 2027-01-22/,
    );
    expect(await card('prod/Orders').locator('tbody tr').innerText()).toMatch(
      /lost\s+203\.0\.113\.128\/25\s+of 203\.0\.113\.0\/24\s+128 IPv4\s+Berlin office\s+it\s+offices\.yaml/,
    );
    expect(await card('analytics/Events').innerText()).toContain('maxBreadthIpv4 is /8 instead of /12');

    await page.locator('#address').fill('203.0.113.200');
    expect(await names(page, 'changes')).toEqual(['prod/StatusPage', 'prod/Orders']);
    await page.keyboard.press('Escape');
    await page.locator('#search').fill('harbor');
    expect(await names(page, 'changes')).toEqual(['prod/Billing']);
    await page.locator('#search').fill('');

    expect(await page.locator('#endpoints').isVisible()).toBe(false);
    await page.getByRole('radio', { name: 'What changed' }).focus();
    await page.keyboard.press('ArrowRight');
    await settled(page);
    expect(await page.getByRole('radio', { name: 'Everything' }).isChecked()).toBe(true);
    expect(await page.locator('#changes').isVisible()).toBe(false);
    expect(await names(page)).toHaveLength(6);
    expect(await page.locator('#sizes tbody tr', { hasText: 'prod/Orders' }).innerText()).toMatch(/204\s+before: 332/);
  });

  it('says that nothing changed', async () => {
    const page = await open(await pages.between(fleetBefore(), fleetBefore()));

    expect(await page.locator('#changes').innerText()).toContain('Nothing changes in who can reach what.');
    expect(await count(page)).toBe('0 of 0 changed endpoints');
  });

  it('says that it does not have everything, where the command was asked for less', async () => {
    const page = await open(await pages.of(fleetBefore(), '--owner', 'bi-team'));

    expect(await page.locator('.narrowed').innerText()).toBe(
      'This page does not have everything. It shows only owner bi-team.',
    );
  });

  it('can be read without its script', async () => {
    const page = await open(await pages.changes(), { javaScriptEnabled: false });

    expect(await page.locator('#filters').isVisible()).toBe(false);
    expect(await page.locator('noscript td', { hasText: 'Tideline Sync' }).first().isVisible()).toBe(true);
    expect(await page.locator('noscript h3').allInnerTexts()).toContain('prod/Sessions');
  });
});
