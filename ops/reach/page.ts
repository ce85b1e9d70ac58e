/** docs/reachability.md: a picture and a table for each kind of environment. */
import type { Environment } from '../../stacks/place.ts';
import { type Findings, findingsIn } from './findings.ts';
import { asPicture } from './picture.ts';

const HEAD = `# Who reaches whom

Worked out from the stacks as they are written for Terraform: security groups, routes, public
addresses. A way is there when both of its sides allow it and a route leads there. It is written by
\`npm run reach -- --write\`, and CI fails when it is stale.

Not seen are IAM, network ACLs, names, the web firewall, and what AWS runs in its own networks
([decision 0037](decisions/0037-reachability-from-the-json.md)). What is promised, such as that only
the door is reached from the internet, is in \`stacks/reachability/promises.ts\`; whatever breaks it
fails synthesis.

The pictures leave out who in the network may do what the internet may too, such as call the door;
the tables have it. The rules are paths in the program, without the environment's name before them:
\`service/door\` is \`dev-service/door\` in an environment called \`dev\`.
`;

/** Environments that look the same share a section, in the order of the table. */
export function pageOf(environments: readonly Environment[]): string {
  const sections = Map.groupBy(environments, (environment) =>
    sectionOf(findingsIn(environment), environment.label),
  );
  const texts = [...sections].map(
    ([section, members]) => `## ${members.map(({ name }) => name).join(', ')}\n\n${section}`,
  );
  return [HEAD, ...texts].join('\n');
}

function sectionOf(findings: Findings, label: string): string {
  const short = (text: string) =>
    text.replaceAll(new RegExp(`\\b${RegExp.escape(label)}-`, 'g'), '');
  const rows = findings.ways.map(({ from, to, port, by }) =>
    row([from, to, port, by.map((path) => `\`${path}\``).join('<br>')]),
  );
  const sentences = [
    ...findings.looseEnds,
    ...findings.problems.map(({ path, message }) => `**${path}: ${message}**`),
  ];
  return short(
    [
      '```mermaid',
      asPicture(findings),
      '```',
      '',
      row(['from', 'to', 'port', 'by these rules']),
      row(['---', '---', '---', '---']),
      ...rows,
      '',
      sentences.length === 0
        ? 'Loose ends, rules that open nothing: none.'
        : sentences.map((sentence) => `- ${sentence}`).join('\n'),
      '',
    ].join('\n'),
  );
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
