/** What a plan tells beside the changes of resources: drift, moves in the state, outputs. */
import type { PlannedChange } from './change.ts';
import { difference, differingAttributes } from './differences.ts';
import type { Finding } from './finding.ts';
import type { Invocation } from './invocation.ts';
import type { OutputChange } from './output-change.ts';
import type { Plan } from './plan-document.ts';
import type { Move } from './raw-change.ts';
import { shown, shownAt } from './shown.ts';
import { withUnknown } from './unknown.ts';

export function besides(plan: Plan): Finding[] {
  return [
    ...ofDrift(plan),
    ...plan.moves.map(ofMove),
    ...plan.outputs.map((output) => ofOutput(output, plan)),
    ...plan.invocations.map((invocation) => ofInvocation(invocation, plan)),
    ...(plan.isWhole ? [] : [leftOut(plan)]),
  ];
}

/** What the plan does nothing about; where it does, that change says it. */
function ofDrift({ drift, changes }: Plan): Finding[] {
  const changed = new Set(changes.map(({ address }) => address));
  return drift.flatMap((change): Finding[] => {
    const names = differingAttributes(change).filter((name) => !isNothing(change, name));
    const isGone = change.action === 'destroy';
    if (changed.has(change.address) || (names.length === 0 && !isGone)) return [];
    const [only, ...others] = names;
    const at = only !== undefined && others.length === 0 && !isGone ? [only] : undefined;
    return [
      {
        rank: 'drift',
        rule: isGone ? 'destroyed-outside' : 'changed-outside',
        stack: change.stack,
        address: change.address,
        type: change.type,
        action: 'drift',
        what: isGone ? 'is gone' : `is not as Terraform left it: ${names.join(', ')}`,
        why: 'Somebody or something else changed it, and this plan leaves it so.',
        ...(at !== undefined && { attribute: only, ...shownAt(change, at) }),
      },
    ];
  });
}

/** Providers give `null` for an empty list one day, and an empty list the next. */
function isNothing({ before, after }: PlannedChange, name: string): boolean {
  return [before[name], after[name]].every(
    (value) =>
      value === undefined ||
      value === null ||
      value === '' ||
      (typeof value === 'object' && Object.keys(value).length === 0),
  );
}

function ofMove({ from, id, ...rest }: Move): Finding {
  const why = 'Terraform changes its state only.';
  if (from === undefined) {
    return {
      rank: 'other',
      rule: 'imported',
      ...rest,
      action: 'import',
      what: 'is taken over',
      why,
      ...(id !== undefined && { after: id }),
    };
  }
  const what = `was ${from}`;
  return { rank: 'other', rule: 'moved', ...rest, action: 'move', what, before: from, why };
}

function ofOutput(output: OutputChange, { provisional }: Plan): Finding {
  const { stack, name, before, unknown, isOfImage: follows } = output;
  const after = withUnknown(output.after, unknown);
  return {
    rank: 'other',
    rule: 'output-changed',
    stack,
    address: `output.${name}`,
    type: 'output',
    action: 'output',
    what: 'says something else',
    why: 'Whoever reads it gets another value.',
    ...shown({ before, after }),
    ...(follows && { isOfImage: true }),
    differences: [difference('value', { before, after }, provisional !== undefined)],
  };
}

function ofInvocation({ config, trigger, ...rest }: Invocation, { provisional }: Plan): Finding {
  return {
    rank: 'downtime',
    rule: 'action-invoked',
    ...rest,
    action: 'invoke',
    what: `is run by the provider${trigger === undefined ? '' : `, when ${trigger} changes`}`,
    why: 'What it does to what runs stands in no plan: this review does not know.',
    differences: [
      difference('config', { before: undefined, after: config }, provisional !== undefined),
    ],
  };
}

function leftOut({ stack }: Plan): Finding {
  return {
    rank: 'other',
    rule: 'not-whole',
    stack,
    address: '(the plan)',
    type: 'plan',
    action: 'left-out',
    what: 'does not say all',
    why: 'Something was left out, by -target or because it cannot be planned yet: another plan has to follow.',
  };
}
