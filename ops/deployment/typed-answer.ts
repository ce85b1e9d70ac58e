import { createInterface } from 'node:readline/promises';
import { Interrupted } from '../terraform/terraform.ts';

/**
 * What somebody types at the terminal, without blanks around it.
 * @param nothing what has not happened when they end the question instead: `nothing was destroyed`
 * @param signal ends the question too
 * @throws Interrupted
 */
export async function typedAnswer(
  question: string,
  nothing: string,
  signal?: AbortSignal,
): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(question, { ...(signal && { signal }) })).trim();
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
    throw new Interrupted(nothing);
  } finally {
    terminal.close();
  }
}
