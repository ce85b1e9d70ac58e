/** What a second plan shows: nothing, but for what the emulator alone makes drift. */
export interface AllowedDrift {
  /** Address in its stack, such as `aws_lb.door_balancer`. */
  readonly address: string;
  /** Of that resource. */
  readonly attribute: string;
  /** What the emulator does otherwise than AWS. */
  readonly reason: string;
}

/** As short as it can be. */
export const ALLOWED_DRIFT: readonly AllowedDrift[] = [];

export interface Difference {
  readonly address: string;
  readonly action: string;
  readonly attribute: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Of `terraform show -json <plan>`; the form is Terraform's. */
export interface ShownPlan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Readonly<Record<string, unknown>> | null;
      readonly after: Readonly<Record<string, unknown>> | null;
      readonly after_unknown?: Readonly<Record<string, unknown>>;
    };
  }[];
  readonly output_changes?: Readonly<
    Record<string, { readonly actions: readonly string[]; before: unknown; after: unknown }>
  >;
}

/** Each attribute that a plan would change. */
export function differencesOf({
  resource_changes = [],
  output_changes = {},
}: ShownPlan): Difference[] {
  const changed = resource_changes.filter(({ change, mode }) => {
    return mode === 'managed' && change.actions.some((action) => !SILENT.has(action));
  });
  const outputs = Object.entries(output_changes)
    .filter(([, { actions }]) => actions.some((action) => !SILENT.has(action)))
    .map(([name, { actions, before, after }]) => {
      const action = actions.join(' and ');
      return { address: `output.${name}`, action, attribute: 'value', before, after };
    });
  return [...changed.flatMap(attributesOf), ...outputs];
}

const SILENT = new Set(['no-op', 'read']);

function attributesOf({ address, change }: NonNullable<ShownPlan['resource_changes']>[number]) {
  const { actions, before, after, after_unknown: unknown = {} } = change;
  const action = actions.join(' and ');
  const known = Object.keys({ ...before, ...after });
  const names = new Set([...known, ...Object.keys(unknown)]);
  const differences: Difference[] = [];
  for (const attribute of names) {
    const [was, is] = [before?.[attribute], after?.[attribute]];
    const isUnknown = isAnywhereTrue(unknown[attribute]);
    if (!isUnknown && JSON.stringify(was) === JSON.stringify(is)) continue;
    const shown = isUnknown ? '(known after apply)' : is;
    differences.push({ address, action, attribute, before: was, after: shown });
  }
  return differences;
}

/** Of a list or a block only a part may be unknown. */
function isAnywhereTrue(mark: unknown): boolean {
  if (typeof mark !== 'object' || mark === null) return mark === true;
  return Object.values(mark).some(isAnywhereTrue);
}

/** Those that are not on the list. */
export function unexplained(
  differences: readonly Difference[],
  allowed: readonly AllowedDrift[] = ALLOWED_DRIFT,
): Difference[] {
  return differences.filter(
    ({ address, attribute }) =>
      !allowed.some((entry) => entry.address === address && entry.attribute === attribute),
  );
}

/** Characters of a value that are shown. */
const SHOWN = 300;

export function describeDifference({
  address,
  action,
  attribute,
  before,
  after,
}: Difference): string {
  const [was, is] = [before, after].map((value) =>
    (value === undefined ? 'absent' : JSON.stringify(value)).slice(0, SHOWN),
  );
  return `${address} (${action}), ${attribute}:\n  ${was}\n  -> ${is}`;
}
