/** What a release says of each stack, as of `ok      dev-network: 36 created (37 s)`. */

/** @returns the name of the stack that is as its files say, if the line tells of one */
export function appliedIn(line: string, stacks: readonly string[]): string | undefined {
  return stacks.find((stack) => line.startsWith('ok ') && line.includes(` ${stack}: `));
}
