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
  /** @param reads all that it is computed from, where no more than that can be in it. */
  public constructor(
    private readonly produce: (context: IResolveContext) => unknown,
    private readonly reads?: unknown,
  ) {}

  /** Whether something of another stack may be in it. */
  public get mayReferElsewhere(): boolean {
    return this.reads === undefined || mayHoldTokens(this.reads);
  }

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
    return new ForEach((context) => searched(literal, context), literal);
  }

  /**
   * A map that needs other values resolved first, or the token of an expression.
   *
   * @param reads all values that it is made of, if it is made of nothing else.
   */
  public static deferred(produce: (context: IResolveContext) => unknown, reads?: unknown): ForEach {
    return new ForEach((context) => searched(asLiteral(produce(context)), context), reads);
  }

  private constructor(
    private readonly produce: (context: IResolveContext) => unknown,
    private readonly reads: unknown,
  ) {}

  /** @internal */
  public _getForEachExpression(): IResolvable {
    return new Deferred(this.produce, this.reads);
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
