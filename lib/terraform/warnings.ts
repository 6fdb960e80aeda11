import { Annotations, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { printable } from '../rules/printable';

/** What each stack's synthesis is to print, in the order of the constructs. */
const UNPRINTED = new WeakMap<TerraformStack, string[]>();

/**
 * Warns about a construct.
 *
 * CDKTF's annotations are only shown by its CLI. Where the app runs without it, the synthesis of the stack prints them
 * to stderr in the CLI's form: expired access must not go unnoticed. The environment variable
 * `DATABASE_ENDPOINT_WARNINGS` overrides that: `print` or `quiet`.
 */
export function warn(scope: Construct, messages: readonly string[]): void {
  for (const message of messages) Annotations.of(scope).addWarning(message);
  const lines = messages.map((message) => `${printable(`WARN [${scope.node.path}]: ${message}`)}\n`);
  if (lines.length > 0) printAtSynthesis(TerraformStack.of(scope), lines);
}

function printAtSynthesis(stack: TerraformStack, lines: readonly string[]): void {
  const known = UNPRINTED.get(stack);
  if (known) {
    known.push(...lines);
    return;
  }
  const unprinted = [...lines];
  UNPRINTED.set(stack, unprinted);
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize: (session) => {
      synthesizer.synthesize(session);
      // Once each, however often the stack is synthesized. stdout belongs to the app, and under jsii to its protocol.
      const printed = unprinted.splice(0);
      if (arePrinted(stack)) process.stderr.write(printed.join(''));
    },
  };
}

function arePrinted(stack: TerraformStack): boolean {
  const wish = process.env['DATABASE_ENDPOINT_WARNINGS'];
  if (wish === 'print' || wish === 'quiet') return wish === 'print';
  return !isRunByCli(stack) && !isRunByTests();
}

/** The CLIs of CDKTF and of CDK Terrain give every app this context. Whoever sets their other variables may do so by hand. */
function isRunByCli(stack: TerraformStack): boolean {
  return stack.node.tryGetContext('cdktfRelativeModules') !== undefined;
}

function isRunByTests(): boolean {
  return process.env['JEST_WORKER_ID'] !== undefined || process.env['VITEST'] !== undefined;
}
