import { asLiteral } from './literal';

// biome-ignore lint/suspicious/noExplicitAny: TypeScript asks for it in a mixin
type ElementClass = new (...inputs: any[]) => object;

/**
 * A class of resources whose configuration is taken literally, but for its tokens. What users set later, on a resource
 * that they got from here, is written as CDKTF does it.
 */
export function literally<Class>(Element: Class): Class {
  return isClass(Element) ? literalElement(Element) : Element;
}

function isClass(Class: unknown): Class is ElementClass {
  return typeof Class === 'function';
}

function literalElement<Class extends ElementClass>(Element: Class): Class {
  return class extends Element {
    // biome-ignore lint/suspicious/noExplicitAny: TypeScript asks for it in a mixin
    public constructor(...[scope, id, configuration]: any[]) {
      super(scope, id, asLiteral(configuration));
    }
  };
}
