import { schemaVersion } from '../../service/database/schema.ts';
import { moreMigrations } from '../../service/testing/more-migrations.ts';
import type { ReleaseRecord } from '../running/records.ts';
import { earlierRelease } from './earlier-release.ts';

const record = (day: number, digest: string, schema: ReleaseRecord['schema']) =>
  ({
    kind: 'release',
    outcome: 'succeeded',
    digest,
    begun: `2026-11-0${day}T00:00:00.000Z`,
    ended: `2026-11-0${day}T00:05:00.000Z`,
    ...(schema && { schema }),
  }) as ReleaseRecord;

test('what --contract has migrated, no rollback crosses', async () => {
  const store = await moreMigrations();
  const before = await schemaVersion(store.owner);
  await store.migrate({ '9001_drop': 'ALTER TABLE products DROP COLUMN image_url;' }, true);
  // The build that knows this migration would say so of itself.
  const after = { ...(await schemaVersion(store.owner)), build: 9001 };
  await store.close();

  const records = [record(2, 'sha256:new', after), record(1, 'sha256:old', before)];
  const goBack = () => earlierRelease(records, 'sha256:new');

  expect(goBack).toThrow(/the schema needs build 9001 or newer, and that image is build \d+/);
});
