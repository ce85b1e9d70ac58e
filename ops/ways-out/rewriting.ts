/** The program in the words of cdktn, the fork of cdktf: nothing but names of packages changes. */

/** What takes the place of cdktf and its bindings; the newest ones that were tried. */
const SUCCESSORS: Readonly<Record<string, readonly [name: string, version: string]>> = {
  cdktf: ['cdktn', '0.24.0'],
  '@cdktf/provider-aws': ['@cdktn/provider-aws', '25.7.0'],
};

/** As oxfmt writes it; not what a text of the program says. */
const IMPORTED =
  /^(?:(?:import|export) .*|\} )from '(?<name>(?:@[\w-]+\/)?\w[\w.:-]*)(?:\/[^']*)?';$/gm;

/** @param source of a file of the program */
export function rewritten(source: string): string {
  return source.replaceAll(IMPORTED, (whole, name: string) =>
    whole.replace(`'${name}`, `'${SUCCESSORS[name]?.[0] ?? name}`),
  );
}

/**
 * What the program needs to be installed for it.
 *
 * @param sources as they are in the project
 * @param pinned versions by name, as in the project's package.json
 * @returns versions by name, cdktn's in the place of cdktf's
 * @throws Error when the program imports what the project does not name
 */
export function neededPackages(
  sources: readonly string[],
  pinned: Readonly<Record<string, string>>,
): Record<string, string> {
  const imported = sources.flatMap((source) =>
    Array.from(source.matchAll(IMPORTED), ({ groups }) => groups?.['name'] ?? ''),
  );
  const names = [...new Set(imported)].filter((name) => !name.startsWith('node:')).toSorted();
  return Object.fromEntries(
    names.map((name) => {
      const version = pinned[name];
      if (version === undefined) throw new Error(`package.json does not name ${name}`);
      return SUCCESSORS[name] ?? [name, version];
    }),
  );
}
