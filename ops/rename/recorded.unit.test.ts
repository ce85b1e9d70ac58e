import { aProgram, recordsOf } from '../../stacks/addresses/testing/a-program.ts';
import { refuseRecorded } from './recorded.ts';

test('a project gets a new name only while nothing is recorded to exist', () => {
  const records = recordsOf(aProgram({ database: { key: 'aws_kms_key' } }));

  expect(() => refuseRecorded(records, 'old-shop')).toThrow(
    /dev-database\. The names of everything in AWS begin with old-shop.*npm run destroy/,
  );
  expect(() => refuseRecorded(new Map(), 'old-shop')).not.toThrow();
});
