/** Which jobs of a deployment run, as GitHub decides it from `needs` and `if`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { type Job, readWorkflow } from './workflow.ts';

const FILE = join(import.meta.dirname, '../../.github/workflows/deploy.yml');
const { jobs } = readWorkflow(readFileSync(FILE, 'utf8'));

type Result = 'success' | 'failure' | 'cancelled' | 'skipped';

interface Run {
  /** What the first job says of the table. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** How jobs end that run, unless well. */
  readonly ends?: Readonly<Record<string, Result>>;
}

const ALL = {
  first: '{"name":"dev"}',
  middle: '{"name":"staging"}',
  production: '{"name":"prod"}',
};

/** @returns the names of the jobs that run, in their order */
function runs({ outputs = ALL, ends = {} }: Run): string[] {
  const results: Record<string, Result> = {};
  for (const [name, job] of Object.entries(jobs)) {
    results[name] = isToRun(job, results, outputs) ? (ends[name] ?? 'success') : 'skipped';
  }
  return Object.keys(jobs).filter((name) => results[name] !== 'skipped');
}

function isToRun(job: Job, results: Readonly<Record<string, Result>>, table: object): boolean {
  const ancestors = ancestorsOf(job).map((name) => results[name]);
  const isWell = ancestors.every((result) => result === 'success');
  const condition = (job.if ?? 'true').replace(/^\$\{\{(.*)\}\}$/s, '$1');
  // Without a function about how others ended, GitHub puts success() before it.
  const said = /\b(cancelled|failure|always|success)\(\)/.test(condition);
  const needs = Object.fromEntries(
    needsOf(job).map((name) => [
      name,
      {
        result: results[name],
        outputs: name === 'table' && results[name] === 'success' ? table : {},
      },
    ]),
  );
  // A job that lost its place in the queue is cancelled, and its run is not.
  const functions = { cancelled: () => false, needs };
  return (said || isWell) && runInNewContext(condition, functions) === true;
}

function needsOf({ needs = [] }: Job): string[] {
  return [needs].flat();
}

function ancestorsOf(job: Job): string[] {
  const parents = needsOf(job);
  return parents.concat(parents.flatMap((name) => (jobs[name] ? ancestorsOf(jobs[name]) : [])));
}

test('a commit goes through all environments', () => {
  expect(runs({})).toEqual(['table', 'first', 'middle', 'plan', 'production']);
});

test.each(['failure', 'cancelled'] as const)('a %s anywhere is the end of the way', (how) => {
  expect(runs({ ends: { table: how } })).toEqual(['table']);
  expect(runs({ ends: { first: how } })).toEqual(['table', 'first']);
  expect(runs({ ends: { middle: how } })).toEqual(['table', 'first', 'middle']);
  expect(runs({ ends: { plan: how } })).toEqual(['table', 'first', 'middle', 'plan']);
});

test('without an environment in the middle production follows the first one', () => {
  const outputs = { ...ALL, middle: '{}' };

  expect(runs({ outputs })).toEqual(['table', 'first', 'plan', 'production']);
  expect(runs({ outputs, ends: { first: 'failure' } })).toEqual(['table', 'first']);
});

test('without production nothing is planned for it', () => {
  expect(runs({ outputs: { ...ALL, production: '{}' } })).toEqual(['table', 'first', 'middle']);
});

test('where no environment is set up all is skipped', () => {
  expect(runs({ outputs: { first: '{}', middle: '{}', production: '{}' } })).toEqual(['table']);
});
