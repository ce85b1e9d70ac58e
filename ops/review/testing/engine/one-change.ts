/** The document of a plan with just what a test is about. */
import { type Plan, readPlan } from '../../plan-document.ts';

interface Change {
  readonly address: string;
  readonly type?: string;
  readonly actions?: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly unknown?: unknown;
  /** Marks of what is sensitive, on both sides. */
  readonly sensitive?: unknown;
  readonly from?: string;
  readonly importing?: unknown;
}

function documentOf(changes: readonly Change[], besides: object = {}): string {
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.14.0',
    planned_values: {},
    resource_changes: changes.map(rawChange),
    ...besides,
  });
}

/** @param besides other members of the document, such as `output_changes` */
export function planOf(changes: readonly Change[], besides: object = {}): Plan {
  return readPlan(documentOf(changes, besides), 'dev-store.json');
}

function rawChange(change: Change): object {
  const { address, type = address.split('.')[0], actions = ['update'], from } = change;
  const { before = {}, after = {}, unknown = {}, sensitive = {}, importing } = change;
  return {
    address,
    ...(from !== undefined && { previous_address: from }),
    mode: 'managed',
    type,
    change: {
      actions,
      before,
      after,
      after_unknown: unknown,
      before_sensitive: sensitive,
      after_sensitive: sensitive,
      importing,
    },
  };
}
