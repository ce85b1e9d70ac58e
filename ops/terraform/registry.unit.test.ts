import { ProviderOutOfReach, refuseOutOfReach } from './registry.ts';

test('a registry that does not answer is told from a fault, in one sentence', () => {
  const errors = `
Error: Failed to query available provider packages

Could not retrieve the list of available versions for provider hashicorp/aws:
could not connect to registry.terraform.io: no such host

To see which modules are currently depending on hashicorp/aws and what
versions are specified, run the following command:
    terraform providers
`;

  expect(() => refuseOutOfReach(errors)).toThrow(
    new ProviderOutOfReach(
      'Could not retrieve the list of available versions for provider hashicorp/aws: could not connect to registry.terraform.io: no such host',
    ),
  );
});

test('a wrong checksum is a fault', () => {
  const errors = `
Error: Failed to install provider

Error while installing hashicorp/aws v5.100.0: the local package for
registry.terraform.io/hashicorp/aws 5.100.0 doesn't match any of the
checksums previously recorded in the dependency lock file
`;

  expect(() => refuseOutOfReach(errors)).not.toThrow();
});
