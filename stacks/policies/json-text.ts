/** JSON in a string, as policies and containers are written: references stay as they are. */

/** Stand where a reference was, while JSON is read: characters that no text uses. */
const OPEN = '\u{E000}';
const CLOSE = '\u{E001}';

const INNERMOST = /\$\{[^{}]*\}/g;
const PLACE = /\u{E000}(\d+)\u{E001}/gu;

/** @returns undefined for what only Terraform can read */
export function readJson(text: string): unknown {
  const { plain, restore } = withoutReferences(text);
  try {
    return JSON.parse(plain, (_, value: unknown) =>
      typeof value === 'string' ? restore(value) : value,
    );
  } catch {
    return undefined;
  }
}

/** From the inside out: quotes in them would end JSON's strings. */
function withoutReferences(text: string) {
  const references: string[] = [];
  const take = (reference: string) => `${OPEN}${references.push(reference) - 1}${CLOSE}`;
  let plain = text;
  for (let before = ''; before !== plain;) {
    before = plain;
    plain = plain.replaceAll(INNERMOST, take);
  }
  const restore = (value: string): string =>
    value.replaceAll(PLACE, (_, index: string) => restore(references[Number(index)] ?? ''));
  return { plain, restore };
}
