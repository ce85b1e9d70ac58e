/** What a provider is asked to do besides: an action, which no resource has and no state keeps. */
import { Refusal } from '../deployment/refusal.ts';
import { isObject, withoutHidden } from './hidden.ts';
import { withUnknown } from './unknown.ts';

export interface Invocation {
  readonly stack: string;
  /** `action.aws_lambda_invoke.warm` */
  readonly address: string;
  readonly type: string;
  /** What it is told, less what is sensitive. */
  readonly config: unknown;
  /** The resource whose change sets it off. */
  readonly trigger?: string;
}

/** @throws Refusal when the list is not Terraform's */
export function invocationsIn(
  list: unknown,
  { stack, file }: { readonly stack: string; readonly file: string },
): Invocation[] {
  if (list === undefined) return [];
  if (!Array.isArray(list)) throw strange(file);
  return list.map((entry: unknown) => {
    if (!isObject(entry)) throw strange(file);
    const { address, type, config_values: values, config_sensitive: marks } = entry;
    if (typeof address !== 'string' || typeof type !== 'string') throw strange(file);
    const { after } = withoutHidden(
      { before: undefined, after: values },
      {
        before: undefined,
        after: marks,
      },
    );
    const config = withUnknown(after, entry['config_unknown']);
    const set = entry['lifecycle_action_trigger'];
    const trigger = isObject(set) ? set['triggering_resource_address'] : undefined;
    return { stack, address, type, config, ...(typeof trigger === 'string' && { trigger }) };
  });
}

function strange(file: string): Refusal {
  return new Refusal(`${file} lists actions in another form than Terraform's`);
}
