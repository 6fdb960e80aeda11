import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findBinary, requireBinary } from '../check/servers/binaries';
import { describeUnlessMissing } from '../harness/describe-unless-missing';

/** A `describe` for tests that open pages in Debian's Chromium. */
export function describeInChromium(title: string, tests: () => void): void {
  const { path, text } = findBinary('chromium');
  describeUnlessMissing(path === undefined ? [text] : [], title, tests);
}

/** A page that is open, and everything that went wrong in it or left it. */
export interface OpenPage {
  readonly page: Page;
  /** Messages of the console, errors, violations of the policy, and requests for anything but the file. */
  readonly incidents: readonly string[];
}

export interface Chromium {
  /** Writes the HTML into a file, and opens it. */
  readonly open: (html: string, options?: BrowserContextOptions) => Promise<OpenPage>;
}

/** One Chromium for the tests of a file, which closes with them. Each page has a profile of its own. */
export function useChromium(): Chromium {
  let browser: Browser | undefined;
  const folder = mkdtempSync(join(tmpdir(), 'exposure-page-'));
  let count = 0;
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    open: async (html, options) => {
      // As root, Chromium cannot build its sandbox. Small /dev/shm of containers would end it.
      browser ??= await chromium.launch({
        executablePath: requireBinary('chromium'),
        args: ['--no-sandbox', '--disable-dev-shm-usage'],
        timeout: 120_000,
      });
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        reducedMotion: 'reduce',
        ...options,
      });
      context.setDefaultTimeout(120_000);
      const page = await context.newPage();
      const incidents: string[] = [];
      const file = join(folder, `${count++}.html`);
      writeFileSync(file, html);
      const url = pathToFileURL(file).href;
      page.on('console', (message) => incidents.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => incidents.push(`error: ${error.message}`));
      page.on('dialog', (dialog) => {
        incidents.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('popup', (popup) => incidents.push(`popup: ${popup.url()}`));
      page.on('request', (request) => {
        if (request.url().replace(/#.*/, '') !== url) incidents.push(`request: ${request.url()}`);
      });
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
          console.error(`policy: ${violatedDirective} ${blockedURI}`);
        });
      });
      await page.goto(url);
      if (options?.javaScriptEnabled !== false) await settled(page);
      return { page, incidents };
    },
  };
}

/** Waits until every section is made. */
export async function settled(page: Page): Promise<void> {
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
}
