/** What stands beside the workflows: what GitHub is told to do, by people and by files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readWorkflow } from './workflow.ts';

const GITHUB = join(import.meta.dirname, '../../.github');

test('the checks that docs/pipelines.md wants for main are those which there are', () => {
  const guide = readFileSync(join(GITHUB, '../docs/pipelines.md'), 'utf8');
  const jobs = ['check', 'rehearse'].flatMap((name) =>
    Object.entries(readWorkflow(readFileSync(join(GITHUB, `workflows/${name}.yml`), 'utf8')).jobs),
  );
  const names = jobs.flatMap(([id, { name = id }]) => (id === 'tell' ? [] : [`\`${name}\``]));

  expect(names).toHaveLength(4);
  expect(guide).toContain(`the checks ${names.join(', ')}`);
});

test('dependabot looks after actions and packages, and waits a week', () => {
  const { updates } = parse(readFileSync(join(GITHUB, 'dependabot.yml'), 'utf8')) as {
    updates: { 'package-ecosystem': string; cooldown: object }[];
  };

  expect(updates.map((one) => one['package-ecosystem'])).toEqual(['github-actions', 'npm']);
  for (const { cooldown } of updates) expect(cooldown).toEqual({ 'default-days': 7 });
});
