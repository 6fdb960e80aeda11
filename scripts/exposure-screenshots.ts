import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { compare } from '../cli/exposure/diff/compare';
import { renderPage } from '../cli/exposure/page/page';
import { pageData } from '../cli/exposure/page/page-model';
import { readExposure } from '../cli/exposure/read/read-exposure';
import { select } from '../cli/exposure/select';
import { FLEET_DAY, fleetAfter, fleetBefore, writeFleet } from './exposure-fleet';

// Pictures of `exposure --format html` for the documents. Fonts differ between machines, so CI does not compare them.

const images = join(__dirname, '..', 'docs', 'images');
const WIDTH = 1280;

interface Screenshot {
  readonly name: string;
  readonly page: 'everything' | 'changes';
  readonly colorScheme: 'light' | 'dark';
  readonly height: number;
  readonly prepare?: (page: Page) => Promise<unknown>;
}

const SCREENSHOTS: readonly Screenshot[] = [
  {
    ...{ name: 'exposure-everything', page: 'everything', colorScheme: 'light', height: 960 },
    prepare: (page) => page.locator('#endpoints summary').first().click(),
  },
  {
    ...{ name: 'exposure-space-dark', page: 'everything', colorScheme: 'dark', height: 1060 },
    prepare: (page) => page.evaluate("document.getElementById('sizes').scrollIntoView()"),
  },
  { name: 'exposure-changes', page: 'changes', colorScheme: 'light', height: 960 },
];

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'screenshots-'));
  let browser: Browser | undefined;
  try {
    const now = new Date(FLEET_DAY);
    const [before, after] = [fleetBefore(), fleetAfter()].map((fleet, i) =>
      readExposure(writeFleet(join(folder, String(i), 'prod'), fleet)),
    );
    const selected = select(after, { now });
    const pages = {
      everything: renderPage(pageData(selected, { now })),
      changes: renderPage(pageData(selected, { now }, compare(before, after))),
    };
    mkdirSync(images, { recursive: true });
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    });
    for (const { name, page: which, colorScheme, height, prepare } of SCREENSHOTS) {
      const file = join(folder, `${which}.html`);
      writeFileSync(file, pages[which]);
      const page = await browser.newPage({ viewport: { width: WIDTH, height }, colorScheme, reducedMotion: 'reduce' });
      await page.goto(pathToFileURL(file).href);
      await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
      await prepare?.(page);
      await page.mouse.move(0, 0);
      await page.evaluate('document.activeElement.blur()');
      await page.screenshot({ path: join(images, `${name}.png`) });
      await page.close();
      console.log(relative(process.cwd(), join(images, `${name}.png`)));
    }
  } finally {
    await browser?.close();
    rmSync(folder, { recursive: true });
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
