/** Whoever pays for things or looks for them finds all of them by the same tags. */
import { isBlock, valuesAt } from './attributes.ts';
import type { Attributes } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';

const TAGS = ['Project', 'Environment', 'Stack', 'Owner', 'CostCenter', 'Repository'];

export const tagged: Rule = {
  name: 'tagged',
  check(stack, refuse) {
    const providers = stack.providers['aws'] ?? [];
    if (providers.length === 0) refuse(stack, 'no AWS provider that tags: extend StoreStack');
    for (const provider of providers) {
      const missing = TAGS.filter((tag) => !isTagged(provider, tag));
      if (missing.length === 0) continue;
      refuse(stack, `provider ${nameOf(provider)}: add ${missing.join(', ')} to its defaultTags`);
    }

    const names = new Set<unknown>(providers.map(nameOf));
    for (const resource of stack.resources) {
      const { type, attributes } = resource;
      if (type.startsWith('aws_') && !names.has(attributes['provider'] ?? 'aws')) {
        refuse(
          resource,
          `${type} uses a provider of another stack: name one of its own, which tags`,
        );
      }
      const changed = changedTags(attributes);
      if (changed.length > 0) {
        refuse(resource, `${type} changes ${changed.join(', ')}: leave that to the defaultTags`);
      }
    }
  },
};

function isTagged(provider: Attributes, tag: string): boolean {
  const values = valuesAt(provider, `default_tags.tags.${tag}`);
  return values.some((value) => typeof value === 'string' && value.trim() !== '');
}

/** A resource's own tag wins over the provider's, and the bill has one thing less on it. */
function changedTags({ tags }: Attributes): string[] {
  return isBlock(tags) ? TAGS.filter((tag) => tag in tags) : [];
}

/** As resources write it: `aws`, or `aws.us_east_1` of one with an alias. */
function nameOf({ alias }: Attributes): string {
  return typeof alias === 'string' ? `aws.${alias}` : 'aws';
}
