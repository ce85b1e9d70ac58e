/** Where a project's name stands in a text, and the text with another one. */

export interface Names {
  readonly from: string;
  readonly to: string;
  /** What follows the name in other names: environments, and what an account has. */
  readonly labels: readonly string[];
}

/** Where the name is set. Everything else repeats it, in documents, comments and tests. */
export const PLACES: Readonly<Record<string, (name: string) => readonly string[]>> = {
  'contract.ts': (name) => [`PROJECT = '${name}'`],
  'stacks/environments.ts': (name) => [`REPOSITORY = '${name}'`],
  'package.json': (name) => [`"name": "${name}"`],
  'package-lock.json': (name) => [`"name": "${name}"`],
  'openapi.json': (name) => [`"title": "${name}"`],
  'compose.yaml': (name) => [`name: ${name}\n`, `image: ${name}\n`],
  Dockerfile: (name) => [`image.title="${name}"`],
  '.ci/run': (name) => [`IMAGE=${name} `],
  'README.md': (name) => [`# ${name}\n`, `--tag ${name} `],
};

/** A text of the repository as it reads with the new name; the same when it is done again. */
export function renamed(text: string, path: string, names: Names): string {
  const { from, to } = names;
  const rename = (part: string) =>
    isWord(from) ? renamedPlaces(part, path, names) : part.replaceAll(whole(from), to);
  // Where the new name stands already, the old one in it is not one more.
  return to.includes(from) ? text.split(to).map(rename).join(to) : rename(text);
}

/** Whether a name may be an ordinary word, which also means other things: `shop`, not `our-shop`. */
export function isWord(name: string): boolean {
  return !name.includes('-');
}

/** Also as a part of longer names: `our-shop-dev`, `alias/our-shop`. */
function whole(name: string): RegExp {
  return new RegExp(`(?<!\\w)${name}(?!\\w)`, 'g');
}

/** Only where a word is certainly the name: in its places, and before an environment. */
function renamedPlaces(text: string, path: string, { from, to, labels }: Names): string {
  const places = PLACES[path] ?? (() => []);
  const news = places(to);
  const set = places(from).reduce(
    (result, place, index) => result.replaceAll(place, news[index] ?? place),
    text,
  );
  const before = new RegExp(`(?<!\\w)${from}(?=[-/](?:${labels.join('|')})(?!\\w))`, 'g');
  return set.replaceAll(before, to);
}
