/** What the configuration of a plan says that attributes are made of. */
import { at, isObject } from './hidden.ts';

/** By address without an index, then by attribute: `aws_vpc.store.id`, and `aws_vpc.store` too. */
export type References = Readonly<
  Record<string, Readonly<Record<string, readonly string[] | undefined>> | undefined>
>;

/** Of the root module; nothing, where a plan was kept without its configuration. */
export function referencesIn(configuration: unknown): References {
  const resources = at(configuration, ['root_module', 'resources']);
  if (!Array.isArray(resources)) return {};
  const entries = resources.filter(isObject).map(({ address, expressions }) => {
    const named = Object.entries(isObject(expressions) ? expressions : {}).map(
      ([attribute, expression]) => [attribute, textsOf(at(expression, ['references']))] as const,
    );
    return [String(address), Object.fromEntries(named)] as const;
  });
  return Object.fromEntries(entries);
}

/** `aws_subnet.private` of `aws_subnet.private["a"]` */
export function withoutIndex(address: string): string {
  return address.replace(/\[[^[]*\]$/, '');
}

function textsOf(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}
