import { refuseOlder } from './older.ts';

/** Oldest first. */
const HISTORY = ['one', 'two', 'three'];

const contains = async (descendant: string, commit: string) =>
  HISTORY.includes(commit) && HISTORY.indexOf(commit) <= HISTORY.indexOf(descendant);

/** @param served newest first */
const release = (commit: string, ...served: readonly string[]) => {
  const records = served.map((one) => ({ outcome: 'succeeded', commit: one }) as const);
  return refuseOlder({ environment: 'prod', records, commit }, contains);
};

test('a run that is approved late does not replace what is newer', async () => {
  await expect(release('one', 'two', 'one')).rejects.toThrow(
    'prod serves two, which is newer than one: nothing is released',
  );
  await expect(release('one', 'two-dirty')).rejects.toThrow('which is newer');
});

test.each([
  ['nothing yet', 'one', []],
  ['the same, for a job that runs once more', 'two', ['two', 'one']],
  ['an older one', 'three', ['two', 'one']],
  ['an older one after a rollback', 'two', ['one', 'two']],
  ['a branch that is not here', 'two', ['elsewhere']],
])('where %s serves, a commit is released', async (_, commit, served) => {
  expect(await release(commit, ...served)).toBe(served[0]);
});

test('a release that failed does not count', async () => {
  const records = [
    { outcome: 'failed', commit: 'three' },
    { outcome: 'succeeded', commit: 'one' },
  ] as const;

  expect(await refuseOlder({ environment: 'prod', records, commit: 'two' }, contains)).toBe('one');
});
