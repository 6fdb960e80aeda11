import { AddressSet } from '../network/address-set';
import type { Problem } from '../rules/endpoint-error';
import { type Allowlist, readAllowlist } from './allowlist';
import type { AllowlistInput } from './allowlist-input';
import { type AllowlistPlan, planAllowlist } from './allowlist-plan';
import { checkBreadth, checkBreadthLimits } from './breadth';

/** An allowlist as the rules and the security groups look at it. Each view is made once, when it is first needed. */
export class AllowlistReview {
  public readonly now: Date;
  private read?: Allowlist;
  private addresses?: AddressSet;
  private placed?: AllowlistPlan;
  private breadth?: readonly Problem[];

  /**
   * @param input the allowlist.
   * @param keyOf a text for a value that is the same in every run: tokens are numbered as they come.
   * @param secretIn what makes a list one that Terraform keeps secret, if anything does.
   */
  public constructor(
    public readonly input: AllowlistInput,
    public readonly keyOf: (text: string) => string = (text) => text,
    public readonly secretIn: (list: readonly string[]) => string | undefined = () => undefined,
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
    const { quotas, aggregate, shardFromStart, pathMtuDiscovery, dualStack } = this.input;
    const { keyOf } = this;
    // Nobody's packets are too large where nobody has access.
    const families = dualStack ? ([4, 6] as const) : ([4] as const);
    const pathMtu = pathMtuDiscovery && !this.isClosed ? families : [];
    this.placed ??= planAllowlist(this.allowlist, { quotas, aggregate, shardFromStart, pathMtu, keyOf });
    return this.placed;
  }

  /** What is too broad about the entries that are known at synthesis. */
  public get tooBroad(): readonly Problem[] {
    const { allowlist, admitted, input } = this;
    const isJudged = !this.isOpen && checkBreadthLimits(input.maxBreadth).length === 0;
    this.breadth ??= isJudged ? checkBreadth(allowlist.blocks, input.maxBreadth, admitted) : [];
    return this.breadth;
  }

  /** Whether nobody has access any more, because every entry has expired. */
  public get isClosed(): boolean {
    const { expired, ...rest } = this.allowlist;
    return expired.length > 0 && Object.values(rest).every(({ length }) => length === 0);
  }

  /** Whether everybody is let in, and somebody said why. */
  public get isOpen(): boolean {
    return this.allowlist.blocks.some(({ source }) => source._kind === 'anywhere');
  }

  /** Whether something of the list could not be read, so that nobody knows who else would be let in. */
  public get isIncomplete(): boolean {
    return this.allowlist.invalid.length > 0 || this.input.allow.some(({ _kind }) => _kind === 'mistakes');
  }
}

/** The day on which expiries are judged. */
export function dayOf(asOf: string | undefined): Date {
  return asOf === undefined ? new Date() : new Date(`${asOf}T00:00:00Z`);
}
