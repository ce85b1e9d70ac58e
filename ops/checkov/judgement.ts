/** Findings and waivers side by side, and the waivers as skips that checkov itself understands. */
import type { Move } from '../../stacks/addresses/steps.ts';
import { movedPath } from '../../stacks/policies/moved-waivers.ts';
import { isCheckovs } from '../../stacks/policies/rule-names.ts';
import { matches, type Waiver } from '../../stacks/policies/waiver.ts';
import type { Finding } from './scan.ts';

export interface Judged extends Finding {
  readonly waiver: Waiver | undefined;
}

export interface Judgement {
  readonly findings: readonly Judged[];
  readonly stale: readonly Stale[];
}

/** A waiver whose check finds nothing at its path. */
export interface Stale extends Waiver {
  /** Where it does, by stacks/moves.ts. */
  readonly movedTo?: string;
}

export function judge(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  moves: readonly Move[] = [],
): Judgement {
  const judged = findings.map((finding) => ({
    ...finding,
    waiver: waivers.find(({ rule, path }) => rule === finding.check && matches(path, finding.path)),
  }));
  const used = new Set(judged.map(({ waiver }) => waiver));
  const stale = waivers.filter((waiver) => isCheckovs(waiver.rule) && !used.has(waiver));
  return { findings: judged, stale: stale.map((waiver) => withMove(waiver, findings, moves)) };
}

function withMove(waiver: Waiver, findings: readonly Finding[], moves: readonly Move[]): Stale {
  const movedTo = movedPath(waiver.path, moves);
  if (movedTo === undefined) return waiver;
  const isFound = findings.some(
    ({ check, path }) => check === waiver.rule && matches(movedTo, path),
  );
  return isFound ? { ...waiver, movedTo } : waiver;
}

/** The form that `checkov --create-baseline` writes and `--baseline` reads. */
export interface Baseline {
  readonly failed_checks: readonly {
    readonly file: string;
    readonly findings: readonly {
      readonly resource: string;
      readonly check_ids: readonly string[];
    }[];
  }[];
}

/**
 * Checkov compares the name of the resource and the check, not the file, and the same construct has
 * the same name in every environment. A skip that would silence a finding elsewhere which nobody
 * waived is left out: checkov alone never says less than we do.
 */
export function baseline(judged: readonly Judged[]): Baseline {
  const open = new Set(judged.filter(({ waiver }) => waiver === undefined).map(keyOf));
  const skipped = judged.filter((one) => one.waiver !== undefined && !open.has(keyOf(one)));
  const byStack = [...Map.groupBy(skipped, ({ stack }) => stack)];
  return {
    failed_checks: byStack.map(([stack, ofStack]) => ({
      file: `/${stack}/cdk.tf.json`,
      findings: [...Map.groupBy(ofStack, ({ resource }) => resource)].map(([resource, found]) => ({
        resource,
        check_ids: found.map(({ check }) => check).toSorted(),
      })),
    })),
  };
}

function keyOf({ resource, check }: Finding): string {
  return `${resource} ${check}`;
}
