import { readExposure } from '../../../cli/exposure/read/read-exposure';
import { renderMarkdown } from '../../../cli/exposure/render/markdown';
import { renderTable } from '../../../cli/exposure/render/table';
import { select } from '../../../cli/exposure/select';
import { content, folderWith, written } from './app';

const FEED = 'https://vendor.example.com/ips.json';

function shown(feed: string) {
  const source = {
    ...{ kind: 'cidr', value: '52.20.30.0/24', description: 'Vendor', owner: 'data', file: 'allowlist.yaml' },
    ...{ feed, lockFile: 'allowlist.yaml.lock.json' },
  };
  const folder = folderWith({ 'exposure.json': content(written({ sources: [source] })) });
  return select(readExposure(folder, undefined), { now: new Date() });
}

test('the published list that a block comes from is shown', () => {
  expect(renderTable(shown(FEED))).toMatch(
    /^ {2}52\.20\.30\.0\/24 .* data +https:\/\/vendor\.example\.com\/ips\.json +allowlist\.yaml$/m,
  );
  expect(renderMarkdown(shown(FEED))).toContain(`| \`allowlist.yaml\` from \`${FEED}\` |`);
});

test('nothing of its address is Markdown, or a command of a terminal', () => {
  expect(renderMarkdown(shown('x`|<b>@all'))).toContain(' from ``x`\\|<b>@all`` |');
  expect(renderTable(shown('https://a\u001b[2J'))).not.toContain('\u001b');
});
