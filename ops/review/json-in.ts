/** @returns what the text says as JSON; undefined for anything else, which no JSON says */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
