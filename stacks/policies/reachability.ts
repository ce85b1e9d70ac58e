/** The world reaches the door only; who else reaches whom is in stacks/reachability/promises.ts. */
import { brokenPromises } from '../reachability/promises.ts';
import { reachabilityOf } from '../reachability/reachability.ts';
import type { Problem } from '../reachability/reader.ts';
import type { Program } from '../written/program.ts';
import type { Rule } from './policy.ts';

export const reachability: Rule = {
  name: 'reachability',
  check(stack, refuse, program) {
    for (const { at, message } of problemsIn(program)) {
      if (at.stack === stack) refuse(at.resource, message);
    }
  },
};

/** Ways lead through several stacks: worked out once, and each stack is told what is its own. */
const known = new WeakMap<Program, readonly Problem[]>();

function problemsIn(program: Program): readonly Problem[] {
  const problems = known.get(program) ?? workOut(program);
  known.set(program, problems);
  return problems;
}

function workOut(program: Program): readonly Problem[] {
  const found = reachabilityOf(program);
  return [...found.problems, ...brokenPromises(found)];
}
