/** What the service wrote down about itself, also of answers that nobody was there to hear. */
import { readFile } from 'node:fs/promises';

/** @returns a sentence when it answered 500 to anybody */
export async function faultsInLog(logFile: string): Promise<string[]> {
  const lines = (await readFile(logFile, 'utf8')).split('\n');
  const faults = lines.filter((line) => line.includes('"status":500'));
  return faults.length === 0 ? [] : [`the service's log has ${faults.length} answers of 500`];
}
