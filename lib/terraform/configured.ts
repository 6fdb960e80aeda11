import { asLiteral } from '../tokens/literal';
import { providerOf } from './provider';
import { withoutStackTraces } from './without-stack-traces';

// biome-ignore lint/suspicious/noExplicitAny: TypeScript asks for it in a mixin
type ElementClass = new (...inputs: any[]) => object;

/**
 * A class of resources whose configuration is taken literally, but for its tokens, and that use the provider of their
 * scope where none is named. What users set later, on a resource that they got from here, is written as CDKTF does it.
 */
export function configured<Class>(Element: Class): Class {
  return isClass(Element) ? configuredElement(Element) : Element;
}

function isClass(Class: unknown): Class is ElementClass {
  return typeof Class === 'function';
}

function configuredElement<Class extends ElementClass>(Element: Class): Class {
  return class extends Element {
    // biome-ignore lint/suspicious/noExplicitAny: TypeScript asks for it in a mixin
    public constructor(...[scope, id, configuration]: any[]) {
      const provider = configuration.provider ?? providerOf(scope);
      const literal = asLiteral(provider === undefined ? configuration : { ...configuration, provider });
      const restore = withoutStackTraces();
      try {
        super(scope, id, literal);
      } catch (error) {
        restore(error);
        throw error;
      }
      restore();
    }
  };
}
