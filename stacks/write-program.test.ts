import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GuardRailError } from './policies/guard-rail-error.ts';
import { anEnvironment } from './testing/places.ts';
import { writeProgram } from './write-program.ts';

let outdir: string;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'program-'));
});
afterEach(() => rmSync(outdir, { recursive: true }));

const KEY = 'aws_kms_key.former-key_0A1B2C3D';

test('nothing is written for Terraform that would destroy what is recorded', () => {
  const { accountId, region } = anEnvironment();
  const addresses = new Map([['former-key', KEY]]);
  const records = new Map([['dev-database', { accountId, region, addresses }]]);

  const write = () => writeProgram([anEnvironment()], { outdir, records });

  expect(write).toThrow(GuardRailError);
  expect(write).toThrow(/^dev-database: Terraform would destroy[^]*former-key[^]*moves\.ts/);
  expect(existsSync(join(outdir, 'stacks/dev-database'))).toBe(false);
});

test('without records everything may be written', () => {
  const { manifest } = writeProgram([anEnvironment()], { outdir });

  expect(Object.keys(manifest.stacks)).toContain('dev-database');
});

test('a waiver that ends too late is refused on the day of a change', () => {
  const write = () => writeProgram([anEnvironment()], { outdir, today: '2000-01-01' });

  // Thirteen months after that day all of them have more than a year to go.
  expect(write).toThrow("'expires' may be 13 months ahead at most, so no later than 2001-02-01");
});

test('the end of a waiver stops whoever changes the program, not who runs it', () => {
  const onTheDay = () => writeProgram([anEnvironment()], { outdir, today: '2099-01-01' });

  expect(onTheDay).toThrow(/the waiver of \S+ for \S+ ended on /);
  expect(() => writeProgram([anEnvironment()], { outdir })).not.toThrow();
});
