/** AWS renews each key once a year. What was encrypted before stays readable. */
import { isTrue } from './attributes.ts';
import type { Attributes } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';

export const renewedKeys: Rule = {
  name: 'renewed-keys',
  check(stack, refuse) {
    for (const resource of stack.resources) {
      const { type, attributes } = resource;
      if (type !== 'aws_kms_key' || !isRenewable(attributes)) continue;
      if (isTrue(attributes['enable_key_rotation'])) continue;
      refuse(resource, `${type} is never renewed: set enableKeyRotation: true`);
    }
  },
};

/** KMS renews neither pairs of keys, nor those for signatures, nor what others made. */
function isRenewable({ key_usage: usage, customer_master_key_spec: spec }: Attributes): boolean {
  return (usage ?? 'ENCRYPT_DECRYPT') === 'ENCRYPT_DECRYPT' && (spec ?? SYMMETRIC) === SYMMETRIC;
}

const SYMMETRIC = 'SYMMETRIC_DEFAULT';
