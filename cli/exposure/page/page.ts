import { createHash } from 'node:crypto';
import { bundlePage } from './bundle-page';
import { html, scriptJson } from './html';
import type { PageData } from './page-data';
import { staticTables } from './static-tables';
import { grouped, many, sizeText } from './words';

/**
 * The page: one file that needs no network. What is in it is decided by its data alone; no text of a file is markup, and
 * the content security policy runs nothing but the script of the page.
 */
export function renderPage(data: PageData): string {
  const { script, style } = bundlePage();
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    // Texts of files become text nodes: making markup of a text is an error.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Who can reach what</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${header(data)}
${controls(data)}
<main id="content" tabindex="-1">
${summary(data)}
${sections(data)}
<noscript>
${staticTables(data)}
</noscript>
</main>
<script type="application/json" id="data">${scriptJson(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function header({ asOf, narrowedTo, changes }: PageData): string {
  const what = changes === undefined ? 'Who can reach which database endpoint' : 'Who gains and who loses access';
  const narrowed =
    narrowedTo.length === 0
      ? ''
      : `\n<p class="narrowed"><strong>This page does not have everything.</strong> It shows only ${html(narrowedTo.join(', '))}.</p>`;
  return `<header>
<div class="title">
<h1>Who can reach what</h1>
<button type="button" id="theme" hidden>Dark</button>
</div>
<p class="lead">${what}, as it was synthesized. Days are counted from <time datetime="${asOf}">${asOf}</time>, in UTC.</p>${narrowed}
</header>`;
}

/** What works only with the script is hidden until it runs. */
function controls({ changes }: PageData): string {
  const views =
    changes === undefined
      ? ''
      : `<fieldset class="views"><legend>Show</legend>
<label><input type="radio" name="view" value="changes" checked> What changed</label>
<label><input type="radio" name="view" value="everything"> Everything</label>
</fieldset>`;
  return `<form id="filters" role="search" aria-label="Filters" hidden>
${views}
<div class="fields">
<label class="wide">Search <input type="search" id="search" autocomplete="off" spellcheck="false" aria-keyshortcuts="/" placeholder="Name, owner, ticket, file"></label>
<label class="wide">Address <input type="text" id="address" autocomplete="off" spellcheck="false" placeholder="198.51.100.7" aria-describedby="address-problem"></label>
<label>Owner <select id="owner"><option value="">All</option></select></label>
<label>Endpoint <select id="endpoint"><option value="">All</option></select></label>
<label>Ends <select id="ends"><option value="">Any time</option><option value="7">Within 7 days</option><option value="30">Within 30 days</option><option value="90">Within 90 days</option><option value="365">Within a year</option><option value="never">Never</option></select></label>
<label>Reach <select id="reach"><option value="">All</option><option value="internet">Internet-facing</option><option value="everybody">Everybody admitted</option></select></label>
</div>
<p id="address-problem" class="problem" hidden></p>
<div class="status">
<p id="count" class="count" role="status" aria-live="polite"></p>
<button type="button" id="clear">Clear</button>
</div>
</form>`;
}

function summary({ totals, endpoints, changes }: PageData): string {
  const { addresses, entries } = totals;
  const tiles: [name: string, value: string, title?: string][] = [
    ['Endpoints', grouped(totals.endpoints)],
    ['Internet-facing', grouped(totals.internetFacing)],
    ['Entries', grouped(entries)],
    ['IPv4 addresses', sizeText(addresses.ipv4), grouped(addresses.ipv4)],
    ['IPv6 addresses', sizeText(addresses.ipv6), grouped(addresses.ipv6)],
    ['Without an owner', grouped(totals.withoutOwner)],
    ['Without an end', grouped(totals.withoutEnd)],
  ];
  const noted = endpoints.filter(({ notes }) => notes.length > 0);
  return `<section id="summary" aria-labelledby="summary-title">
<h2 id="summary-title">Summary${changes === undefined ? '' : ' of the state after'}</h2>
<dl class="tiles">
${tiles.map(([name, value, title]) => `<div><dt>${name}</dt><dd${title === undefined ? '' : ` title="${title}"`}>${value}</dd></div>`).join('\n')}
</dl>
${noted.length === 0 ? '' : attention(noted)}
</section>`;
}

/** How many endpoints with notes are listed at once. */
const MOST_NOTED = 5;

function attention(noted: PageData['endpoints']): string {
  const items = noted.map(
    ({ endpoint, notes }) =>
      `<li><b dir="auto">${html(endpoint)}</b>${notes.map((note) => `<span dir="auto">${html(note)}</span>`).join('')}</li>`,
  );
  const [first, rest] = [items.slice(0, MOST_NOTED), items.slice(MOST_NOTED)];
  const more =
    rest.length === 0
      ? ''
      : `<details class="more"><summary>${many(rest.length, 'more endpoint')}</summary><ul>${rest.join('\n')}</ul></details>`;
  return `<div class="attention"><h3>Worth a second look</h3><ul>${first.join('\n')}</ul>${more}</div>`;
}

/** The script fills them, and shows those that belong to the view. */
function sections({ changes }: PageData): string {
  const all: [id: string, title: string][] = [
    ...(changes === undefined ? [] : [['changes', 'What changed'] as [string, string]]),
    ['endpoints', 'Endpoints'],
    ['expiries', 'What ends when'],
    ['sizes', 'How much each endpoint admits'],
    ['space', 'Where in IPv4 access comes from'],
    ['overlaps', 'What reaches several endpoints'],
  ];
  const links = all.map(([id, title]) => `<li><a href="#${id}">${title}</a></li>`).join('');
  return `<nav aria-label="Sections" id="sections" hidden><ul>${links}</ul></nav>
${all.map(([id, title]) => `<section id="${id}" aria-labelledby="${id}-title" tabindex="-1" hidden><h2 id="${id}-title">${title}</h2><div class="body"></div></section>`).join('\n')}`;
}
