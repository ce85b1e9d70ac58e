/** What a change would do to what runs: the plans of all stacks, and what would be lost. */
import { LOSSES, meaningOf, OUTAGES } from '../../stacks/addresses/stateful.ts';
import { ACCEPTED_LOSSES, type AcceptedLoss } from './from-accepted.ts';

/** Of `terraform show -json <plan>`; the form is Terraform's. */
export interface ShownChanges {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly mode: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

type Action = 'create' | 'update' | 'replace' | 'destroy';

interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** Of what is replaced: whether the new one is there before the old one goes. */
  readonly isGapless: boolean;
}

export interface PlannedStack {
  /** `dev-network` */
  readonly stack: string;
  readonly changes: readonly PlannedChange[];
  /** Why only names are compared: it cannot be planned before others are applied. */
  readonly waits?: string;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  create: 'create',
  update: 'update',
  delete: 'destroy',
  'delete create': 'replace',
  'create delete': 'replace',
};

export function changesIn({ resource_changes: all = [] }: ShownChanges): PlannedChange[] {
  return all.flatMap(({ address, type, mode, change: { actions } }) => {
    const action = mode === 'managed' ? ACTIONS[actions.join(' ')] : undefined;
    const isGapless = actions[0] === 'create';
    return action === undefined ? [] : [{ address, type, action, isGapless }];
  });
}

/** A synthesised stack, as far as it matters here. */
export interface Written {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
}

/** What comes and goes by its name alone. @param existing addresses in the state */
export function changesByName(
  { resource = {}, moved = [] }: Written,
  existing: readonly string[],
): PlannedChange[] {
  const written = Object.entries(resource).flatMap(([type, all]) =>
    Object.keys(all).map((name) => `${type}.${name}`),
  );
  // An instance of several has an index.
  const present = new Set(existing.map((address) => address.replace(/\[.*$/, '')));
  const moves = moved.filter(({ from }) => present.has(from));
  const staying = new Set([...written, ...moves.map(({ from }) => from)]);
  const moving = new Set(moves.map(({ to }) => to));
  return [
    ...written
      .filter((one) => !present.has(one) && !moving.has(one))
      .map((one) => changeOf(one, 'create')),
    ...[...present].filter((one) => !staying.has(one)).map((one) => changeOf(one, 'destroy')),
  ];
}

function changeOf(address: string, action: Action): PlannedChange {
  const [type = address] = address.split('.');
  return { address, type, action, isGapless: false };
}

/**
 * Sentences, one for each address of stacks/addresses/stateful.ts that would not stay. What only
 * stops things is no loss where nothing takes its place, or where that is there before.
 */
export function lossesIn(
  { stack, changes }: PlannedStack,
  accepted: readonly AcceptedLoss[] = ACCEPTED_LOSSES,
): string[] {
  const created = new Set(
    changes.filter(({ action }) => action === 'create').map(({ type }) => type),
  );
  return changes
    .filter(({ action }) => action === 'replace' || action === 'destroy')
    .filter(({ type, action, isGapless }) => {
      if (LOSSES.has(type)) return true;
      return OUTAGES.has(type) && (action === 'replace' ? !isGapless : created.has(type));
    })
    .filter(
      ({ address }) =>
        !accepted.some((one) => stack.endsWith(`-${one.stack}`) && one.address === address),
    )
    .map(
      ({ address, type, action }) =>
        `${stack}: ${address} would be ${action === 'replace' ? 'replaced' : 'destroyed'}: ${meaningOf(type)}`,
    );
}

export const COLUMNS = ['stack', 'adds', 'changes', 'replaces', 'destroys', 'not kept'] as const;

/** A row for each stack, as for COLUMNS. */
export function rowsOf(planned: readonly PlannedStack[]): string[][] {
  return planned.map(({ stack, changes, waits }) => {
    const count = (action: Action) => {
      const those = changes.filter((change) => change.action === action);
      return those.length === 0 ? '' : String(those.length);
    };
    const notKept = changes.filter(({ action }) => action === 'replace' || action === 'destroy');
    return [
      stack,
      ...(['create', 'update', 'replace', 'destroy'] as const).map(count),
      [...named(notKept), ...(waits === undefined ? [] : [`(${waits})`])].join(' '),
    ];
  });
}

/** Addresses of a row; what is lost is named in full elsewhere. */
const NAMED = 2;

function named(changes: readonly PlannedChange[]): string[] {
  const more = changes.length > NAMED ? [`${changes.length - NAMED} more`] : [];
  return [...changes.slice(0, NAMED).map(({ address }) => address), ...more];
}

/** For a terminal. */
export function asTable(rows: readonly (readonly string[])[]): string {
  const widths = COLUMNS.map((_, column) =>
    Math.max(...[COLUMNS, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  return [COLUMNS, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
