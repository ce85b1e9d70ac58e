import { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js';
import { Testing } from 'cdktf';
import { anEnvironment } from '../testing/places.ts';
import { EncryptionKey } from './encryption-key.ts';

function key(dataMayBeLost: boolean, preventDestroy?: boolean): string {
  const place = anEnvironment('dev', { dataMayBeLost });
  const props = { place, name: 'data', description: 'Data' };
  return Testing.synthScope(
    (scope) =>
      new EncryptionKey(scope, 'key', {
        ...props,
        ...(preventDestroy !== undefined && { preventDestroy }),
      }),
  );
}

test('where data may not be lost the key stays, and its deletion can be taken back for a month', () => {
  expect(key(false)).toHaveResourceWithProperties(KmsKey, {
    enable_key_rotation: true,
    deletion_window_in_days: 30,
    lifecycle: { prevent_destroy: true },
  });
});

test('where data may be lost it goes, unless somebody says otherwise', () => {
  expect(key(true)).not.toContain('prevent_destroy');
  expect(key(true)).toHaveResourceWithProperties(KmsKey, { deletion_window_in_days: 7 });
  expect(key(true, true)).toContain('"prevent_destroy": true');
});
