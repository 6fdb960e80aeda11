import type { IResolvable, IResolveContext, ITerraformIterator } from 'cdktf';
import { mayHoldTokens } from '../unknown';

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
    return new ForEach(mayHoldTokens(entries) ? () => entries : (context) => asItIs(new Entries(entries), context));
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

/**
 * A map without tokens, which CDKTF would search for them several times over: it leaves alone what can be resolved.
 * Where it resolves no further, as for HCL, the entries are here to be read.
 */
class Entries implements IResolvable {
  public constructor(entries: { readonly [key: string]: unknown }) {
    Object.assign(this, entries);
  }

  public get creationStack(): string[] {
    return [];
  }

  public resolve(context: IResolveContext): unknown {
    return asItIs({ ...this }, context);
  }
}

/** Has a value taken as the outcome of resolving, with no more searching in it. */
function asItIs(value: unknown, context: IResolveContext): undefined {
  context.registerPostProcessor({ postProcess: () => value });
}
