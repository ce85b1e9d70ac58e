/** The commands about waivers, as somebody calls them. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

test.each(['waivers', 'checkov'])('%s takes nothing that it would not heed', (command) => {
  const script = join(import.meta.dirname, `../${command}.ts`);

  const { status, stderr } = spawnSync(process.execPath, [script, 'dev'], { encoding: 'utf8' });

  expect(status).toBe(64);
  expect(stderr).toContain(`${command}: it takes no dev`);
});
