import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { connected } from '../../service/testing/template-database.ts';
import { startPostgres } from './postgres.ts';

test('what a killed process left running is taken away by the next', async () => {
  const module = join(import.meta.dirname, 'postgres.ts');
  const program = `
    const { startPostgres } = await import(${JSON.stringify(module)});
    process.stdout.write((await startPostgres()).url);
    setInterval(() => undefined, 1000);`;
  const first = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(first.stdout, 'data')) as [Buffer];
  first.kill('SIGKILL');
  await once(first, 'exit');

  const second = await startPostgres();

  const ask = () => connected(url.toString(), (client) => client.query('SELECT 1'));
  await expect(ask()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await second.close();
});
