/** Nothing can be run or said: neither a mirror nor the registry gave a provider. */
export class ProviderOutOfReach extends Error {
  override readonly name = 'ProviderOutOfReach';
}

/** @param errors of `terraform init`. @throws ProviderOutOfReach; anything else is a fault of ours */
export function refuseOutOfReach(errors: string): void {
  const isUnknown = /Failed to query available provider packages/.test(errors);
  const isBroken = /Failed to install provider[^]*(dial tcp|connection|timeout)/.test(errors);
  if (isUnknown || isBroken) throw new ProviderOutOfReach(reason(errors));
}

/** Without Terraform's frame, line breaks and first sentence, which says less than the second. */
function reason(errors: string): string {
  const [text = ''] = errors.split(/\n\W*\n(?=\W*To see which)/);
  const [, ...sentences] = text
    .replaceAll(/[│╷╵]/g, '')
    .trim()
    .split(/\n\s*\n/);
  return sentences.join(' ').replaceAll(/\s+/g, ' ').trim();
}
