/** In each file of the tests with real Terraform. */

// Milliseconds: making a bucket takes a minute, emulated or not, because the provider waits.
import.meta.jest.setTimeout(300_000);

// The global setup has said why.
if (process.env['SKIP_TERRAFORM_TESTS'] === 'true') globalThis.test = test.skip;
