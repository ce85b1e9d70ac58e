/** What a step of a job tells those after it, and the people who look at its run. */
import { appendFile } from 'node:fs/promises';

/** Printed too, so that the step can be run by hand. A value is one line. */
export async function tellSteps(values: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(values).map(([name, value]) => {
    // A second line would be another output, or another value of this one.
    if (/[\r\n]/.test(value)) throw new Error(`the output ${name} has several lines`);
    return `${name}=${value}\n`;
  });
  await append('GITHUB_OUTPUT', lines.join(''));
  process.stdout.write(lines.join(''));
}

/** The page of the run, where whoever approves reads it. */
export async function summarise(markdown: string): Promise<void> {
  await append('GITHUB_STEP_SUMMARY', `${markdown}\n`);
}

/** Shown on top of the run. */
export function notice(title: string, sentence: string): void {
  const [safeTitle, safe] = [title, sentence].map((text) =>
    text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'),
  );
  console.log(`::notice title=${safeTitle?.replaceAll(/[:,]/g, ' ')}::${safe}`);
}

async function append(variable: string, text: string): Promise<void> {
  const file = process.env[variable] ?? '';
  if (file !== '') await appendFile(file, text);
}
