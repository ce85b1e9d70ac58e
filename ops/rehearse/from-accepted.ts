/** What may be lost on purpose by the change that is rehearsed; a line goes when it has landed. */
export interface AcceptedLoss {
  /** Last part of the stack's name, such as `network`. */
  readonly stack: string;
  /** As Terraform writes it. */
  readonly address: string;
  /** Why nobody misses it. */
  readonly reason: string;
}

/** As short as it can be. */
export const ACCEPTED_LOSSES: readonly AcceptedLoss[] = [];
