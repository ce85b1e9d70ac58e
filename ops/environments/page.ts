/** The environments side by side, as people read them. */
import { styleText } from 'node:util';
import { PROJECT } from '../../contract.ts';
import { columns } from './columns.ts';
import type { Comparison } from './comparison.ts';
import type { StackNames } from './stack-names.ts';

/** @param width in characters; longer values go on in the next line */
export function page(
  { environments, differing, same }: Comparison,
  owners: readonly StackNames[],
  width: number,
): string {
  const head = ['  ', ...environments];
  const [title = '', ...rows] = columns(
    [head, ...differing.map(({ name, values }) => [`* ${name}`, ...values])],
    width,
  );
  const everywhere = columns(
    same.map(({ name, values }) => [`  ${name}`, values[0] ?? '']),
    width,
  );
  return [
    `${heading(PROJECT)}: stacks/environments.ts`,
    '',
    ...(differing.length === 0 ? [] : [heading(title), ...rows, '']),
    heading(environments.length === 1 ? `  ${environments.join()}` : '  the same everywhere'),
    ...everywhere,
    '',
    heading('  stacks, in the order in which they are applied'),
    ...columns(
      owners.map(({ owner, stacks }) => [`  ${owner}`, stacks.join(', ')]),
      width,
    ),
    '',
  ].join('\n');
}

/** Bold in a terminal that wants it; plain in a file, a pipe, or with NO_COLOR. */
function heading(text: string): string {
  return styleText('bold', text);
}
