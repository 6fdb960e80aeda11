import type { IResolvable, IResolveContext, ITerraformIterator } from 'cdktf';

/**
 * A value that is computed when the stack is written out.
 *
 * CDKTF's own `Lazy` and `Token` capture a stack trace each, which is most of the time that synthesis takes under
 * ts-node; this one does not.
 */
export class Deferred implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(private readonly produce: (context: IResolveContext) => unknown) {}

  public resolve(context: IResolveContext): unknown {
    return this.produce(context);
  }

  public toString(): string {
    return '<deferred>';
  }
}

/** What a resource's `for_each` iterates over. */
export class ForEach implements ITerraformIterator {
  /** A map that is written out as it is. */
  public static entries(entries: { readonly [key: string]: unknown }): ForEach {
    return new ForEach(() => entries);
  }

  /** A map, or an expression, that needs other values resolved first. */
  public static deferred(produce: (context: IResolveContext) => unknown): ForEach {
    return new ForEach(produce);
  }

  private constructor(private readonly produce: (context: IResolveContext) => unknown) {}

  /** @internal */
  public _getForEachExpression(): IResolvable {
    return new Deferred(this.produce);
  }
}
