import { keepUnread } from './adoption.ts';

test('where a last snapshot is made of the first database, one is made of the second', () => {
  const known = {
    identifier: 'store-prod',
    skip_final_snapshot: false,
    final_snapshot_identifier: 'store-prod-final',
    delete_automated_backups: false,
    engine_version: '17',
  };
  // As the provider fills it in for an import.
  const imported = {
    identifier: 'store-prod-202611211830',
    skip_final_snapshot: true,
    final_snapshot_identifier: null,
    delete_automated_backups: true,
    engine_version: '17.6',
  };

  keepUnread(known, imported);

  expect(imported).toMatchObject({ ...known, identifier: 'store-prod-202611211830' });
});
