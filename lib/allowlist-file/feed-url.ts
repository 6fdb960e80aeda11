import type { FileMistake } from './allowlist-file-rules';

/** What is wrong with the address of a published list, in which the region stands by now. */
export function checkFeedUrl(url: string): FileMistake | undefined {
  const parsed = parse(url);
  if (parsed === undefined || /\s/.test(url)) return invalid('is not a URL');
  if (parsed.protocol !== 'https:') return invalid('is not an https URL, so anyone on the way could change the list');
  if (parsed.hash !== '') return invalid('has a fragment, which no server receives');
  if (parsed.username !== '' || parsed.password !== '') return secret('has a user name or a password in it');
  const key = [...parsed.searchParams.keys()].find((name) => SECRET.test(name));
  if (key !== undefined) return secret(`has '${key}' in its query, which looks like a credential`);
  return providerWide(parsed);
}

/** A feed of a whole provider, if the URL is that of a known one. */
function providerWide({ hostname, pathname }: URL): FileMistake | undefined {
  const provider = PROVIDERS.find(({ host, path }) => host.test(hostname) && path.test(pathname));
  if (provider === undefined) return undefined;
  return {
    rule: 'FeedProviderWide',
    reason: `lists the addresses of all of ${provider.name}, which anyone can rent`,
    remedy: provider.remedy,
  };
}

interface Provider {
  readonly name: string;
  readonly host: RegExp;
  readonly path: RegExp;
  readonly remedy: string;
}

const ASK = 'Ask the vendor for the addresses of its service only, such as those of its NAT gateways.';

/** The published lists of providers on whose addresses anyone can run a program. */
const PROVIDERS: readonly Provider[] = [
  {
    name: 'AWS',
    host: /^ip-ranges\.amazonaws\.com$/,
    path: /./,
    remedy: `For a service of AWS, write its managed prefix list (awsPrefixList). ${ASK}`,
  },
  { name: 'Azure', host: /^download\.microsoft\.com$/, path: /ServiceTags/i, remedy: ASK },
  { name: 'Google Cloud', host: /^www\.gstatic\.com$/, path: /^\/ipranges\/(cloud|goog)\.json$/, remedy: ASK },
  { name: 'GitHub', host: /^api\.github\.com$/, path: /^\/meta\/?$/, remedy: `${ASK} Give runners a fixed address.` },
  { name: 'DigitalOcean', host: /(^|\.)digitalocean\.com$/, path: /^\/geo\/google\.csv$/, remedy: ASK },
  { name: 'Oracle Cloud', host: /^docs\.(cloud\.)?oracle\.com$/, path: /public_ip_ranges\.json$/, remedy: ASK },
  { name: 'Linode', host: /^geoip\.linode\.com$/, path: /./, remedy: ASK },
];

/** Names of parameters that carry keys, signatures and tokens. */
const SECRET =
  /^(.*[-_.])?(token|secret|password|passwd|pwd|api-?key|apikey|key|auth|authorization|sig|signature|credential|credentials|jwt|sas)$|^(access|api|auth|client|private|secret|security|session)(key|token|secret)$/i;

function parse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

function invalid(reason: string): FileMistake {
  return { rule: 'FeedUrlInvalid', reason, remedy: 'Write an address like https://vendor.example.com/ips.json.' };
}

function secret(reason: string): FileMistake {
  return {
    rule: 'FeedUrlSecret',
    reason,
    remedy: 'Remove it: a list that has to be kept secret is not a published one, and the file is in Git.',
  };
}
