/** What begins to delete by itself. */
import type { PlannedChange } from '../change.ts';
import type { Rule } from '../rule.ts';

const why = 'What its rules reach is deleted within a day or two, and nobody is asked.';

/** For a bucket that is there already. */
const objectsExpire: Rule = {
  id: 'objects-expire',
  rank: 'data-loss',
  types: new Set(['aws_s3_bucket_lifecycle_configuration']),
  judge({ action, after }, all) {
    if (action !== 'create' || !deletesObjects(after)) return [];
    if (isNew(after['bucket'], all, ['aws_s3_bucket', 'bucket'])) return [];
    return [{ what: 'begins to delete objects', why, path: ['rule'] }];
  },
};

/** Those of moving to a cheaper class, and of uploads that were given up, delete nothing. */
function deletesObjects(after: PlannedChange['after']): boolean {
  const rules = JSON.stringify(after['rule'] ?? [], (key, value: unknown) =>
    key.endsWith('transition') || key.startsWith('abort') ? [] : value,
  );
  return /"(?:days|noncurrent_days)":[1-9]/.test(rules);
}

/** For a repository that is there already. */
const imagesExpire: Rule = {
  id: 'images-expire',
  rank: 'data-loss',
  types: new Set(['aws_ecr_lifecycle_policy']),
  judge({ action, before, after }, all) {
    if (action === 'destroy' || before['policy'] === after['policy']) return [];
    if (isNew(after['repository'], all, ['aws_ecr_repository', 'name'])) return [];
    return [{ what: 'says anew which images are deleted', why, path: ['policy'] }];
  },
};

/** One without a name yet is made in the same plan. */
function isNew(
  name: unknown,
  all: readonly PlannedChange[],
  [type, argument]: readonly [string, string],
): boolean {
  if (name === undefined) return true;
  return all.some(
    (each) => each.type === type && each.action === 'create' && each.after[argument] === name,
  );
}

export const EXPIRY: readonly Rule[] = [objectsExpire, imagesExpire];
