import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MIGRATIONS } from '../schema.ts';

/** KiB: a quarter of what the task of a migration has; Node's client and the SDK are in it too. */
const LIMIT = 128 * 1024;

/** A store of many years has so many times the migrations that there are. V8 counts calls. */
const TIMES = 40;

/** KiB. On Linux `maxRSS` begins at what the parent had, which here is a worker of Jest. */
const PEAK =
  process.platform === 'linux'
    ? String.raw`/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]`
    : 'process.resourceUsage().maxRSS';

test('the parser fits into the task of a migration, however many there are', () => {
  const files = readdirSync(MIGRATIONS).filter((file) => file.endsWith('.sql'));
  const texts = files.map((file) => readFileSync(join(MIGRATIONS, file), 'utf8'));
  const script = `
    import { readFileSync } from 'node:fs';
    import { parse } from ${JSON.stringify(join(import.meta.dirname, 'parse.ts'))};
    for (let time = 0; time < ${TIMES}; time += 1) {
      for (const text of ${JSON.stringify(texts)}) await parse(text);
    }
    console.log(${PEAK});`;

  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });

  expect(Number(stdout)).toBeGreaterThan(0);
  expect(Number(stdout)).toBeLessThan(LIMIT);
});
