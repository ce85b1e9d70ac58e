import { asJson } from './as-json.ts';
import type { Finding } from './finding.ts';
import { asMarkdown } from './markdown.ts';
import { asMermaid } from './mermaid.ts';
import { readPlan } from './plan-document.ts';
import { type RankName, RANKS } from './ranks.ts';
import { review, type Review } from './review.ts';
import { asTerminal } from './terminal.ts';
import { multiplied, text } from './testing/engine/plans.ts';

const PLAN = { stack: 'dev-network', sha256: 'd'.repeat(64), terraform: '1.11.4' };

function some(rank: RankName, difference: Partial<Finding> = {}): Finding {
  return {
    rank,
    rule: `${rank}-rule`,
    stack: 'dev-network',
    address: 'aws_subnet.private',
    type: 'aws_subnet',
    action: 'update',
    what: 'is changed',
    why: 'Somebody should know.',
    ...difference,
  };
}

/** @param times findings of each rank, at addresses of a usual length */
function large(times: number, ranks: readonly RankName[] = RANKS.map(({ name }) => name)): Review {
  const findings = ranks.flatMap((rank) =>
    Array.from({ length: times }, (_, index) =>
      some(rank, {
        address: `aws_db_instance.${rank}-${'x'.repeat(30)}[${index}]`,
        why: 'It means this for people. '.repeat(8),
        attribute: 'policy',
        before: 'b'.repeat(120),
        after: 'a'.repeat(120),
      }),
    ),
  );
  return { plans: [PLAN], findings };
}

const LIMIT = 65_536;

test.each([0, 1, 10, 50, 200, 300])(
  'with %d findings of each rank the comment fits, and the two worst ranks are whole',
  (times) => {
    const comment = asMarkdown(large(times));
    const worst = large(times, ['data-loss', 'downtime']).findings;

    expect(comment.length).toBeLessThan(LIMIT);
    expect(worst.filter(({ address }) => !comment.includes(`\`${address}\``))).toEqual([]);
  },
);

test('with more than can be named the comment still fits, and says so', () => {
  const comment = asMarkdown(large(1500));

  expect(comment.length).toBeLessThan(LIMIT);
  expect(comment).toMatch(/… and \d+ more, see the review as JSON/);
  expect(comment).toContain(PLAN.sha256);
});

test('where the names to approve have no room, the comment says where they are', () => {
  const [all, none] = [1, 300].map((times) => asMarkdown(large(times)));

  expect(all).toContain('needs approval: `data-loss');
  expect(none).not.toContain('needs approval: `');
  expect(none).toContain('What an approval is for has no room here');
});

test('a comment on hundreds of plans fits too', () => {
  const plans = Array.from({ length: 900 }, (_, index) => ({
    ...PLAN,
    stack: `stack-${index}`,
    provisional: ['dev-network'],
  }));

  expect(asMarkdown({ plans, findings: [] }).length).toBeLessThan(LIMIT);
});

test('the worst shortens its values before its sentences, and both before an address goes', () => {
  const [few, more, most] = [20, 80, 250].map((times) =>
    asMarkdown(large(times, ['data-loss', 'downtime'])),
  );

  expect(few).toContain('b'.repeat(100));
  expect(more).not.toContain('b'.repeat(100));
  expect(more).toContain('It means this for people');
  expect(most).not.toContain('It means this for people');
  expect(most).toContain('- rule `data-loss-rule` in `dev-network`:');
});

const HOSTILE =
  '</details><!-- x --> <img src=x> @octocat #1 GH-12 org/repo#3 0123456789abcdef0123456789abcdef01234567 [a](http://evil.example) `code` ``two`` | ~~x~~ ##[error]\n\n### Nothing risky\u001B[2J\u202E';

test('values of a plan stay text: no markup, link, mention, command, or escape begins in them', () => {
  const plan = JSON.parse(text('plans/pull-request')) as { resource_changes: object[] };
  const [first] = plan.resource_changes;
  const change = { actions: ['update'], before: { name: 'a' }, after: { name: HOSTILE } };
  const hostile = { ...first, address: `aws_subnet.a["${HOSTILE}"]`, change };
  const read = readPlan(JSON.stringify({ ...plan, resource_changes: [hostile] }), 'a.json');
  const reviewed = review(
    [read],
    [
      {
        id: 'hostile',
        rank: 'data-loss',
        types: 'every',
        judge: () => [{ what: HOSTILE, why: HOSTILE, path: ['name'] }],
      },
    ],
  );

  const comment = asMarkdown(reviewed);
  const drawn = /```mermaid.*?```/s;
  const outsideCode = comment.replace(drawn, '').replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
  const terminal = asTerminal(reviewed);

  expect(outsideCode).not.toMatch(
    /[^\\]<(?!\/?(details|summary)>|br>)|@\w|#\d|GH-\d|[\da-f]{7}|:\/\/|\]\(/,
  );
  expect(comment.match(/^<\/details>$/gm)?.length).toBe(comment.match(/^<details>$/gm)?.length);
  expect(comment).not.toMatch(/^### Nothing/m);
  // oxlint-disable-next-line no-control-regex -- what must not be there
  expect(comment + terminal).not.toMatch(/[\u001B\u202E]|##\[/);
});

test('the picture has a box for each stack, and says how many it leaves out', () => {
  const findings = Array.from({ length: 45 }, (_, index) =>
    some('downtime', {
      address: `aws_subnet.a["x\`]<b>;%%{init}%%"][${index}]`,
      stack: index < 10 ? 'dev-network' : 'dev-service',
      action: 'replace',
    }),
  );
  const picture = asMermaid({ plans: [PLAN], findings }) ?? '';

  expect(picture.match(/^ {2}subgraph /gm)?.length).toBe(2);
  expect(picture.match(/:::replace$/gm)?.length).toBe(40);
  expect(picture).toContain('and 5 more');
  expect(picture).not.toMatch(/%|`|<(?!br\/>)/);
});

test('the JSON form has a version, the verdict, and each finding in full', () => {
  const document: unknown = JSON.parse(asJson(large(2)));

  expect(document).toMatchObject({
    version: 1,
    needsApproval: true,
    verdict: '10 findings need approval, the worst: data may be lost',
    counts: { 'data-loss': 2, cosmetic: 2 },
    plans: [PLAN],
    findings: large(2).findings,
  });
});

test('on a terminal each name to approve is a line, and what nobody must approve is short', () => {
  const shown = asTerminal(large(30));

  expect(
    shown.match(/^needs approval: data-loss dev-network .+ \(data-loss-rule\)$/gm)?.length,
  ).toBe(30);
  expect(shown).toContain('Names and tags (30)');
  expect(shown).toContain('… and 20 more');
  expect(shown).toContain(`sha256 of dev-network: ${PLAN.sha256}`);
});

test('every form has the SHA-256 of each plan', () => {
  const plan = readPlan(multiplied('plans/pull-request', 'aws_subnet.private', 3), 'a.json');
  const reviewed = review([plan]);

  for (const form of [asTerminal, asMarkdown, asJson])
    expect(form(reviewed)).toContain(plan.sha256);
});

test('a provisional plan says what it waits for', () => {
  const reviewed = { plans: [{ ...PLAN, provisional: ['dev-database'] }], findings: [] };

  expect(asTerminal(reviewed)).toContain('dev-network is provisional: needs dev-database first');
  expect(asMarkdown(reviewed)).toContain('dev-network is provisional: needs dev-database first');
});
