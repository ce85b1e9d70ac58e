import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { startEmulator } from '../emulator.ts';
import { CALLS_FILE } from '../settings.ts';
import { ACCOUNT, clientSettings, REGION } from '../testing/both.ts';
import { outcome, settingsOf } from '../testing/people.ts';

test('what IAM is asked is written down with what it answers', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'calls-'));
  const place = { accountId: ACCOUNT, region: REGION };
  const emulator = await startEmulator({ ...place, authenticated: true, folder });
  const parameter = (name: string) => `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/${name}`;
  const own = await settingsOf(emulator, {
    Action: 'ssm:GetParameter',
    Resource: parameter('own'),
  });
  const get = (settings: object, Name: string) =>
    outcome(new SSMClient(settings).send(new GetParameterCommand({ Name })));

  await get(own, '/own');
  await get(own, '/other');
  await get(clientSettings(emulator), '/by-root');
  await emulator.stop();
  const lines = (await readFile(join(folder, CALLS_FILE), 'utf8')).trim().split('\n');
  await rm(folder, { recursive: true });

  const call = {
    time: expect.any(Number) as number,
    principal: expect.stringContaining(`arn:aws:iam::${ACCOUNT}:user/`) as string,
    action: 'ssm:GetParameter',
    context: { 'aws:requestedregion': REGION },
  };
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { ...call, resource: parameter('own'), allowed: true },
    { ...call, resource: parameter('other'), allowed: false },
  ]);
});
