/** What rules say of one change, of what may not be shown too, and where a rule itself fails. */
import type { PlannedChange } from './change.ts';
import { needsApproval } from './ranks.ts';
import type { Remark, Rule } from './rule.ts';

export interface Judged {
  /** The changes of all plans. */
  readonly all: readonly PlannedChange[];
  readonly rulesFor: ReadonlyMap<string, readonly Rule[]>;
}

interface Said {
  readonly rule: Rule;
  readonly remark: Remark;
}

export function saidOf(change: PlannedChange, { all, rulesFor }: Judged): Said[] {
  const rules = rulesFor.get(change.type) ?? [];
  const said = rules.flatMap((rule) => ofRule(rule, change, all));
  return [...said, ...ofHidden(change, rules, all, said)];
}

function ofRule(rule: Rule, change: PlannedChange, all: readonly PlannedChange[]): Said[] {
  try {
    return rule.judge(change, all).map((remark) => ({ rule, remark }));
  } catch {
    // Its message may have values in it.
    return [
      {
        rule,
        remark: {
          what: 'could not be judged by a rule',
          why: 'Its values have another form than the rule knows: look at it yourself.',
        },
      },
    ];
  }
}

/**
 * Who marks a value as sensitive would take it from the rules' sight. So they are asked with the
 * true values too, and of what they only say then, nothing is taken but which rule and where.
 */
function ofHidden(
  change: PlannedChange,
  rules: readonly Rule[],
  all: readonly PlannedChange[],
  said: readonly Said[],
): Said[] {
  const { stack, unhidden } = change;
  if (unhidden === undefined) return [];
  const known = new Set(said.map(keyOf));
  const bare = { ...unhidden(), stack };
  // Secrets have rules of their own, which know what is hidden.
  const found = rules
    .filter(({ rank }) => needsApproval(rank) && rank !== 'secrets')
    .flatMap((rule) => ofRule(rule, bare, all))
    .filter((one) => !known.has(keyOf(one)));
  const once = new Map(found.map((one) => [keyOf(one), one]));
  return [...once.values()].map(({ rule, remark: { path } }) => ({
    rule,
    remark: {
      what: 'does what may not be shown, by a value that is marked as sensitive',
      why: `The rule ${rule.id} speaks of it: look at where the value comes from.`,
      ...(path !== undefined && { path: path.slice(0, 1) }),
    },
  }));
}

function keyOf({ rule, remark: { path } }: Said): string {
  return `${rule.id} ${String(path?.[0])}`;
}
