import type { WrittenGuards } from '../../../lib/exposure/exposure-format';
import { HOST_ATTRIBUTES, PORT_ATTRIBUTES } from '../../stack/deployed-attributes';
import { isHost, portOf } from '../../stack/host-name';
import { isObject, type JsonObject, listOf, objectOf } from '../../stack/json-file';
import { knownValues } from '../../stack/known-values';
import type { TerraformValues } from '../../stack/terraform-values';
import { type Entry, type ExposedEndpoint, isExpression, type SharedOverPrivateLink } from '../exposed-endpoint';
import { readUsers } from './read-user';
import { valued } from './source-values';

/**
 * Reads an endpoint of `exposure.json`. Whoever can write the file decides what is shown, and nothing else: every value
 * is one of a known type here, and what is not known is ignored.
 *
 * @param locations the same endpoint in `exposure-locations.json`.
 * @param moved the former addresses of resources that Terraform moves, by their address now.
 * @returns the endpoint, or what is wrong with it: a clause without a full stop that repeats none of the texts.
 */
export function readEndpoint(
  written: JsonObject,
  locations: JsonObject,
  stack: string,
  values: TerraformValues | undefined,
  moved: ReadonlyMap<string, string> = new Map(),
): ExposedEndpoint | string {
  const { endpoint, engine, hostname, port, tls, internetFacing, privateLink, guards } = written;
  if (!isText(endpoint)) return 'the path of an endpoint is not a string';
  if (!isText(engine)) return 'an engine is not a string';
  if (!isText(hostname)) return 'a hostname is not a string';
  if (portOf(port) === undefined && !isExpression(port)) return 'a port is neither a number nor an expression';
  if (!isText(tls)) return 'tls is not a string';
  if (typeof internetFacing !== 'boolean') return 'internetFacing is not true or false';
  if (privateLink !== undefined && !isObject(privateLink)) return 'privateLink is not an object';
  const entries = readEntries(written['sources'], locations['sources'], values);
  const expired = readEntries(written['expired'], locations['expired'], values);
  if (typeof entries === 'string') return entries;
  if (typeof expired === 'string') return expired;
  const users = readUsers(written['users']);
  if (typeof users === 'string') return users;
  const output = outputPrefixOf(written);
  return {
    ...{ stack, endpoint, engine, tls, internetFacing, entries, expired, users },
    hostname: hostnameOf(hostname, values, output),
    port: portOf(port) ?? knownPort(String(port), values, output),
    privateLink: privateLink && readPrivateLink(privateLink),
    guards: isObject(guards) ? readGuards(guards) : undefined,
    knownAs: knownAs(hostname, stack, moved),
  };
}

function knownAs(hostname: string, stack: string, moved: ReadonlyMap<string, string>): readonly string[] {
  if (!isExpression(hostname)) return [hostname.toLowerCase()];
  const [, address = '', attribute] = /^\$\{([a-z0-9_]+\.[\w-]+)\.(\w+)\}$/.exec(hostname) ?? [];
  const former = moved.get(address);
  const all = [hostname, ...(former === undefined ? [] : [`\${${former}.${attribute}}`])];
  return all.map((each) => `${stack} ${each}`);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0;
}

/** `addOutputs` names them; other outputs of a stack are none of this command's business. */
function outputPrefixOf({ checks }: JsonObject): string | undefined {
  const { hostnameOutput } = objectOf(listOf(checks)[0]);
  return /^([A-Za-z_][A-Za-z0-9_-]*)_hostname$/.exec(String(hostnameOutput))?.[1];
}

function hostnameOf(hostname: string, values: TerraformValues | undefined, output: string | undefined): string {
  if (!isExpression(hostname)) return hostname;
  const known = knownValues(values, hostname, HOST_ATTRIBUTES, output && `${output}_hostname`);
  return known.find((value): value is string => typeof value === 'string' && isHost(value)) ?? hostname;
}

function knownPort(port: string, values: TerraformValues | undefined, output: string | undefined): number | string {
  return (
    knownValues(values, port, PORT_ATTRIBUTES, output && `${output}_port`)
      .map(portOf)
      .find(Boolean) ?? port
  );
}

function readEntries(
  written: unknown,
  locations: unknown,
  values: TerraformValues | undefined,
): readonly Entry[] | string {
  if (!Array.isArray(written)) return 'sources or expired is not a list';
  const places = listOf(locations);
  const entries: Entry[] = [];
  for (const [i, each] of written.entries()) {
    const entry = readEntry(objectOf(each), objectOf(places[i]));
    if (typeof entry === 'string') return entry;
    entries.push(valued(entry, values));
  }
  return entries;
}

const TEXTS = ['written', 'description', 'owner', 'ticket', 'expires', 'file', 'group', 'integration'] as const;

function readEntry(written: JsonObject, place: JsonObject): Entry | string {
  const { kind, value } = written;
  if (!isText(kind) || !isText(value)) return 'the kind or value of a source is not a string';
  const wrong = TEXTS.find((name) => written[name] !== undefined && !isText(written[name]));
  if (wrong !== undefined) return `the ${wrong} of a source is not a string`;
  const isSame = place['kind'] === kind && place['value'] === value;
  const location = isSame && isText(place['location']) ? place['location'] : undefined;
  return { kind, value, ...Object.fromEntries(TEXTS.map((name) => [name, written[name]])), location };
}

function readPrivateLink(written: JsonObject): SharedOverPrivateLink {
  return {
    principals: textsOf(written['principals']),
    // Of something that is misspelt, the wider meaning is shown.
    acceptanceRequired: written['acceptanceRequired'] === true,
    allowlistApplies: written['allowlistApplies'] === true,
    supportedRegions: textsOf(written['supportedRegions']),
  };
}

function readGuards({ acknowledged, maxBreadthIpv4, maxBreadthIpv6 }: JsonObject): WrittenGuards {
  // Of something that is misspelt, the wider meaning is shown.
  const prefix = (value: unknown) => (typeof value === 'number' ? value : 0);
  return {
    acknowledged: textsOf(acknowledged),
    maxBreadthIpv4: prefix(maxBreadthIpv4),
    maxBreadthIpv6: prefix(maxBreadthIpv6),
  };
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter(isText);
}
