import type { RankName } from '../review/ranks.ts';
import { relabel } from './rank-labels.ts';
import { type LoopbackGitHub, loopbackGitHub } from './testing/loopback-github.ts';

let hub: LoopbackGitHub;

beforeEach(async () => {
  hub = await loopbackGitHub();
});

afterEach(() => hub.stop());

const label = (...ranks: readonly RankName[]) =>
  relabel(hub.github, {
    environment: 'dev',
    pullRequest: 1,
    findings: ranks.map((rank) => ({ rank })),
  });

test('ranks that need an approval are labels, each once', async () => {
  await label('data-loss', 'data-loss', 'exposure', 'cosmetic', 'money');

  expect(hub.labels).toEqual(['plan:data-loss dev', 'plan:exposure dev']);
});

test('what holds no more is taken away; labels of people and of other environments stay', async () => {
  hub.labels.push(
    'bug',
    'plan:data-loss prod',
    'plan:ours',
    'plan:data-loss dev',
    'plan:power dev',
  );

  const changed = await label('power', 'downtime');

  expect(changed).toEqual({ added: ['plan:downtime dev'], removed: ['plan:data-loss dev'] });
  expect(hub.labels.toSorted()).toEqual([
    'bug',
    'plan:data-loss prod',
    'plan:downtime dev',
    'plan:ours',
    'plan:power dev',
  ]);
});

test('the same once more changes nothing', async () => {
  await label('secrets');
  await label('secrets');

  expect(hub.changes()).toHaveLength(1);
});
