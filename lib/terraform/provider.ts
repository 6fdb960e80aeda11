import type { TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';

/** Of a construct tree, which hands it down. */
const CONTEXT = 'cdktf-database-endpoint/provider';

/** Has every resource below a construct that has no children yet use a provider. */
export function useProvider(scope: IConstruct, provider: TerraformProvider | undefined): void {
  const named = unlessDefault(provider);
  if (named !== undefined) scope.node.setContext(CONTEXT, named);
}

/**
 * A provider that has to be named. The default one, which has no alias, is left out even where a user names it: what
 * endpoints share must not show which of them came first.
 */
export function unlessDefault(provider: TerraformProvider | undefined): TerraformProvider | undefined {
  return provider?.alias === undefined ? undefined : provider;
}

/** The provider of the resources in a scope; undefined where it is the stack's default. */
export function providerOf(scope: IConstruct): TerraformProvider | undefined {
  return scope.node.tryGetContext(CONTEXT);
}

/** What tells resources of a provider from those of others; nothing for the default one, which has no alias. */
export function providerSuffix(provider: TerraformProvider | undefined): string {
  return provider?.alias === undefined ? '' : `-${provider.alias}`;
}

// biome-ignore lint/suspicious/noExplicitAny: TypeScript asks for it in a mixin
type ElementClass = new (...inputs: any[]) => object;

/** A class of resources that use the provider of their scope, where none is named. */
export function withProviderOfScope<Class>(Element: Class): Class {
  return isClass(Element) ? providedElement(Element) : Element;
}

function isClass(Class: unknown): Class is ElementClass {
  return typeof Class === 'function';
}

function providedElement<Class extends ElementClass>(Element: Class): Class {
  return class extends Element {
    // biome-ignore lint/suspicious/noExplicitAny: TypeScript asks for it in a mixin
    public constructor(...[scope, id, configuration]: any[]) {
      const provider = configuration.provider ?? providerOf(scope);
      super(scope, id, provider === undefined ? configuration : { ...configuration, provider });
    }
  };
}
