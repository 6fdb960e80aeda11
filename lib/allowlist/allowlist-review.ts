import { AddressSet } from '../network/address-set';
import { DEFAULT_QUOTAS, type RuleQuotas } from '../placement/rule-quotas';
import type { Problem } from '../rules/endpoint-error';
import type { AllowedSource } from './allowed-source';
import { type Allowlist, readAllowlist } from './allowlist';
import { type AllowlistPlan, planAllowlist } from './allowlist-plan';
import { type BreadthLimits, checkBreadth, checkBreadthLimits, DEFAULT_BREADTH } from './breadth';

/** An allowlist, and how it is judged and placed. */
export interface AllowlistInput {
  readonly allow: readonly AllowedSource[];
  readonly aggregate?: boolean;
  readonly shardFromStart?: boolean;
  readonly quotas?: Partial<RuleQuotas>;
  readonly maxBreadth?: Partial<BreadthLimits>;
  readonly mustInclude?: readonly string[];
  readonly asOf?: string;
  readonly dualStack?: boolean;
  readonly internetFacing?: boolean;
  readonly pathMtuDiscovery?: boolean;
}

/** An allowlist as the rules and the security groups look at it. Each view is made once, when it is first needed. */
export class AllowlistReview {
  public readonly quotas: RuleQuotas;
  public readonly limits: BreadthLimits;
  public readonly now: Date;
  private read?: Allowlist;
  private addresses?: AddressSet;
  private placed?: AllowlistPlan;
  private breadth?: readonly Problem[];

  /**
   * @param props the endpoint's.
   * @param keyOf a text for a value that is the same in every run: tokens are numbered as they come.
   * @param secretIn what makes a list one that Terraform keeps secret, if anything does.
   */
  public constructor(
    public readonly props: AllowlistInput,
    public readonly keyOf: (text: string) => string = (text) => text,
    public readonly secretIn: (list: readonly string[]) => string | undefined = () => undefined,
  ) {
    this.quotas = { ...DEFAULT_QUOTAS, ...props.quotas };
    this.limits = { ...DEFAULT_BREADTH, ...props.maxBreadth };
    this.now = dayOf(props.asOf);
  }

  public get allowlist(): Allowlist {
    const { allow, dualStack = false } = this.props;
    this.read ??= readAllowlist(allow, { dualStack, now: this.now });
    return this.read;
  }

  /** What the entries that are known at synthesis admit together. */
  public get admitted(): AddressSet {
    this.addresses ??= AddressSet.of(this.allowlist.blocks.map(({ cidr }) => cidr));
    return this.addresses;
  }

  public get plan(): AllowlistPlan {
    const { aggregate = false, shardFromStart = false, pathMtuDiscovery, dualStack } = this.props;
    const { quotas, keyOf } = this;
    // Nobody's packets are too large where nobody has access.
    const families = dualStack ? ([4, 6] as const) : ([4] as const);
    const pathMtu = pathMtuDiscovery && !this.isClosed ? families : [];
    this.placed ??= planAllowlist(this.allowlist, { quotas, aggregate, shardFromStart, pathMtu, keyOf });
    return this.placed;
  }

  /** What is too broad about the entries that are known at synthesis. */
  public get tooBroad(): readonly Problem[] {
    const { allowlist, limits, admitted } = this;
    const isJudged = !this.isOpen && checkBreadthLimits(limits).length === 0;
    this.breadth ??= isJudged ? checkBreadth(allowlist.blocks, limits, admitted) : [];
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
}

/** The day on which expiries are judged. */
export function dayOf(asOf: string | undefined): Date {
  return asOf === undefined ? new Date() : new Date(`${asOf}T00:00:00Z`);
}
