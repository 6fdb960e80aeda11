import type { Construct } from 'constructs';
import { AllowedSource } from '../allowlist/allowed-source';
import { originOf } from '../allowlist/allowlist';
import type { AllowlistInput } from '../allowlist/allowlist-input';
import { AllowlistReview } from '../allowlist/allowlist-review';
import { ALLOWLIST_RULES } from '../allowlist/allowlist-rules';
import { ALLOWLIST_WARNINGS } from '../allowlist/allowlist-warnings';
import type { Sharing } from '../allowlist/shared-plan';
import { describeProblem, EndpointError, type Problem } from '../rules/endpoint-error';
import { warn } from '../terraform/warnings';
import { expressionText } from '../tokens/resolved-text';
import { secretIn } from '../tokens/secret';
import { integrationCall } from './integration-rules';

/** Whom an endpoint admits: what was written with it, and what integrations have brought so far. */
export class EndpointAccess {
  private readonly warned = new Set<string>();
  private left: ReadonlySet<AllowedSource> = new Set();

  /**
   * @param endpoint whose access it is.
   * @param input the allowlist as it was written with the endpoint.
   * @param acknowledged warnings that are not shown.
   * @param sharing what others of its load balancer take up; none where it has one to itself.
   */
  public constructor(
    private readonly endpoint: Construct,
    private input: AllowlistInput,
    private readonly acknowledged: readonly string[],
    private readonly sharing: () => Sharing | undefined,
  ) {}

  /** Every source so far. */
  public get allow(): readonly AllowedSource[] {
    return this.input.allow;
  }

  /** Those of them whose last day has passed. */
  public get expired(): ReadonlySet<AllowedSource> {
    return this.left;
  }

  /** The allowlist so far, as rules and security groups look at it. */
  public review(input = this.input): AllowlistReview {
    const keyOf = (text: string) => expressionText(this.endpoint, text);
    return new AllowlistReview(input, keyOf, (list) => secretIn(this.endpoint, list), this.sharing());
  }

  /** Keeps what is needed of a review in which nothing is wrong: the review itself is large. */
  public accept({ input, allowlist }: AllowlistReview): void {
    this.input = input;
    this.left = new Set(allowlist.expired.map(({ source }) => source));
  }

  /** Adds what an integration brings, as if the endpoint had had it from the start. */
  public add(integration: string, sources: readonly AllowedSource[]): AllowlistReview {
    const added = sources.map((source, i) => {
      const { location } = originOf(source, i);
      return AllowedSource._ofIntegration(integration, source, {
        property: `${integrationCall(integration)}.allow[${i}]`,
        location,
      });
    });
    const review = this.review({ ...this.input, allow: [...this.input.allow, ...added] });
    const problems = ALLOWLIST_RULES.check(review);
    if (problems.length > 0) throw new EndpointError(this.endpoint.node.path, problems);
    this.warn(ALLOWLIST_WARNINGS.check(review));
    this.accept(review);
    return review;
  }

  /** Warns of each problem once, however often the allowlist grows. */
  public warn(problems: readonly Problem[]): void {
    const unacknowledged = problems.filter(({ rule }) => !this.acknowledged.includes(rule)).map(describeProblem);
    const fresh = unacknowledged.filter((message) => !this.warned.has(message));
    for (const message of fresh) this.warned.add(message);
    warn(this.endpoint, fresh);
  }

  /** Has CDKTF refuse, before it writes the stack out, an endpoint that was left without any access. */
  public requireIntegrations(): void {
    if (!this.input.awaitsIntegrations) return;
    this.endpoint.node.addValidation({
      validate: () => {
        const problems = ALLOWLIST_RULES.check(this.review({ ...this.input, awaitsIntegrations: false }));
        return problems.map(describeProblem);
      },
    });
  }
}
