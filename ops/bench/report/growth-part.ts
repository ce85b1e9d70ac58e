/** The report's part on growth. */
import type { Growth } from '../growth.ts';
import { OPERATIONS } from '../operations.ts';
import { failuresOf, type Measured } from '../rounds.ts';
import { textTable, whole } from './markdown.ts';
import { plain } from './tables.ts';

const LEFT_OUT = `## Growth

Not measured in this run: \`npm run bench -- --growth\` does.
`;

export function growthPart(growth: Growth | undefined): string {
  if (growth === undefined) return LEFT_OUT;
  const { stock, rows, plans, connections, processes } = growth;
  return `## Growth

The store alone; what is compared was measured in turns.

### Ten times the rows

${whole(stock.products)} products, ${whole(stock.customers)} customers, ${whole(stock.orders)} orders, in a second server beside the first.

${tables(rows)}
### Plans at ${whole(stock.products)} products

The plan of each statement for all values at once (\`EXPLAIN (GENERIC_PLAN)\`). ${verdict(plans)}

${textTable(['statement', 'read from end to end'], plans.map(planRow))}

### Ten times the connections

What is not 2xx is left out of the requests/s; it is listed below when there was any.

${tables(connections)}${refusals(connections)}
### 1 to 4 processes

On ports of their own, with the 50 connections spread over them. They share the cores with the database and the generator: more processes than cores can only cost.

${tables(processes)}`;
}

function tables(measured: readonly Measured[]): string {
  return measured
    .map((one) => {
      const { name } = OPERATIONS.find(({ id }) => id === one.operation) ?? { name: one.operation };
      return `**${name}**\n\n${plain(one)}\n\n`;
    })
    .join('');
}

function verdict(plans: Growth['plans']): string {
  const scanning = plans.filter(({ scanned }) => scanned.length > 0);
  if (scanning.length === 0) return 'None reads a table from end to end.';
  return `**${scanning.length} of ${plans.length} read a table from end to end.**`;
}

function planRow({ statement, scanned }: Growth['plans'][number]): string[] {
  return [`\`${statement}\``, scanned.length === 0 ? 'none' : scanned.join(', ')];
}

function refusals(measured: readonly Measured[]): string {
  const sentences = failuresOf(measured).map((sentence) => `- ${sentence}\n`);
  return sentences.length === 0 ? '' : `Not 2xx:\n\n${sentences.join('')}\n`;
}
