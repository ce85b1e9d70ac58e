/** What every step keeps to: whose code it runs, and that a person could type it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import project from '../../package.json' with { type: 'json' };
import { PINNED_ACTIONS } from './pinned-actions.ts';
import type { Step } from './workflow.ts';

const ROOT = join(import.meta.dirname, '../..');
const SCRIPTS: Readonly<Record<string, string>> = project.scripts;

/** @param text of its file, for the versions that stand in comments */
export function* ofStep(step: Step, text: string): Generator<string> {
  const { uses, run, shell, with: given = {} } = step;
  if (uses !== undefined) {
    yield* ofAction(uses, text);
    yield* ofSettings(uses.split('@')[0] ?? '', given);
  }
  if (shell !== undefined && shell !== 'bash') yield `shell: bash, and not ${shell}`;
  if (step['continue-on-error'] !== undefined) yield 'continue-on-error hides what went wrong';
  if (run !== undefined) yield* ofCommand(run.trim());
}

/** What an action does otherwise by default than is good here. */
const SETTINGS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'actions/checkout': { 'persist-credentials': false },
  'actions/setup-node': { 'package-manager-cache': false },
  // Otherwise a job that runs once more fails over what it left before.
  'actions/upload-artifact': { overwrite: true },
};

function* ofSettings(action: string, given: Readonly<Record<string, unknown>>): Generator<string> {
  const name = action.slice(action.indexOf('/') + 1);
  for (const [setting, value] of Object.entries(SETTINGS[action] ?? {})) {
    if (given[setting] !== value) yield `${name}: ${setting}: ${String(value)}`;
  }
  if (given['cache'] !== undefined) yield `${name}: a cache could be anybody's`;
  if (action === 'actions/checkout' && given['ref'] !== undefined) {
    yield 'checkout takes the commit of the run, no other ref';
  }
}

function* ofAction(uses: string, text: string): Generator<string> {
  if (uses.startsWith('./')) {
    if (!existsSync(join(ROOT, uses, 'action.yml'))) yield `there is no ${uses}`;
    return;
  }
  const [name = '', commit] = uses.split('@');
  const pinned = PINNED_ACTIONS[name];
  if (pinned === undefined || pinned.commit !== commit) {
    yield `${uses} is no commit of ops/lint-workflows/pinned-actions.ts`;
    return;
  }
  const lines = text.split('\n').filter((line) => line.includes(uses));
  if (!lines.every((line) => line.endsWith(`${uses} # ${pinned.version}`))) {
    yield `${name} wants its version behind it: # ${pinned.version}`;
  }
}

function* ofCommand(run: string): Generator<string> {
  if (run.includes('${{')) {
    yield `run has an expression, which becomes code: give it in env: ${run}`;
  }
  if (/[\n;&|<>`]|\$\(/.test(run)) yield `run is more than one command of the project: ${run}`;
  const missing = whatIsMissing(run);
  if (missing !== undefined) yield missing;
}

function whatIsMissing(run: string): string | undefined {
  const script = /^npm (?:run )?([\w:-]+)/.exec(run)?.[1];
  if (run === 'npm ci' || /^docker (build|compose) /.test(run)) return undefined;
  if (script !== undefined && /^npm (run|test)/.test(run)) {
    return SCRIPTS[script] === undefined ? `package.json has no ${script}` : undefined;
  }
  const file = /^node (ops\/[\w/-]+\.ts)/.exec(run)?.[1];
  if (file === undefined) return `it is no command of the project: ${run}`;
  return existsSync(join(ROOT, file)) ? undefined : `there is no ${file}`;
}
