/** A change of one resource, as a plan of any Terraform program tells it. */

export type Action = 'create' | 'update' | 'replace' | 'destroy' | 'forget';

/**
 * Arguments and attributes; the form is the provider's. What may not be shown is replaced by a
 * text of hidden.ts, so that nothing that is built from values can tell it.
 */
export type Values = Readonly<Record<string, unknown>>;

export interface PlannedChange {
  /** Of the plan that it is in: a stack's, or its file's without the ending. */
  readonly stack: string;
  /** `aws_subnet.private["a"]`, modules included. */
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** Of what is replaced: whether the new one is there before the old one goes. */
  readonly isGapless: boolean;
  /** Empty where it does not exist. */
  readonly before: Values;
  readonly after: Values;
  /** `true` in the place of whatever is known only after the apply. */
  readonly unknown: Values;
  /** Paths that force a replacement, such as `['ingress', 0, 'cidr_blocks']`. */
  readonly replacePaths: readonly (readonly (string | number)[])[];
  /** `true` in the place of whatever may not be shown, before and after. */
  readonly hidden: { readonly before: unknown; readonly after: unknown };
  /** With the true values, where some are hidden: to be judged, never to be shown. */
  readonly unhidden?: () => PlannedChange;
}
