import { add, refusalOf } from '../testing/refusal.ts';
import { renewedKeys } from './renewed-keys.ts';

function refusal(attributes: Readonly<Record<string, unknown>>): string {
  return refusalOf(renewedKeys, (stack) => add(stack, 'aws_kms_key', 'it', attributes));
}

test.each([{}, { enable_key_rotation: false }])(
  'refuses a key that is never renewed: %j',
  (key) => {
    expect(refusal(key)).toContain(
      '[stack/it] aws_kms_key is never renewed: set enableKeyRotation: true',
    );
  },
);

test.each([
  { enable_key_rotation: true },
  // AWS can renew neither.
  { key_usage: 'SIGN_VERIFY', customer_master_key_spec: 'ECC_NIST_P256' },
  { customer_master_key_spec: 'RSA_4096' },
])('keeps %j', (key) => {
  expect(refusal(key)).toBe('');
});
