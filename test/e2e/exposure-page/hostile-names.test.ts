import { describeInChromium, useChromium } from './browser';
import { usePages } from './pages';

/** Texts of files that want to be something else than text. */
const HOSTILE: readonly { readonly what: string; readonly text: string; readonly shown?: string }[] = (
  [
    ['a script', '</script><script>alert(1)</script>'],
    ['an image', '<img src=x onerror=alert(1)>'],
    [
      'the end of every element that is there',
      '</noscript></style></title></textarea></table></main><svg onload=alert(1)>',
    ],
    ['a comment', '<!--<script>'],
    ['a link', 'javascript:alert(1)//https://evil.example'],
    ['an attribute', '" onfocus="alert(1)" autofocus x=\''],
    ['entities', '&lt;b&gt; &#60;i&#62; &amp;'],
    ['text that is reordered', 'a\u202egnp.exe\u2066', 'a\\u202egnp.exe\\u2066'],
    ['control characters', 'a\u0000b\u001b[2J\u0007', 'a\\u0000b\\u001b[2J\\u0007'],
    ['pictures', '🐘 数据 عربي'],
    ['separators of lines', 'a\u2028b\u2029c\nd', 'a\\u2028b\\u2029c\\nd'],
    ['a name of every object', '__proto__'],
    ['a very long name', `x${'y'.repeat(100_000)}`, `x${'y'.repeat(496)}...`],
  ] satisfies (readonly [what: string, text: string, shown?: string])[]
).map(([what, text, shown]) => ({ what, text, shown }));

describeInChromium('texts of files', () => {
  const pages = usePages();
  const chromium = useChromium();

  it.each(HOSTILE)('stay text: $what', async ({ text, shown = text }) => {
    const about = { description: text, owner: text, ticket: text, expires: text, group: text, integration: text };
    const source = { kind: 'cidr', value: '198.51.100.0/24', location: `${text}:1:2`, ...about };
    const app = (more: object) => [
      {
        ...{ endpoint: `prod/${text}`, engine: text, hostname: text, tls: text, ...more },
        guards: { acknowledged: [text], maxBreadthIpv4: 8, maxBreadthIpv6: 24 },
        privateLink: { principals: [text], acceptanceRequired: true, allowlistApplies: true },
        sources: [source, { ...source, kind: text, value: text }],
      },
    ];
    const { page, incidents } = await chromium.open(
      await pages.between(app({ port: 1 }), app({ port: 2, sources: [source] })),
    );
    const texts = (selector: string) =>
      page.locator(selector).evaluateAll((all) => all.map(({ textContent }) => textContent));

    expect(await texts('#changes h3')).toEqual([
      `prod/${shown}`.length > 500 ? `prod/x${'y'.repeat(491)}...` : `prod/${shown}`,
    ]);
    await page.getByRole('radio', { name: 'Everything' }).check();
    expect(await texts('#endpoints tbody td.text')).toContain(shown);
    expect(await texts('#owner option')).toContain(shown);
    await page.locator('#search').fill(shown.slice(0, 40));
    expect(await page.locator('#count').innerText()).toMatch(/^1 of 1 endpoint/);
    await page.locator('#owner').selectOption({ label: shown });
    expect(await page.locator('#count').innerText()).toMatch(/^1 of 1 endpoint/);
    expect(await page.locator('img, iframe, a[href]:not([href^="#"]), svg[onload], body [autofocus]').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(2);
    // A long name must not push all others out of sight.
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(incidents).toEqual([]);
    await page.context().close();
  });

  it('cannot run if they were markup: the policy refuses it', async () => {
    const { page, incidents } = await chromium.open(await pages.everything());
    const tried = await page.evaluate(() => {
      const errors: string[] = [];
      for (const attempt of [
        () => {
          document.body.innerHTML = '<b>x</b>';
        },
        () => {
          const script = document.createElement('script');
          script.append('document.title = "run"');
          document.body.append(script);
        },
      ]) {
        try {
          attempt();
        } catch (error) {
          errors.push((error as Error).name);
        }
      }
      return { errors, title: document.title };
    });

    expect(tried.errors).toContain('TypeError');
    expect(tried.title).toBe('Who can reach what');
    expect(incidents.join('\n')).toMatch(/requires 'TrustedHTML' assignment[\s\S]*requires 'TrustedScript' assignment/);
  });
});
