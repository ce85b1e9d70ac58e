import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePlans } from './make-plans.ts';

/** Milliseconds; Terraform starts the provider a dozen times. */
const PATIENCE = 900_000;

const FOLDER = join(import.meta.dirname, 'plans');

test(
  'the plans that rules are tried on are as real Terraform makes them',
  async () => {
    const made = await makePlans();

    const committed = readdirSync(FOLDER).toSorted();
    expect(committed).toEqual([...made.keys()].toSorted());
    for (const [name, text] of made) expect(readFileSync(join(FOLDER, name), 'utf8')).toBe(text);
  },
  PATIENCE,
);
