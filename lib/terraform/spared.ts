import type { IResolvable, IResolveContext, TerraformResource } from 'cdktf';
import { mayHoldTokens } from '../unknown';
import { asItIs } from './deferred';

/**
 * A resource of the given class that is written out in a fraction of the time, to the letter as before.
 *
 * CDKTF looks for tokens in each key and value of each resource three times over, also in the many attributes that are
 * not set. Here it looks at those that hold tokens, once to find references to other stacks and once to resolve them.
 */
// biome-ignore lint/suspicious/noExplicitAny: TypeScript asks for it in a mixin
export function spared<Class extends new (...inputs: any[]) => TerraformResource>(Resource: Class): Class {
  return class extends Resource {
    public override toTerraform() {
      const fragment = super.toTerraform();
      const resource = fragment.resource?.[this.terraformResourceType];
      for (const id in resource) resource[id] = new SparedAttributes(resource[id]);
      return fragment;
    }
  };
}

interface Attributes {
  readonly [attribute: string]: unknown;
}

/** Attributes, there to be read, that resolve themselves: CDKTF leaves alone what can be resolved. */
class SparedAttributes implements IResolvable {
  public constructor(attributes: Attributes) {
    Object.assign(this, attributes);
  }

  public get creationStack(): string[] {
    return [];
  }

  public resolve(context: IResolveContext): unknown {
    const resolved: { [attribute: string]: unknown } = {};
    for (const [attribute, value] of Object.entries(this)) {
      const found = mayHoldTokens(attribute) || mayHoldTokens(value);
      if (found) Object.assign(resolved, context.resolve({ [attribute]: value }));
      else if (!context.preparing && value !== undefined) resolved[attribute] = value;
    }
    return asItIs(hasOverrides(context) ? resolved : new ResolvedAttributes(resolved), context);
  }
}

/** Attributes that are resolved, for the last time that CDKTF looks. */
class ResolvedAttributes implements IResolvable {
  public constructor(attributes: Attributes) {
    Object.assign(this, attributes);
  }

  public get creationStack(): string[] {
    return [];
  }

  public resolve(context: IResolveContext): unknown {
    return asItIs({ ...this }, context);
  }
}

// Overrides of a stack are merged into what was resolved, and nothing can be merged into what resolves itself.
function hasOverrides({ scope }: IResolveContext): boolean {
  return Object.keys(Reflect.get(scope, 'rawOverrides') ?? {}).length > 0;
}
