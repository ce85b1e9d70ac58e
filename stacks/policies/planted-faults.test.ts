/** What whoever made a fault gets to read: the rule, the path, and what to do. */
import { type App, Testing } from 'cdktf';
import { addEnvironment } from '../store.ts';
import { FAULTS, forgetOrder, SCHEDULE } from '../testing/faults.ts';
import { anEnvironment } from '../testing/places.ts';
import { refusalsIn } from '../testing/planting.ts';
import { POLICIES, RULES } from './policies.ts';
import { uphold } from './policy.ts';

/** Keeps its data, has a domain, and a bucket of its own. */
function aStore(): App {
  const { door } = anEnvironment('staging');
  const app = Testing.app();
  addEnvironment(app, anEnvironment('staging', { door: { ...door, accessLogDays: 30 } }));
  return app;
}

let refusals: readonly string[];
beforeAll(() => {
  const app = aStore();
  for (const [, , plant] of FAULTS) plant(app);
  // Without the waivers, which are the owner's.
  refusals = refusalsIn(app, [uphold(RULES)]);
});

test('without a fault nothing is refused', () => {
  expect(refusalsIn(aStore(), POLICIES)).toEqual([]);
});

test('a fault ends the synthesis', () => {
  const app = aStore();
  forgetOrder(app);

  expect(() => {
    app.synth();
  }).toThrow(`[${SCHEDULE}] aws_scheduler_schedule would be left without`);
});

test.each(FAULTS)('%s: %s', (rule, path, _, whatToDo) => {
  const said = refusals.filter(
    (line) => line.startsWith(`${path}: `) && line.endsWith(`(policy ${rule})`),
  );

  expect(said.join('\n')).toContain(whatToDo);
});

test('every rule has its fault', () => {
  const planted = new Set(FAULTS.map(([rule]) => rule));

  expect(RULES.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
});
