/** Which environments, which stacks; nothing is built here. Run: npm run synth, or npx cdktf synth. */
import { App } from 'cdktf';
import { loadEnvironments } from './stacks/environment-rules.ts';
import { environments } from './stacks/environments.ts';
import { placeLockFiles } from './stacks/lock-file.ts';
import { SettingsError } from './stacks/settings-error.ts';
import { addStore } from './stacks/store.ts';

try {
  const loaded = loadEnvironments(environments, process.env['STORE_STATE_BUCKET']);
  const app = new App();
  addStore(app, loaded);
  app.synth();
  placeLockFiles(app);
  console.log(`${Object.keys(app.manifest.stacks).length} stacks in ${app.outdir}/stacks`);
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  // What is wrong with the table is said in full; where this program noticed it helps nobody.
  console.error(error.message);
  process.exitCode = 1;
}
