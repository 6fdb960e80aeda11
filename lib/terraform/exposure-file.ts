import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultTokenResolver, type ISynthesisSession, StringConcat, TerraformStack, Tokenization } from 'cdktf';
import type { Construct } from 'constructs';
import type { Exposure } from '../exposure';
import { isUnknownList, mayHoldTokens } from '../unknown';

/** What describes the endpoints of each stack whose synthesis writes the file. */
const EXPOSURES = new WeakMap<TerraformStack, (() => Exposure)[]>();

/**
 * Has `exposure.json` written beside the JSON of the endpoint's stack, for pipelines and reviews: who may reach which
 * endpoint of the stack.
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
  const resolve = (value: unknown) => Tokenization.resolve(value, { scope, resolver, preparing: false });
  const endpoints = describe
    .map((each) => each())
    .sort((a, b) => (a.endpoint < b.endpoint ? -1 : 1))
    .map((exposure) => resolved(exposure, resolve));
  const folder = join(session.outdir, session.manifest.forStack(scope).workingDirectory);
  const content = { version: 1, endpoints };
  writeFileSync(join(folder, 'exposure.json'), `${JSON.stringify(content, undefined, 2)}\n`);
}

/** Long lists seldom hold a token, and looking for them in every text of a list takes CDKTF long. */
function resolved(exposure: Exposure, resolve: (value: unknown) => unknown): { readonly [property: string]: unknown } {
  const settled = (value: unknown) => (mayHoldTokens(value) ? resolve(value) : value);
  return Object.fromEntries(
    Object.entries(exposure).map(([property, value]) => [
      property,
      Array.isArray(value) && !isUnknownList(value) ? value.map(settled) : settled(value),
    ]),
  );
}
