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

/** A text that is computed when the stack is written out, where CDKTF's types want a text and resolve anything. */
export function deferredText(produce: (context: IResolveContext) => string): string {
  return new Deferred(produce) as unknown as string;
}

/** What a resource's `for_each` iterates over. */
export class ForEach implements ITerraformIterator {
  /** A map that is written out as it is. */
  public static entries(entries: { readonly [key: string]: unknown }): ForEach {
    return new ForEach(mayHoldTokens(entries) ? () => entries : (context) => asItIs(entries, context));
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

/** Has a value taken as the outcome of resolving: CDKTF would search it for tokens once more. */
export function asItIs(value: unknown, context: IResolveContext): undefined {
  context.registerPostProcessor({ postProcess: () => value });
}
