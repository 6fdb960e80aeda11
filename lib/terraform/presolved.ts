import type { IResolvable, IResolveContext, TerraformResource } from 'cdktf';
import { asItIs } from '../tokens/deferred';
import { mayHoldTokens } from '../tokens/unresolved';

/**
 * A class of resources that are written out in a fraction of the time, to the letter as before. Data sources stay as
 * they are.
 *
 * CDKTF looks for tokens in each key and value of each resource three times over, also in the many attributes that are
 * not set. Here it looks at those that hold tokens, once to find references to other stacks and once to resolve them.
 */
export function presolved<Class>(Resource: Class): Class {
  return isResourceClass(Resource) ? presolvedResource(Resource) : Resource;
}

// biome-ignore lint/suspicious/noExplicitAny: TypeScript asks for it in a mixin
type ResourceClass = new (...inputs: any[]) => TerraformResource;

/**
 * Under CDK Terrain, which is installed under the names of CDKTF, the provider brings a copy of the framework of its
 * own, where `instanceof` fails: only resources, and no data sources, can be moved.
 */
function isResourceClass(Class: unknown): Class is ResourceClass {
  return (
    typeof Class === 'function' &&
    typeof (Class.prototype as Partial<TerraformResource> | undefined)?.moveTo === 'function'
  );
}

function presolvedResource<Class extends ResourceClass>(Resource: Class): Class {
  return class extends Resource {
    public override toTerraform() {
      return new PresolvedFragment(super.toTerraform());
    }

    public override toHclTerraform() {
      return withConditionBlocks(super.toHclTerraform());
    }
  };
}

interface Attributes {
  [attribute: string]: unknown;
}

/**
 * CDKTF writes the preconditions of a resource to HCL as an attribute, which Terraform refuses: they are blocks.
 * Whatever has a `value` is written by its kind, and so is what is in it.
 */
function withConditionBlocks(fragment: HclFragment): HclFragment {
  for (const ofType of Object.values(fragment.resource ?? {})) {
    for (const attributes of Object.values(ofType)) {
      const { lifecycle } = attributes;
      if (lifecycle?.precondition === undefined) continue;
      const precondition = { value: lifecycle.precondition, isBlock: true, type: 'list' };
      attributes.lifecycle = { value: { ...lifecycle, precondition } };
    }
  }
  return fragment;
}

interface HclFragment {
  readonly resource?: { readonly [type: string]: { readonly [id: string]: { lifecycle?: Attributes } } };
}

/** What a resource adds to its stack's JSON. It is there to be read, and CDKTF leaves it to resolve itself. */
class PresolvedFragment implements IResolvable {
  public readonly resource?: { readonly [type: string]: { readonly [id: string]: Attributes } };

  public constructor(fragment: object) {
    Object.assign(this, fragment);
  }

  public get creationStack(): string[] {
    return [];
  }

  public resolve(context: IResolveContext): unknown {
    const { resource, ...others } = this;
    const fragment: Attributes = hasValues(others) ? (context.resolve(others) as Attributes) : {};
    for (const type in resource) {
      for (const id in resource[type]) {
        fragment['resource'] = { [type]: { [id]: resolved(resource[type][id], context) } };
      }
    }
    return asItIs(fragment, context);
  }
}

function resolved(attributes: Attributes, context: IResolveContext): Attributes {
  const result: Attributes = hasOverrides(context) ? {} : new ResolvedAttributes();
  for (const attribute in attributes) {
    const value = attributes[attribute];
    if (mayHoldTokens(value)) {
      Object.assign(result, context.resolve({ [attribute]: value }));
    } else if (value !== undefined) result[attribute] = value;
  }
  return result;
}

/** Attributes that are resolved: nothing is left to be searched when CDKTF resolves the stack as a whole. */
class ResolvedAttributes implements IResolvable {
  [attribute: string]: unknown;

  public get creationStack(): string[] {
    return [];
  }

  public resolve(context: IResolveContext): unknown {
    return asItIs(this, context);
  }
}

// Overrides of a stack are merged into what was resolved, and nothing can be merged into what resolves itself.
function hasOverrides({ scope }: IResolveContext): boolean {
  return Object.keys(Reflect.get(scope, 'rawOverrides') ?? {}).length > 0;
}

function hasValues(object: object): boolean {
  return Object.values(object).some((value) => value !== undefined);
}
