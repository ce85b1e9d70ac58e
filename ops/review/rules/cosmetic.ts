/** Changes that only people read. */
import { isDeepStrictEqual } from 'node:util';
import type { PlannedChange } from '../change.ts';
import type { Rule } from '../rule.ts';

const FOR_PEOPLE = new Set([
  'alarm_description',
  'comment',
  'comments',
  'description',
  'tags',
  'tags_all',
]);

const onlyWords: Rule = {
  id: 'only-words',
  rank: 'cosmetic',
  types: 'every',
  judge(change) {
    // One that forces a replacement is none.
    if (change.action !== 'update') return [];
    const names = differentOnes(change);
    if (names.length === 0 || !names.every((name) => FOR_PEOPLE.has(name))) return [];
    const shown = names.filter((name) => name !== 'tags_all' || !names.includes('tags'));
    const [first] = shown;
    return [
      {
        what: `gets other ${shown.join(' and ').replaceAll('_', ' ')}`,
        why: 'Only people read that, and reports of costs that go by tags.',
        ...(first !== undefined && { path: [first] }),
      },
    ];
  },
};

function differentOnes({ before, after, unknown }: PlannedChange): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknown)]);
  return [...names].filter(
    (name) => isUnknown(unknown[name]) || !isDeepStrictEqual(before[name], after[name]),
  );
}

/** At whatever depth. */
function isUnknown(marks: unknown): boolean {
  if (typeof marks !== 'object' || marks === null) return marks === true;
  return Object.values(marks).some(isUnknown);
}

export const COSMETIC: readonly Rule[] = [onlyWords];
