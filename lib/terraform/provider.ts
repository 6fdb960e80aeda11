import type { TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';

/** Of a construct tree, which hands it down. */
const CONTEXT = 'cdktf-database-endpoint/provider';

/** Makes every resource below a construct without children use a provider. */
export function useProvider(scope: IConstruct, provider: TerraformProvider | undefined): void {
  const named = unlessDefault(provider);
  if (named !== undefined) scope.node.setContext(CONTEXT, named);
}

/**
 * A provider that must be set. The default one, which has no alias, is left out even if a user sets it: what endpoints
 * share must not show which of them came first.
 */
export function unlessDefault(provider: TerraformProvider | undefined): TerraformProvider | undefined {
  return provider?.alias === undefined ? undefined : provider;
}

/** The provider of the resources in a scope; undefined where it is the stack's default. */
export function providerOf(scope: IConstruct): TerraformProvider | undefined {
  return scope.node.tryGetContext(CONTEXT);
}

/** What distinguishes resources of a provider from those of others; nothing for the default one, which has no alias. */
export function providerSuffix(provider: TerraformProvider | undefined): string {
  return provider?.alias === undefined ? '' : `-${provider.alias}`;
}
