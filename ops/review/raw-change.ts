/** An entry of `resource_changes` or `resource_drift`, as Terraform writes it. */
import { Refusal } from '../deployment/refusal.ts';
import type { Action, PlannedChange, Values } from './change.ts';
import { isObject, ofAttributes, type Sides, withoutHidden } from './hidden.ts';

export interface RawChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: string;
  readonly type: string;
  readonly deposed?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: unknown;
    readonly after: unknown;
    readonly after_unknown?: unknown;
    readonly before_sensitive?: unknown;
    readonly after_sensitive?: unknown;
    readonly replace_paths?: PlannedChange['replacePaths'];
    readonly importing?: unknown;
  };
}

/** Another place in the state, or a place for what was there before. */
export interface Move {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  /** Nothing when it is not moved but imported. */
  readonly from?: string;
  /** What is imported: the provider's id or identity, as JSON. */
  readonly id?: string;
}

interface Effect {
  readonly action: Action;
  readonly isGapless: boolean;
}

/** Terraform's words; in which order the two of a replacement happen is said by theirs. */
const EFFECTS: ReadonlyMap<string, Effect> = new Map(
  Object.entries({
    create: { action: 'create', isGapless: false },
    update: { action: 'update', isGapless: false },
    'delete,create': { action: 'replace', isGapless: false },
    'create,delete': { action: 'replace', isGapless: true },
    // The old one stays, unknown to Terraform.
    'create,forget': { action: 'replace', isGapless: true },
    delete: { action: 'destroy', isGapless: false },
    forget: { action: 'forget', isGapless: false },
  }),
);

/** Reading again changes nothing. */
const NO_EFFECT: ReadonlySet<string> = new Set(['no-op', 'read', '']);

/** @throws Refusal when the list is not Terraform's */
export function rawChanges(list: unknown, file: string): RawChange[] {
  if (list === undefined) return [];
  if (!Array.isArray(list) || !list.every(isRawChange)) {
    throw new Refusal(`${file} lists changes in another form than Terraform's`);
  }
  return list.filter(({ mode }) => mode !== 'data');
}

function isRawChange(entry: unknown): entry is RawChange {
  if (!isObject(entry) || !isObject(entry['change'])) return false;
  const texts = [entry['address'], entry['type']];
  return (
    texts.every((text) => typeof text === 'string') && Array.isArray(entry['change']['actions'])
  );
}

/** Nothing, where nothing is done. @throws Refusal for an action that is not known */
export function plannedChange(
  { address, type, deposed, change }: RawChange,
  { stack, file }: { readonly stack: string; readonly file: string },
): PlannedChange[] {
  const actions = change.actions.join(',');
  if (NO_EFFECT.has(actions)) return [];
  const effect = EFFECTS.get(actions);
  if (effect === undefined) {
    throw new Refusal(`${file}: Terraform will '${actions}' ${address}, which no rule here knows`);
  }
  const hidden = { before: change.before_sensitive ?? {}, after: change.after_sensitive ?? {} };
  const planned = {
    stack,
    address: deposed === undefined ? address : `${address} (deposed ${deposed})`,
    type,
    ...effect,
    unknown: asValues(change.after_unknown),
    replacePaths: change.replace_paths ?? [],
    hidden,
  };
  if (!isMarked(hidden)) return [{ ...planned, ...asSides(change) }];
  const { scrub, ...sides } = withoutHidden(change, hidden);
  const shown = {
    ...planned,
    ...asSides(sides),
    unknown: asValues(ofAttributes(planned.unknown, scrub)),
    // Keys of maps are among the steps.
    hidden: { before: scrub(hidden.before), after: scrub(hidden.after) },
    replacePaths: planned.replacePaths.map((path) => {
      const end = path.findIndex((step, index) => index > 0 && scrub(step) !== step);
      return end === -1 ? path : path.slice(0, end);
    }),
  };
  return [{ ...shown, unhidden: () => ({ ...planned, ...asSides(change) }) }];
}

function asSides({ before, after }: Sides) {
  return { before: asValues(before), after: asValues(after) };
}

/** At whatever depth. */
function isMarked(marks: unknown): boolean {
  if (typeof marks !== 'object' || marks === null) return marks === true;
  return Object.values(marks).some(isMarked);
}

/** What is moved or imported, whether or not it is changed too. */
export function movesOf(raw: readonly RawChange[], stack: string): Move[] {
  return raw.flatMap(({ address, type, previous_address: from, change: { importing } }): Move[] => {
    if (from !== undefined) return [{ stack, address, type, from }];
    return isObject(importing) ? [{ stack, address, type, id: JSON.stringify(importing) }] : [];
  });
}

function asValues(value: unknown): Values {
  return isObject(value) ? value : {};
}
