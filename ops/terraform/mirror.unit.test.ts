import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockedProviders } from './locked-providers.ts';
import { holds, usualMirrors } from './mirror.ts';

const aws = { source: 'registry.terraform.io/hashicorp/aws', version: '5.100.0' };
const PLATFORM = 'linux_arm64';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mirror-'));
});
afterEach(() => rmSync(home, { recursive: true }));

test('the providers are those of the lock file', () => {
  expect(lockedProviders()).toEqual([aws]);
});

test('a mirror may hold providers unpacked', () => {
  mkdirSync(join(home, aws.source, aws.version, PLATFORM), { recursive: true });

  expect(holds(home, [aws], PLATFORM)).toBe(true);
});

test('a mirror may hold providers as they were published', () => {
  mkdirSync(join(home, aws.source), { recursive: true });
  writeFileSync(join(home, aws.source, `terraform-provider-aws_5.100.0_${PLATFORM}.zip`), '');

  expect(holds(home, [aws], PLATFORM)).toBe(true);
});

test('another platform, another version or one provider of two is no mirror', () => {
  mkdirSync(join(home, aws.source, aws.version, PLATFORM), { recursive: true });

  expect(holds(home, [aws], 'darwin_arm64')).toBe(false);
  expect(holds(home, [{ ...aws, version: '5.100.1' }], PLATFORM)).toBe(false);
  expect(holds(home, [aws, { ...aws, source: 'x/y/z' }], PLATFORM)).toBe(false);
});

test('a mirror is looked for below ~/.terraform.d, whatever it is called', () => {
  const mirror = join(home, '.terraform.d/our-mirror');
  mkdirSync(mirror, { recursive: true });

  expect(usualMirrors(home)).toContain(mirror);
});
