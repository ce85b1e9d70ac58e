/** A synthesised stack's file and its plan, as far as planning in order looks at them. */

export interface Written {
  readonly resource?: Readonly<
    Record<string, Readonly<Record<string, { readonly '//'?: { readonly metadata?: Metadata } }>>>
  >;
  readonly data?: Readonly<Record<string, Readonly<Record<string, { readonly name?: unknown }>>>>;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Metadata {
  /** `dev-network/vpc/private-a` */
  readonly path: string;
}

/** Of `terraform show -json <plan>`; the form is Terraform's. */
export interface Shown {
  readonly terraform_version: string;
  /** Whether there is anything to apply, outputs included. */
  readonly applyable: boolean;
  readonly output_changes?: Readonly<Record<string, ShownChange>>;
  readonly resource_changes?: readonly {
    readonly type: string;
    readonly change: ShownChange;
  }[];
}

interface ShownChange {
  readonly actions: readonly string[];
  readonly after?: unknown;
  /** `true` in the place of whatever is known only after the apply. */
  readonly after_unknown?: unknown;
}

/** One stack of those that are planned in order. */
export interface Upstream {
  /** `dev-network` */
  readonly stack: string;
  readonly written: Written;
  readonly shown: Shown;
}
