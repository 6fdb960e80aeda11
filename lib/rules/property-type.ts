/** What the value of a property must be, as far as a compiler would have seen it. */
export type PropertyType = (
  | { readonly kind: 'string' | 'number' | 'boolean' | 'strings' | 'numbers' | 'map' }
  | { readonly kind: 'class' | 'classes'; readonly name: string }
  | { readonly kind: 'struct'; readonly struct: string }
) & {
  /**
   * A choice that decides which resources are created, so it must be known at synthesis: `@deciding` in its doc
   * comment.
   */
  readonly isDeciding?: boolean;
  readonly isRequired?: boolean;
};

/** The properties of a struct, those of the structs that it extends first. */
export interface StructType {
  readonly [property: string]: PropertyType;
}
