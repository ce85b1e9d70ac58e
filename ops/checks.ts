/** Checks by name: a line for each, and a last line that a pipeline can add up. */
export interface Check {
  /** The promise that is kept. */
  readonly name: string;
  /** Throws when it is not. */
  readonly run: () => unknown;
}

/** One after the other; a failed one does not stop the others. @returns whether all passed */
export async function runChecks(checks: Iterable<Check>): Promise<boolean> {
  const count = { passed: 0, failed: 0 };
  const fail = (name: string, error: unknown) => {
    count.failed += 1;
    console.log(`FAILED  ${name}\n${indent(reason(error))}`);
  };
  try {
    for (const { name, run } of checks) {
      try {
        await run();
        count.passed += 1;
        console.log(`ok      ${name}`);
      } catch (error) {
        fail(name, error);
      }
    }
  } catch (error) {
    fail('what the next check needs', error);
  }
  console.log(`${count.passed} passed, ${count.failed} failed`);
  return count.failed === 0;
}

/** `fetch failed` alone helps nobody: the cause says why. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${reason(error.cause)}`;
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '        ');
}
