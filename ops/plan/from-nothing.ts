/** A stack as if its account were empty: planned without AWS, and without anybody's credentials. */

interface Programme {
  readonly terraform: object;
  readonly provider: { readonly aws: readonly Readonly<Record<string, unknown>>[] };
}

/** The provider asks AWS nothing before it has something to read, and here it never has. */
const ASKS_NOBODY = {
  // It does not get to know which account it is in.
  allowed_account_ids: undefined,
  access_key: 'stand-in',
  secret_key: 'stand-in',
  skip_credentials_validation: true,
  skip_metadata_api_check: 'true',
  skip_region_validation: true,
  skip_requesting_account_id: true,
};

/** @param text of the synthesised stack. @returns the same, with an empty state beside it */
export function asIfEmpty(text: string): string {
  const { terraform, provider, ...others } = JSON.parse(text) as Programme;
  const aws = provider.aws.map((settings) => Object.assign(settings, ASKS_NOBODY));
  const stack = {
    ...others,
    terraform: { ...terraform, backend: { local: {} } },
    provider: { ...provider, aws },
  };
  return JSON.stringify(stack, null, 2);
}
