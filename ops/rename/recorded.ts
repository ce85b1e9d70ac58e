/** A new name is for a project of which nothing exists yet. */
import type { Records } from '../../stacks/addresses/records.ts';

/** @throws Error that says what would become of what is recorded, and the way out */
export function refuseRecorded(records: Records, project: string): void {
  if (records.size === 0) return;
  const [first, ...others] = records.keys();
  const names = others.length === 0 ? first : `${first} and ${others.length} more`;
  throw new Error(
    `nothing is changed, as stacks/addresses says that this exists: ${names}. The names of everything in AWS begin with ${project}, the state bucket's too: under another name all would be built anew, empty, and what exists would go on existing, with no code. Keep the name. If nothing of it is worth keeping: npm run destroy of each environment and account, delete stacks/addresses/*.json, and run this again`,
  );
}
