import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Emulator } from '../emulator.ts';
import { type Both, clientSettings, startBoth } from '../testing/both.ts';
import { outcome, settingsOf } from '../testing/people.ts';

let both: Both;

beforeAll(async () => {
  both = await startBoth(true);
});

afterAll(() => both.stop());

/** Whoever may only make files makes one, and one that would replace whatever is there. */
async function writes(emulator: Emulator) {
  const Condition = { Null: { 's3:if-none-match': 'false' } };
  const s3 = new S3Client(await settingsOf(emulator, { Action: 's3:PutObject', Condition }));
  await new S3Client(clientSettings(emulator)).send(new CreateBucketCommand({ Bucket: 'plans' }));
  const write = (IfNoneMatch?: string) =>
    outcome(
      s3.send(
        new PutObjectCommand({
          Bucket: 'plans',
          Key: 'plan',
          Body: '',
          ...(IfNoneMatch !== undefined && { IfNoneMatch }),
        }),
      ),
    );
  return [await write('*'), await write()];
}

test('S3 asks whether a write may replace what is there', async () => {
  expect(await writes(both.filled)).toEqual(['allowed', 'denied']);
  // Without our filler nobody may.
  expect(await writes(both.plain)).toEqual(['denied', 'denied']);
});
