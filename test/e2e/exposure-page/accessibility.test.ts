import { source } from 'axe-core';
import type { Page } from 'playwright-core';
import { describeInChromium, settled, useChromium } from './browser';
import { usePages } from './pages';

/** What axe finds that keeps somebody from using the page. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(source);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
  });
}

describeInChromium('the page keeps nobody out', () => {
  const pages = usePages();
  const chromium = useChromium();

  describe.each(['light', 'dark'] as const)('when it is %s', (colorScheme) => {
    it('and shows everything, closed and opened, and a filter that is wrong', async () => {
      const { page, incidents } = await chromium.open(await pages.everything(), { colorScheme });

      expect(await barriers(page)).toEqual([]);
      await page.getByRole('button', { name: 'Open all' }).click();
      await page.locator('#address').fill('300');
      await settled(page);
      expect(await barriers(page)).toEqual([]);
      expect(incidents).toEqual([]);
    });

    it('and shows what changed', async () => {
      const { page, incidents } = await chromium.open(await pages.changes(), { colorScheme });

      expect(await barriers(page)).toEqual([]);
      expect(incidents).toEqual([]);
    });
  });

  it('finds what is missing: an image without a text', async () => {
    const { page } = await chromium.open(await pages.changes());
    await page.evaluate(() => document.querySelector('main')?.append(document.createElement('img')));

    expect((await barriers(page)).join()).toMatch(/^image-alt: <img>/);
  });

  it('has one heading of each section below that of the page, and landmarks', async () => {
    const { page } = await chromium.open(await pages.everything());
    const levels = await page
      .locator(':is(h1, h2, h3, h4):visible')
      .evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));

    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
    for (const role of ['banner', 'main', 'navigation', 'search'] as const)
      expect(await page.getByRole(role).count()).toBe(1);
    expect(await page.locator('th:not([scope])').count()).toBe(0);
  });
});
