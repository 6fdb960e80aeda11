import type { IResolvable, IResolveContext, ITerraformIterator } from 'cdktf';
import { asLiteral } from './literal';
import { mayHoldTokens } from './unresolved';

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
    const literal = asLiteral(entries);
    return new ForEach(mayHoldTokens(literal) ? () => literal : (context) => asItIs(literal, context));
  }

  /** A map that needs other values resolved first, or the token of an expression. */
  public static deferred(produce: (context: IResolveContext) => unknown): ForEach {
    return new ForEach((context) => asLiteral(produce(context)));
  }

  private constructor(private readonly produce: (context: IResolveContext) => unknown) {}

  /** @internal */
  public _getForEachExpression(): IResolvable {
    return new Deferred(this.produce);
  }
}

/** Has a value taken as the outcome of resolving: CDKTF would search it for tokens once more. */
export function asItIs(value: unknown, context: IResolveContext): undefined {
  context.registerPostProcessor({ postProcess: () => value });
}
