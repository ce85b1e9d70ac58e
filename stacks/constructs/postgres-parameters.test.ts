import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group/index.js';
import { Testing } from 'cdktf';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf, type Synthesised } from '../testing/synthesise.ts';
import { PostgresParameters } from './postgres-parameters.ts';

const synthesised = Testing.synthScope(
  (scope) => new PostgresParameters(scope, 'parameters', anEnvironment()),
);

function parameter(name: string): unknown {
  const [group] = resourcesOf(JSON.parse(synthesised) as Synthesised, 'aws_db_parameter_group');
  const parameters = group?.['parameter'] as { readonly name: string }[];
  return parameters.find((one) => one.name === name);
}

test('nobody connects without TLS', () => {
  expect(parameter('rds.force_ssl')).toMatchObject({ value: '1' });
});

test('a statement of half a second is logged, and so is a wait for a lock', () => {
  expect(parameter('log_min_duration_statement')).toMatchObject({ value: '500' });
  expect(parameter('log_lock_waits')).toMatchObject({ value: '1' });
});

test('what a statement was given is never logged', () => {
  expect(parameter('log_parameter_max_length')).toMatchObject({ value: '0' });
});

test('statements are counted', () => {
  expect(parameter('shared_preload_libraries')).toMatchObject({ value: 'pg_stat_statements' });
});

test.each(['rds.force_ssl', 'shared_preload_libraries'])(
  '%s, a default of RDS, is no change in each plan',
  (name) => {
    expect(parameter(name)).toMatchObject({ apply_method: 'pending-reboot' });
  },
);

test('a group of another version comes before the old one goes, under another name', () => {
  expect(synthesised).toHaveResourceWithProperties(DbParameterGroup, {
    family: 'postgres17',
    name_prefix: 'fargate-store-dev-',
    lifecycle: { create_before_destroy: true },
  });
});
