import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret/index.js';
import { Testing } from 'cdktf';
import { anEnvironment } from '../testing/places.ts';
import type { Synthesised } from '../testing/synthesise.ts';
import { ApplicationSecret } from './application-secret.ts';

const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/1';

function secret(name: 'dev' | 'prod'): string {
  const place = anEnvironment(name);
  return Testing.synthScope((scope) => new ApplicationSecret(scope, 'x', { place, keyArn: KEY }));
}

test('it is made empty: no value of it is anywhere', () => {
  const { resource } = JSON.parse(secret('prod')) as Synthesised;

  expect(Object.keys(resource)).toEqual(['aws_secretsmanager_secret']);
});

test('it is encrypted with the given key, and a deletion can be taken back for a month', () => {
  expect(secret('prod')).toHaveResourceWithProperties(SecretsmanagerSecret, {
    name: 'fargate-store-prod-application-login',
    kms_key_id: KEY,
    recovery_window_in_days: 30,
  });
});

test('where data may be lost its name is free again at once', () => {
  expect(secret('dev')).toHaveResourceWithProperties(SecretsmanagerSecret, {
    recovery_window_in_days: 0,
  });
});
