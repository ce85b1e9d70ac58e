/** A review that was kept as JSON, for whoever goes on only with what people have seen. */
import { readFile } from 'node:fs/promises';
import { Refusal } from '../deployment/refusal.ts';
import { VERSION } from './as-json.ts';
import type { Finding } from './finding.ts';
import { isObject } from './hidden.ts';
import { jsonIn } from './json-in.ts';
import { RANKS } from './ranks.ts';
import type { Review } from './review.ts';

const NAMES: ReadonlySet<unknown> = new Set(RANKS.map(({ name }) => name));

/** @throws Refusal of one line when it is something else, or only a part of one */
export async function readKeptReview(file: string): Promise<Review> {
  const kept = jsonIn(await readFile(file, 'utf8').catch(() => ''));
  if (!isObject(kept) || kept['version'] !== VERSION || !isReview(kept)) {
    throw new Refusal(
      `${file} is no review: npm run review -- --format json <plan.json>... > ${file}`,
    );
  }
  return { plans: kept.plans, findings: kept.findings };
}

function isReview(kept: Record<string, unknown>): kept is Record<string, unknown> & Review {
  const { plans, findings } = kept;
  return (
    Array.isArray(plans) &&
    plans.every((plan) => isObject(plan) && typeof plan['stack'] === 'string') &&
    Array.isArray(findings) &&
    findings.every(isFinding)
  );
}

function isFinding(entry: unknown): entry is Finding {
  if (!isObject(entry) || !NAMES.has(entry['rank'])) return false;
  const { rule, stack, address, action, what, differences = [] } = entry;
  return (
    [rule, stack, address, action, what].every((text) => typeof text === 'string') &&
    Array.isArray(differences) &&
    differences.every(isDifference)
  );
}

function isDifference(entry: unknown): boolean {
  if (!isObject(entry) || typeof entry['attribute'] !== 'string') return false;
  return [entry['before'], entry['after']].every(
    (side) => side === undefined || (typeof side === 'string' && jsonIn(side) !== undefined),
  );
}
