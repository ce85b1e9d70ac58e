/** What `terraform show -json` says of a saved plan: read, checked, and freed of what is sensitive. */
import { createHash } from 'node:crypto';
import { Refusal } from '../deployment/refusal.ts';
import type { Origin } from '../plan/plans-file.ts';
import type { PlannedChange } from './change.ts';
import { at, isObject } from './hidden.ts';
import { type Invocation, invocationsIn } from './invocation.ts';
import { jsonIn } from './json-in.ts';
import { type OutputChange, outputChange } from './output-change.ts';
import { type Move, movesOf, plannedChange, type RawChange, rawChanges } from './raw-change.ts';
import { type References, referencesIn } from './references.ts';
import { cut, oneLine } from './shown.ts';

export interface Plan {
  readonly stack: string;
  /** Of the document. */
  readonly sha256: string;
  /** Of the saved plan that it shows, where plans.json says so. */
  readonly saved?: string;
  /** Terraform's version. */
  readonly terraform: string;
  /** Stacks whose values are not real yet. */
  readonly provisional?: readonly string[];
  readonly changes: readonly PlannedChange[];
  /** What somebody else has changed or destroyed since Terraform looked last. */
  readonly drift: readonly PlannedChange[];
  readonly references: References;
  readonly moves: readonly Move[];
  readonly outputs: readonly OutputChange[];
  readonly invocations: readonly Invocation[];
  /** Whether nothing was left out, by -target or because it could not be planned yet. */
  readonly isWhole: boolean;
  /** By address without an index. */
  readonly origins: Readonly<Record<string, Origin>>;
}

const EXPECTED =
  'expected is what Terraform writes with `terraform show -json saved.tfplan > plan.json`';

/** A text of the plan that reads like one of ours would be taken for it. */
const LIKE_OURS = /\((?=known after apply\)|sensitive[,)])/g;

/** Newer minor versions only add to the format. */
const FORMAT = /^1\.\d+$/;

/** @param name of the file; without `.json` it is the stack's. @throws Refusal of one line */
export function readPlan(text: string, name: string): Plan {
  const document = planDocument(text, name);
  const stack = oneLine(name.replace(/^.*[\\/]/, '').replace(/\.json$/, ''));
  const raw = rawChanges(document['resource_changes'], name);
  const outputs = Object.entries((document['output_changes'] ?? {}) as Record<string, unknown>);
  return {
    stack,
    sha256: createHash('sha256').update(text).digest('hex'),
    terraform: versionIn(document),
    changes: changesIn(raw, stack, name),
    drift: changesIn(rawChanges(document['resource_drift'], name), stack, name),
    references: referencesIn(document['configuration']),
    moves: movesOf(raw, stack),
    outputs: outputs.flatMap(([output, change]) => outputChange(output, change, stack)),
    invocations: invocationsIn(document['action_invocations'], { stack, file: name }),
    isWhole: document['complete'] !== false && !isFull(document['deferred_changes']),
    origins: {},
  };
}

function changesIn(raw: readonly RawChange[], stack: string, name: string): PlannedChange[] {
  return raw.flatMap((change) => plannedChange(change, { stack, file: name }));
}

function planDocument(text: string, name: string): Record<string, unknown> {
  const refused = (what: string) => new Refusal(`${oneLine(name)} ${what}: ${EXPECTED}`);
  if (text.trim() === '') throw refused('is empty');
  if (text.startsWith('PK')) throw refused('is the saved plan itself');
  const document = parsed(text);
  if (!isObject(document)) throw refused(`is no ${whatItIsNot(text)}`);
  if ('planned_values' in document || 'resource_changes' in document) {
    const isCutShort =
      document['resource_changes'] === undefined && hasResources(document['planned_values']);
    if (isCutShort) throw refused('says what will be there, but not what changes');
    return checked(document, name);
  }
  const isState = 'values' in document || 'lineage' in document;
  throw refused(isState ? 'is a state, not a plan' : 'is no plan of Terraform');
}

function checked(document: Record<string, unknown>, name: string): Record<string, unknown> {
  const { format_version: format, errored } = document;
  if (typeof format !== 'string' || !FORMAT.test(format)) {
    const found = typeof format === 'string' ? JSON.stringify(cut(format, 20)) : 'unknown';
    throw new Refusal(`${name} is a plan of format ${found}, and 1.x is read here: ${EXPECTED}`);
  }
  if (errored === true) {
    throw new Refusal(
      `${name} is a plan that ended with an error, so it does not say all: repair what \`terraform plan\` says, then plan again`,
    );
  }
  return document;
}

function versionIn({ terraform_version: version }: Record<string, unknown>): string {
  return typeof version === 'string' ? cut(oneLine(version), 40) : 'unknown';
}

function isFull(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}

/** Terraform lists each of them among the changes, also where nothing is done. */
function hasResources(planned: unknown): boolean {
  const root = at(planned, ['root_module']);
  return isFull(at(root, ['resources'])) || isFull(at(root, ['child_modules']));
}

function parsed(text: string): unknown {
  return jsonIn(text.replace(/^\uFEFF/, '').replaceAll(LIKE_OURS, '(so-called '));
}

function whatItIsNot(text: string): string {
  return text.startsWith('{"@level"')
    ? 'plan but the log of `terraform plan -json`'
    : 'JSON object';
}
