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
  public constructor(private readonly produce: (context: IResolveContext) => unknown) {}

  public get creationStack(): string[] {
    return [];
  }

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
    return new ForEach((context) => searched(literal, context));
  }

  /** A map that needs other values resolved first, or the token of an expression. */
  public static deferred(produce: (context: IResolveContext) => unknown): ForEach {
    return new ForEach((context) => searched(asLiteral(produce(context)), context));
  }

  private constructor(private readonly produce: (context: IResolveContext) => unknown) {}

  /** @internal */
  public _getForEachExpression(): IResolvable {
    return new Deferred(this.produce);
  }
}

/** Has CDKTF search what may hold tokens, and nothing else. */
function searched(value: unknown, context: IResolveContext): unknown {
  return mayHoldTokens(value) ? value : asItIs(value, context);
}

/** Marks a value as already resolved: CDKTF would search it for tokens again. */
export function asItIs(value: unknown, context: IResolveContext): undefined {
  context.registerPostProcessor({ postProcess: () => value });
}
