/** Which environments, which stacks; nothing is built here. Run: npm run synth, or npx cdktf synth. */
import { readRecords } from './stacks/addresses/records.ts';
import { loadEnvironments } from './stacks/environment-rules.ts';
import { environments } from './stacks/environments.ts';
import { GuardRailError } from './stacks/policies/guard-rail-error.ts';
import { SettingsError } from './stacks/settings-error.ts';
import { writeProgram } from './stacks/write-program.ts';

try {
  const loaded = loadEnvironments(environments, process.env['STORE_STATE_BUCKET']);
  const today = new Date().toISOString().slice(0, 10);
  const { manifest, outdir } = writeProgram(loaded, { today, records: readRecords() });
  console.log(`${Object.keys(manifest.stacks).length} stacks in ${outdir}/stacks`);
} catch (error) {
  // What is wrong is said in full; where this program noticed it helps nobody.
  if (!(error instanceof SettingsError || error instanceof GuardRailError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
