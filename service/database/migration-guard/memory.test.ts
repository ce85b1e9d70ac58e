import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MIGRATIONS } from '../schema.ts';

/** KiB: half of what the task of a migration has, which also holds Node's client and the SDK. */
const LIMIT = 256 * 1024;

test('the parser fits into the task of a migration', () => {
  const files = readdirSync(MIGRATIONS).filter((file) => file.endsWith('.sql'));
  const script = `
    import { readFileSync } from 'node:fs';
    import { parse } from ${JSON.stringify(join(import.meta.dirname, 'parse.ts'))};
    for (const file of ${JSON.stringify(files)}) {
      await parse(readFileSync(${JSON.stringify(MIGRATIONS)} + '/' + file, 'utf8'));
    }
    console.log(process.resourceUsage().maxRSS);`;

  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });

  expect(Number(stdout)).toBeGreaterThan(0);
  expect(Number(stdout)).toBeLessThan(LIMIT);
});
