import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import type { Emulator } from '../emulator.ts';
import { type Both, clientSettings, startBoth } from '../testing/both.ts';

let both: Both;

beforeAll(async () => {
  both = await startBoth();
});

afterAll(() => both.stop());

/** The call's id as given, where a client would make one for each call. */
async function create(emulator: Emulator, repositoryName: string, call: string): Promise<string> {
  const client = new ECRClient(clientSettings(emulator));
  client.middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      headers['amz-sdk-invocation-id'] = call;
      return next(args);
    },
    // After the client has put its own there.
    { step: 'deserialize', priority: 'low' },
  );
  try {
    const { repository } = await client.send(new CreateRepositoryCommand({ repositoryName }));
    return repository?.repositoryName ?? '';
  } catch (error) {
    return (error as Error).name;
  }
}

test('a second attempt of the same call gets the answer of the first', async () => {
  await create(both.filled, 'store', 'call-1');
  await create(both.plain, 'store', 'call-1');

  expect(await create(both.filled, 'store', 'call-1')).toBe('store');
  expect(await create(both.plain, 'store', 'call-1')).toBe('RepositoryAlreadyExistsException');
});

test('another call for the same thing is refused', async () => {
  await create(both.filled, 'shop', 'call-2');

  expect(await create(both.filled, 'shop', 'call-3')).toBe('RepositoryAlreadyExistsException');
});
