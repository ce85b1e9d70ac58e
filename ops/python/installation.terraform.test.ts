import { join } from 'node:path';
import { NotInstalled, pythonWith } from './installation.ts';

const packages = {
  title: 'the snake',
  folder: 'test-snake',
  requirements: join(import.meta.dirname, '../checkov/requirements.txt'),
} as const;

test('a Python that is too old is named, with what it is needed for', async () => {
  const installing = pythonWith({ ...packages, atLeast: [4, 1] });

  await expect(installing).rejects.toThrow(NotInstalled);
  await expect(installing).rejects.toThrow(
    'python3 is too old: 4.1 or newer is needed for the snake',
  );
});
