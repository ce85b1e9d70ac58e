/** What changes where, as a picture that GitHub draws: a box for each stack, the worst first. */
import type { Finding } from './finding.ts';
import type { Review } from './review.ts';

/** More than these nobody can read. */
const MOST = 40;

/** Characters of an address. */
const LONGEST = 80;

/** Fill and edge, readable on GitHub's dark pages too. */
const CLASSES = [
  'classDef create fill:#dafbe1,stroke:#1a7f37,color:#1f2328',
  'classDef update fill:#ddf4ff,stroke:#0969da,color:#1f2328',
  'classDef replace fill:#fff8c5,stroke:#9a6700,color:#1f2328',
  'classDef destroy fill:#ffebe9,stroke:#cf222e,color:#1f2328',
  'classDef forget fill:#f6f8fa,stroke:#59636e,color:#1f2328',
];

/** Nothing, where no resource changes. */
export function asMermaid({ findings }: Review): string | undefined {
  const changes = new Map(
    findings
      .filter(({ action, rank }) => isDrawn(action) && rank !== 'cosmetic')
      .toReversed()
      .map((finding) => [`${finding.stack} ${finding.address}`, finding]),
  );
  const drawn = [...changes.values()].toReversed();
  if (drawn.length === 0) return undefined;
  const boxes = [...Map.groupBy(drawn.slice(0, MOST), ({ stack }) => stack)].flatMap(boxOf);
  const rest = drawn.length - MOST;
  return [
    'flowchart LR',
    ...boxes,
    ...(rest > 0 ? [`  more["and ${rest} more"]`] : []),
    ...CLASSES.map((line) => `  ${line}`),
  ].join('\n');
}

function boxOf([stack, findings]: [string, readonly Finding[]], box: number): string[] {
  return [
    `  subgraph s${box}["${label(stack)}"]`,
    ...findings.map(
      ({ address, action }, index) =>
        `    s${box}n${index}["${label(address)}<br/>${action}"]:::${action}`,
    ),
    '  end',
  ];
}

function isDrawn(action: Finding['action']): boolean {
  return ['create', 'update', 'replace', 'destroy', 'forget'].includes(action);
}

/** Only what means nothing in a picture or in HTML. */
function label(text: string): string {
  const plain = text.replaceAll('"', "'").replaceAll(/[^\w .,'[\]-]/g, '·');
  return plain.length <= LONGEST ? plain : `${plain.slice(0, LONGEST)}…`;
}
