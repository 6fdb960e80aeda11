import { writeFileSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { DefaultTokenResolver, type ISynthesisSession, StringConcat, TerraformStack, Tokenization } from 'cdktf';
import type { Construct } from 'constructs';
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
 * Has `exposure.json` written beside the JSON of the endpoint's stack, for pipelines and reviews: who may reach which
 * endpoint of the stack. `exposure-locations.json` tells where each of them is written.
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
  const resolve: Resolve = (value) => Tokenization.resolve(value, { scope, resolver, preparing: false });
  const endpoints = describe
    .map((each) => each())
    .sort((a, b) => (a.endpoint < b.endpoint ? -1 : 1))
    .map((exposure) => written(exposure, resolve));
  const exposure: ExposureContent = {
    $schema: EXPOSURE_SCHEMA,
    version: EXPOSURE_VERSION,
    endpoints: endpoints.map(({ sources, expired, checks, ...endpoint }) => ({
      ...endpoint,
      sources: sources.map(withoutLocation),
      expired: expired.map(withoutLocation),
      checks,
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
  // Long lists seldom hold a token, and looking for them in every text of a list takes CDKTF long.
  const settled = <Value>(value: Value) => (mayHoldTokens(value) ? resolve(value) : value) as Written<Value>;
  const { sources, expired, ...endpoint } = exposure;
  const inOrder = (each: readonly ExposedSource[]) =>
    each.map((source) => fromWorkingDirectory(settled(source))).sort(byIdentity);
  return { ...settled(endpoint), sources: inOrder(sources), expired: inOrder(expired) };
}

/** The order in which sources were written says nothing about who may connect. */
function byIdentity(a: WrittenSource, b: WrittenSource): number {
  const [first, second] = [a, b].map(({ kind, value, expires = '' }) => [kind, value, expires].join(' '));
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Has the file of a source named by its path from the working directory, which is the same in every checkout. */
function fromWorkingDirectory(source: Written<ExposedSource>): Written<ExposedSource> {
  const { file, location } = source;
  if (file === undefined || !isAbsolute(file)) return source;
  const path = relative(process.cwd(), file);
  if (path.startsWith('..') || isAbsolute(path)) return source;
  const portable = path.split(sep).join('/');
  return { ...source, file: portable, location: location.replace(file, () => portable) };
}

function withoutLocation({ location, ...source }: Written<ExposedSource>): WrittenSource {
  return source;
}

function onlyLocation({ kind, value, location }: Written<ExposedSource>): WrittenLocation {
  return { kind, value, location };
}
