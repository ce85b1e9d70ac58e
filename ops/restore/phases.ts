/** The course of a restore. Each phase may be broken off and done again; none is begun unrecorded. */

/** In this order; at `kept` both databases are there, and nothing is left to do but to choose. */
const PHASES = ['making', 'inspecting', 'migrating', 'switching', 'adopting', 'kept'] as const;

/** `dropping` deletes the one that is not wanted any more; then it is over. */
export type Phase = (typeof PHASES)[number] | 'dropping';

/** What each phase does; safe to repeat, also after it was broken off anywhere. */
export type Steps = Readonly<Record<Exclude<Phase, 'kept' | 'dropping'>, () => Promise<void>>>;

/**
 * Goes on from a phase to `kept`.
 * @param enter records the phase. @throws what a step throws; its phase is recorded then
 */
export async function goOn(
  from: Phase,
  steps: Steps,
  enter: (phase: Phase) => Promise<void>,
): Promise<void> {
  for (const phase of PHASES.slice(placeOf(from))) {
    await enter(phase);
    if (phase !== 'kept') await steps[phase]();
  }
}

/** Whether the service may work with the new database by now; before, nothing points to it. */
export function mayHaveSwitched(phase: Phase): boolean {
  return placeOf(phase) >= placeOf('switching');
}

/** Whoever drops has come to the end. */
function placeOf(phase: Phase): number {
  return phase === 'dropping' ? PHASES.length : PHASES.indexOf(phase);
}
