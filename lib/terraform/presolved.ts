import type { IResolvable, IResolveContext, TerraformResource } from 'cdktf';
import { asItIs } from '../tokens/deferred';
import { expressionToken, mayAnyReferElsewhere, withOwnTexts } from '../tokens/expression';
import { mayHoldTokens } from '../tokens/unresolved';

/**
 * A class of resources that are written out in a fraction of the time, byte for byte as before. Data sources stay as
 * they are.
 *
 * CDKTF writes each resource out twice, once to find references to other stacks, and looks for tokens in each key and
 * value three times over, also in the many attributes that are not set. Here it writes a resource once if nothing of
 * another stack can be in it, and looks at those values that hold tokens.
 */
export function presolved<Class>(Resource: Class): Class {
  return isResourceClass(Resource) ? presolvedResource(Resource) : Resource;
}

// biome-ignore lint/suspicious/noExplicitAny: TypeScript asks for it in a mixin
type ResourceClass = new (...inputs: any[]) => TerraformResource;

/**
 * Under CDK Terrain, which is installed under the names of CDKTF, the provider brings its own copy of the framework,
 * for which `instanceof` fails: only resources, and no data sources, can be moved.
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
      return new PresolvedFragment(
        () => super.toTerraform(),
        () => this.mayLeadElsewhere(),
      );
    }

    public override toMetadata() {
      const metadata: Attributes = super.toMetadata();
      // CDKTF resolves the name of each entry as well, of which hardly any resource has one.
      return Object.values(metadata).some((entry) => entry !== undefined) ? metadata : {};
    }

    private mayLeadElsewhere(): boolean {
      // CDKTF fixes it when it prepares the stack: later, nothing moves the resource to another address.
      void this.friendlyUniqueId;
      return (
        this.provisioners !== undefined ||
        MARKS.some((mark) => Reflect.get(this, mark) !== undefined) ||
        Object.keys(this.rawOverrides).length > 0 ||
        mayAnyReferElsewhere(this.synthesizeAttributes()) ||
        mayAnyReferElsewhere(this.terraformMetaArguments)
      );
    }

    public override toHclTerraform() {
      return withConditionBlocks(super.toHclTerraform());
    }
  };
}

/** Where CDKTF notes that a resource is imported or moved, which is written beside its attributes. */
const MARKS = ['_imported', '_movedByTarget', '_movedById'] as const;

interface Attributes {
  [attribute: string]: unknown;
}

interface Fragment {
  readonly [part: string]: unknown;
}

interface Resources {
  [type: string]: { [id: string]: Attributes };
}

const CONDITIONS = ['precondition', 'postcondition'] as const;

/**
 * CDKTF writes the conditions of a resource to HCL as attributes, which Terraform refuses: they are blocks.
 * Whatever has a `value` is written by its kind, and so is what is in it.
 */
function withConditionBlocks(fragment: HclFragment): HclFragment {
  for (const ofType of Object.values(fragment.resource ?? {})) {
    for (const attributes of Object.values(ofType)) {
      const { lifecycle } = attributes;
      if (lifecycle === undefined) continue;
      const triggers = lifecycle['replace_triggered_by'];
      if (Array.isArray(triggers)) lifecycle['replace_triggered_by'] = triggers.map(asExpression);
      const blocks = CONDITIONS.filter((name) => lifecycle[name] !== undefined).map((name) => {
        return [name, { value: lifecycle[name], isBlock: true, type: 'list' }];
      });
      if (blocks.length > 0) attributes.lifecycle = { value: { ...lifecycle, ...Object.fromEntries(blocks) } };
    }
  }
  return fragment;
}

/** Terraform takes an address here as a text in JSON, and not in HCL. */
function asExpression(address: string): string {
  return expressionToken((context) => String(context.resolve(address)));
}

interface HclFragment {
  readonly resource?: { readonly [type: string]: { readonly [id: string]: { lifecycle?: Attributes } } };
}

/** What a resource adds to its stack's JSON. It is there to be read, and CDKTF leaves it to resolve itself. */
class PresolvedFragment implements IResolvable {
  declare public readonly resource?: Resources;
  readonly #write: () => Fragment;
  readonly #mayLeadElsewhere: () => boolean;
  #written?: Fragment;

  /**
   * @param write writes the resource out.
   * @param mayLeadElsewhere whether there may be a reference to another stack in what is written.
   */
  public constructor(write: () => Fragment, mayLeadElsewhere: () => boolean) {
    this.#write = write;
    this.#mayLeadElsewhere = mayLeadElsewhere;
    Object.defineProperties(this, PARTS);
  }

  public static part(name: string): PropertyDescriptor {
    return {
      enumerable: true,
      get(this: PresolvedFragment) {
        return this.#read()[name];
      },
    };
  }

  #read(): Fragment {
    this.#written ??= this.#write();
    return this.#written;
  }

  public get creationStack(): string[] {
    return [];
  }

  public resolve(context: IResolveContext): unknown {
    // What CDKTF resolves to prepare a stack is dropped.
    if (context.preparing && !this.#mayLeadElsewhere()) return undefined;
    const fragment: Attributes = {};
    for (const [part, value] of Object.entries(this.#read())) {
      if (value === undefined) continue;
      fragment[part] = part === 'resource' ? resolvedInPlace(value as Resources, context) : context.resolve(value);
    }
    return asItIs(fragment, context);
  }
}

/** Read by whoever asks for them, and by nobody while CDKTF prepares the stack. */
const PARTS = Object.fromEntries(['resource', 'moved', 'import'].map((name) => [name, PresolvedFragment.part(name)]));

/** CDKTF makes a fragment to have it resolved, and drops it. */
function resolvedInPlace(resource: Resources, context: IResolveContext): Resources {
  for (const [type, ofType] of Object.entries(resource)) {
    for (const id in ofType) {
      ofType[id] = resolved(ofType[id], context);
      // One for each of nothing is none.
      if (isEmptyMap(ofType[id].for_each)) delete resource[type];
    }
  }
  return resource;
}

function resolved(attributes: Attributes, context: IResolveContext): Attributes {
  const result: Attributes = hasOverrides(context) ? {} : new ResolvedAttributes();
  for (const attribute in attributes) {
    const value = attributes[attribute];
    // Most are not set.
    if (value === undefined) continue;
    const known = resolvedValue(value, context);
    if (known !== undefined) result[attribute] = known;
  }
  return result;
}

function resolvedValue(value: unknown, context: IResolveContext): unknown {
  if (!mayHoldTokens(value)) return value;
  const rest = withOwnTexts(value, context);
  return mayHoldTokens(rest) ? context.resolve(rest) : rest;
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

function isEmptyMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
