/** Whether a list could not be had, or was had and is not accepted. */
export type FailureKind = 'unreachable' | 'refused' | 'needs-accept';

/** Why the blocks of a published list are not taken. */
export interface Failure {
  readonly kind: FailureKind;
  /** A clause about the list, without a full stop. */
  readonly reason: string;
  /** What to do about it, as a sentence. */
  readonly remedy: string;
}

/** The same, on its way out of a request. */
export class FeedFailure extends Error implements Failure {
  public constructor(
    public readonly kind: FailureKind,
    public readonly reason: string,
    public readonly remedy: string,
  ) {
    super(reason);
  }
}
