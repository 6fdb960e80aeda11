import { AddressSet } from '../network/address-set';
import type { Misfit } from '../placement/placement';
import type { Problem } from '../rules/endpoint-error';
import { type Allowlist, hasComputed, readAllowlist } from './allowlist';
import type { AllowlistInput } from './allowlist-input';
import { type AllowlistPlan, planAllowlist } from './allowlist-plan';
import { checkBreadth, checkBreadthLimits } from './breadth';
import { plannedRules } from './planned-rules';
import { type SharedPart, type Sharing, sharedMisfit, sharedPart } from './shared-plan';

/** An allowlist as the rules and the security groups look at it. Each view is made once, when it is first needed. */
export class AllowlistReview {
  public readonly now: Date;
  private read?: Allowlist;
  private addresses?: AddressSet;
  private placed?: AllowlistPlan;
  private shared?: SharedPart;
  private breadth?: readonly Problem[];

  /**
   * @param input the allowlist.
   * @param keyOf a text for a value that is the same in every run: tokens are numbered as they come.
   * @param secretIn what makes a list sensitive, if anything does.
   * @param sharing whose security groups it shares; none where the endpoint has groups of its own.
   */
  public constructor(
    public readonly input: AllowlistInput,
    public readonly keyOf: (text: string) => string = (text) => text,
    public readonly secretIn: (list: readonly string[]) => string | undefined = () => undefined,
    public readonly sharing?: Sharing,
  ) {
    this.now = dayOf(input.asOf);
  }

  public get allowlist(): Allowlist {
    const { allow, dualStack } = this.input;
    this.read ??= readAllowlist(allow, { dualStack, now: this.now });
    return this.read;
  }

  /** What the entries that are known at synthesis admit together. */
  public get admitted(): AddressSet {
    this.addresses ??= AddressSet.of(this.allowlist.blocks.map(({ cidr }) => cidr));
    return this.addresses;
  }

  public get plan(): AllowlistPlan {
    const { quotas, aggregate, endsOnItsDay, shardFromStart, pathMtuDiscovery, dualStack, ruleTags } = this.input;
    const { keyOf } = this;
    // If nobody has access, no packet can be too large.
    const families = dualStack ? ([4, 6] as const) : ([4] as const);
    const pathMtu = pathMtuDiscovery && !this.isClosed ? families : [];
    const options = { quotas, aggregate, endsOnItsDay, shardFromStart, pathMtu, keyOf, ruleTags };
    this.placed ??= planAllowlist(this.allowlist, options);
    return this.placed;
  }

  /** What the endpoint needs of security groups that it shares. */
  public get part(): SharedPart | undefined {
    const { sharing, allowlist, input, keyOf, isClosed } = this;
    if (sharing === undefined) return undefined;
    const { endpoint, port } = sharing;
    this.shared ??= sharedPart(
      { endpoint, port, hasComputed: hasComputed(allowlist), isClosed },
      plannedRules(allowlist, {
        ...{ aggregate: input.aggregate, endsOnItsDay: input.endsOnItsDay },
        ...{ keyOf, ruleTags: input.ruleTags },
      }),
    );
    return this.shared;
  }

  /** Why the rules of all endpoints that share their security groups do not fit these. */
  public get sharedMisfit(): Misfit | undefined {
    const { sharing, part } = this;
    return sharing && part && sharedMisfit([...sharing.others, part], sharing.options);
  }

  /** What is too broad about the entries that are known at synthesis. */
  public get tooBroad(): readonly Problem[] {
    const { allowlist, admitted, input } = this;
    const isJudged = !this.isOpen && checkBreadthLimits(input.maxBreadth).length === 0;
    this.breadth ??= isJudged ? checkBreadth(allowlist.blocks, input.maxBreadth, admitted) : [];
    return this.breadth;
  }

  /** Whether nobody has access: every entry has expired, or none is there yet. */
  public get isClosed(): boolean {
    const { expired, ...rest } = this.allowlist;
    return (
      (expired.length > 0 || this.input.awaitsIntegrations) && Object.values(rest).every(({ length }) => length === 0)
    );
  }

  /** Whether schedules are to end access, also if all of it has ended by now. */
  public get needsSchedules(): boolean {
    return this.input.endsOnItsDay && this.input.allow.some(({ _about }) => _about.expires !== undefined);
  }

  /** Whether everybody is let in, and somebody said why. */
  public get isOpen(): boolean {
    return this.allowlist.blocks.some(({ source }) => source._kind === 'anywhere');
  }

  /** Whether a part of the list could not be read or may follow, so that it is unknown who else will be admitted. */
  public get isIncomplete(): boolean {
    return (
      this.input.awaitsIntegrations ||
      this.allowlist.invalid.length > 0 ||
      this.input.allow.some(({ _kind }) => _kind === 'mistakes')
    );
  }
}

/** The day on which expiries are judged. */
export function dayOf(asOf: string | undefined): Date {
  return asOf === undefined ? new Date() : new Date(`${asOf}T00:00:00Z`);
}
