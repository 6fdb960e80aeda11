import { writeFileSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { DefaultTokenResolver, type ISynthesisSession, StringConcat, TerraformStack, Tokenization } from 'cdktf';
import type { Construct } from 'constructs';
import { isPlain } from '../tokens/literal';
import { mayHoldTokens } from '../tokens/unresolved';
import type { ExposedSource, Exposure } from './exposure';
import {
  EXPOSURE_FILE,
  EXPOSURE_SCHEMA,
  EXPOSURE_VERSION,
  type ExposureContent,
  LOCATIONS_FILE,
  type LocationsContent,
  type Written,
  type WrittenLocation,
  type WrittenSource,
} from './exposure-format';

/** What describes the endpoints of each stack whose synthesis writes the file. */
const EXPOSURES = new WeakMap<TerraformStack, (() => Exposure)[]>();

/**
 * Makes synthesis write `exposure.json` next to the JSON of the endpoint's stack, for pipelines and reviews: who may
 * reach which endpoint of the stack. `exposure-locations.json` tells where each of them is written.
 */
export function writeExposureAtSynthesis(endpoint: Construct, describe: () => Exposure): void {
  const stack = TerraformStack.of(endpoint);
  const known = EXPOSURES.get(stack);
  if (known) {
    known.push(describe);
    return;
  }
  const exposures = [describe];
  EXPOSURES.set(stack, exposures);
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize: (session) => {
      synthesizer.synthesize(session);
      writeExposure(stack, exposures, session);
    },
  };
}

function writeExposure(scope: TerraformStack, describe: readonly (() => Exposure)[], session: ISynthesisSession): void {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const texts = new Map<unknown, unknown>();
  const resolve: Resolve = (value) => {
    // Endpoints of one load balancer have its name.
    const known = texts.get(value) ?? Tokenization.resolve(value, { scope, resolver, preparing: false });
    if (typeof value === 'string') texts.set(value, known);
    return known;
  };
  const endpoints = describe.map((each) => written(each(), resolve)).sort((a, b) => (a.endpoint < b.endpoint ? -1 : 1));
  const exposure: ExposureContent = {
    $schema: EXPOSURE_SCHEMA,
    version: EXPOSURE_VERSION,
    endpoints: endpoints.map((endpoint) => ({
      ...endpoint,
      sources: endpoint.sources.map(withoutLocation),
      expired: endpoint.expired.map(withoutLocation),
    })),
  };
  const locations: LocationsContent = {
    version: EXPOSURE_VERSION,
    endpoints: endpoints.map(({ endpoint, sources, expired }) => ({
      endpoint,
      sources: sources.map(onlyLocation),
      expired: expired.map(onlyLocation),
    })),
  };
  const folder = join(session.outdir, session.manifest.forStack(scope).workingDirectory);
  writeJson(join(folder, EXPOSURE_FILE), exposure);
  writeJson(join(folder, LOCATIONS_FILE), locations);
}

function writeJson(file: string, content: ExposureContent | LocationsContent): void {
  writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`);
}

type Resolve = (value: unknown) => unknown;

function written(exposure: Exposure, resolve: Resolve): Written<Exposure> {
  const settled = <Value>(value: Value) => settledBy(resolve, value) as Written<Value>;
  const inOrder = (each: readonly ExposedSource[]) =>
    inOrderOfIdentity(each.map((source) => fromWorkingDirectory(settled(source))));
  const endpoint = settled({ ...exposure, sources: [], expired: [] });
  return { ...endpoint, sources: inOrder(exposure.sources), expired: inOrder(exposure.expired) };
}

// Few values contain a token, and CDKTF takes long to search every string of a list.
function settledBy(resolve: Resolve, value: unknown): unknown {
  if (!mayHoldTokens(value)) return value;
  if (Array.isArray(value) && value.every(isPlain)) return value.map((each) => settledBy(resolve, each));
  if (!isPlain(value)) return resolve(value);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, settledBy(resolve, each)]));
}

/** The order of sources does not matter for who may connect. */
function inOrderOfIdentity(sources: readonly Written<ExposedSource>[]): Written<ExposedSource>[] {
  return sources
    .map((source) => ({
      source,
      identity: [source.kind, source.value, source.expires ?? '', source.integration ?? ''].join(' '),
    }))
    .sort((a, b) => (a.identity < b.identity ? -1 : a.identity > b.identity ? 1 : 0))
    .map(({ source }) => source);
}

/** Has the files of a source named by their paths from the working directory, which are the same in every checkout. */
function fromWorkingDirectory(source: Written<ExposedSource>): Written<ExposedSource> {
  const { file, location, lockFile } = source;
  const portable = file && portablePath(file);
  if (file === undefined || portable === undefined) return source;
  const moved = { ...source, file: portable, location: location.replace(file, () => portable) };
  return lockFile === undefined ? moved : { ...moved, lockFile: portablePath(lockFile) ?? lockFile };
}

/** Undefined where the path is portable already, or leads elsewhere. */
function portablePath(file: string): string | undefined {
  if (!isAbsolute(file)) return undefined;
  const path = relative(process.cwd(), file);
  return path.startsWith('..') || isAbsolute(path) ? undefined : path.split(sep).join('/');
}

/** JSON has nothing of what is undefined, and objects that properties were left out of take many times the memory. */
function withoutLocation(source: Written<ExposedSource>): WrittenSource {
  return { ...source, location: undefined } as WrittenSource;
}

function onlyLocation({ kind, value, location }: Written<ExposedSource>): WrittenLocation {
  return { kind, value, location };
}
