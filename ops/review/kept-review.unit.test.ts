import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asJson } from './as-json.ts';
import { readKeptReview } from './kept-review.ts';
import { readPlan } from './plan-document.ts';
import { review } from './review.ts';
import { text } from './testing/engine/plans.ts';

const REVIEWED = review([readPlan(text('plans/pull-request'), 'dev-store.json')]);

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'kept-review-'))));
afterAll(() => rm(folder, { recursive: true }));

async function kept(content: string) {
  const file = join(folder, 'review.json');
  await writeFile(file, content);
  return readKeptReview(file);
}

test('what was kept is read as it was', async () => {
  expect(await kept(asJson(REVIEWED))).toEqual(REVIEWED);
});

test.each([
  ['nothing', ''],
  ['a plan', text('plans/pull-request')],
  ['another version', asJson(REVIEWED).replace('"version": 1', '"version": 2')],
  ['another rank', asJson(REVIEWED).replace('"rank": "data-loss"', '"rank": "harmless"')],
  ['a difference that is no JSON', asJson(REVIEWED).replace(/"after": "\{/, '"after": "')],
  ['null', 'null'],
])('%s is no review', async (_, content) => {
  await expect(kept(content)).rejects.toThrow(/is no review: npm run review/);
});

test('a file that is not there is no review', async () => {
  await expect(readKeptReview(join(folder, 'none.json'))).rejects.toThrow(/is no review/);
});
