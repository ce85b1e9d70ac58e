import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Interrupted } from '../terraform/terraform.ts';

/**
 * What somebody types at the terminal, asked beside standard output, which is for the result.
 * @param isHidden then nothing of it is shown
 * @throws Interrupted
 */
export async function asideAnswer(question: string, isHidden: boolean): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({
    input: process.stdin,
    output: isHidden ? silent : process.stderr,
    terminal: true,
  });
  if (isHidden) process.stderr.write(question);
  try {
    return await terminal.question(question);
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
    throw new Interrupted('nobody signed in');
  } finally {
    terminal.close();
    if (isHidden) process.stderr.write('\n');
  }
}
