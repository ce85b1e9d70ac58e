import { asText, valueOf } from './outputs.ts';

const OUTPUTS = {
  network: { cluster_name: 'store-dev', nat_addresses: ['192.0.2.1'] },
  migration: { log_group: '/store-dev/migration', migrate_command: 'aws ecs \\\n  run-task' },
  service: { cluster_name: 'store-dev', log_group: '/store-dev/service' },
  identity: null,
};

test('one output is its value and nothing else', () => {
  expect(valueOf(OUTPUTS, 'migrate_command')).toBe('aws ecs \\\n  run-task');
  expect(valueOf(OUTPUTS, 'nat_addresses')).toBe('["192.0.2.1"]');
});

test('where stacks disagree about a name, the stack must be said', () => {
  expect(valueOf(OUTPUTS, 'cluster_name')).toBe('store-dev');
  expect(valueOf(OUTPUTS, 'service.log_group')).toBe('/store-dev/service');
  expect(() => valueOf(OUTPUTS, 'log_group')).toThrow(
    "several stacks have an output 'log_group', choose one: migration.log_group, service.log_group",
  );
});

test('an unknown name is answered with the known ones', () => {
  expect(() => valueOf(OUTPUTS, 'url')).toThrow(/no output 'url', but network\.cluster_name, /);
  expect(() => valueOf({ network: null }, 'url')).toThrow('but none at all');
});

test('a stack that is not applied is said so, and long values stay below their name', () => {
  const text = asText(OUTPUTS);

  expect(text).toContain('identity: not applied yet');
  expect(text).toContain('  migrate_command  aws ecs \\\n                     run-task');
});
