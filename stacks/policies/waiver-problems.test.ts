import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue/index.js';
import { TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { waivers } from '../waivers.ts';
import { expired, malformed, unneeded } from './waiver-problems.ts';
import { isWaived, type Waiver } from './waiver.ts';

const TODAY = '2026-11-21';

function aWaiver(differences: Partial<Record<keyof Waiver, unknown>> = {}): Waiver {
  return {
    rule: 'encrypted-at-rest',
    path: '*-service/queue',
    reason: 'Nothing is ever written to it',
    owner: 'somebody',
    expires: '2027-05-31',
    ...differences,
  } as Waiver;
}

function aQueue(): SqsQueue {
  return new SqsQueue(new TerraformStack(Testing.app(), 'dev-service'), 'queue', { name: 'x' });
}

test('a whole one is not malformed', () => {
  expect(malformed([aWaiver()], TODAY)).toEqual([]);
});

test.each([
  ['a rule that nobody knows', { rule: 'encrypted' }, "'rule' must be a rule of stacks/policies"],
  ['no rule', { rule: undefined }, "'rule' must be"],
  ['no stack', { path: '*' }, "'path' must name stack and construct"],
  ['no path', { path: undefined }, "'path' must name stack and construct"],
  ['a path that is no text', { path: ['*-service/queue'] }, "'path' must name stack and construct"],
  ['an empty step', { path: '*-service/' }, "'path' must name stack and construct"],
  [
    'a stack for a check of checkov',
    { rule: 'CKV_AWS_18', path: '*-service' },
    "'path' must name stack and construct",
  ],
  ['no reason', { reason: ' ' }, "'reason' must say why"],
  ['a reason that says nothing', { reason: 'not needed' }, "'reason' must say why"],
  ['no owner', { owner: '' }, "'owner' must say who"],
  ['no day', { expires: undefined }, "'expires' must be a day: 2027-05-31"],
  ['a day that is no text', { expires: 20270531 }, "'expires' must be a day"],
  ['a wish that is none', { builtSometimes: 'yes' }, "'builtSometimes' must be true"],
  ['a day that there is not', { expires: '2027-02-29' }, "'expires' must be a day"],
  ['another notation', { expires: '31.5.2027' }, "'expires' must be a day"],
  ['a day far away', { expires: '2027-12-22' }, 'no later than 2027-12-21'],
])('%s is told, with the whole waiver', (_, difference, expected) => {
  const [problem, ...others] = malformed([aWaiver(difference)], TODAY);

  expect(others).toEqual([]);
  expect(problem).toContain(expected);
  expect(problem).toContain(JSON.stringify(aWaiver(difference)));
});

test("a stack's own path is well written for a rule of ours", () => {
  expect(malformed([aWaiver({ path: '*-service' })], TODAY)).toEqual([]);
});

test('what is no waiver at all is told', () => {
  expect(malformed([undefined as unknown as Waiver], TODAY)[0]).toContain(', in undefined');
});

test('two for the same are told', () => {
  const [problem] = malformed([aWaiver(), aWaiver({ reason: 'Another one of the same' })], TODAY);

  expect(problem).toContain('another one has the same rule and path');
});

test('it holds on its last day', () => {
  expect(expired([aWaiver({ expires: TODAY })], TODAY)).toEqual([]);
});

test('the day after, what to do is said', () => {
  expect(expired([aWaiver({ expires: '2026-11-20' })], TODAY)).toEqual([
    'stacks/waivers.ts: the waiver of encrypted-at-rest for *-service/queue ended on 2026-11-20: mend what it was for, or let somebody decide on a later day',
  ]);
});

test('one that a rule asked for is needed', () => {
  const queue = aQueue();
  const waiver = aWaiver();

  isWaived([waiver], waiver.rule, queue);

  expect(unneeded([waiver], queue.node.root)).toEqual([]);
});

test('one that no rule asked for is not, even where its construct is', () => {
  expect(unneeded([aWaiver()], aQueue().node.root)).toEqual([
    'stacks/waivers.ts: the waiver of encrypted-at-rest for *-service/queue matches nothing: delete it',
  ]);
});

test("one of checkov's checks needs a construct at its path", () => {
  const ofCheckov = aWaiver({ rule: 'CKV_AWS_27' });
  const elsewhere = aWaiver({ rule: 'CKV_AWS_27', path: '*-service/other' });

  const problems = unneeded([ofCheckov, elsewhere], aQueue().node.root);

  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain('CKV_AWS_27 for *-service/other matches nothing');
});

describe('one whose construct has moved', () => {
  const ofCheckov = aWaiver({ rule: 'CKV_AWS_27', path: '*-service/line' });

  test.each([
    ['is told its new path', 'service', 'queue', "it has moved: write '*-service/queue'"],
    ['is to be deleted when nothing is there', 'service', 'other', 'delete it'],
    ['is to be deleted when another stack moved', 'network', 'queue', 'delete it'],
  ])('%s', (_, stack, to, whatToDo) => {
    expect(unneeded([ofCheckov], aQueue().node.root, [{ stack, from: 'line', to }])).toEqual([
      `stacks/waivers.ts: the waiver of CKV_AWS_27 for *-service/line matches nothing: ${whatToDo}`,
    ]);
  });

  test('is told so with its parent', () => {
    const waiver = aWaiver({ rule: 'CKV_AWS_27', path: '*-service/lines/queue' });
    const root = Testing.app();
    const lines = new Construct(new TerraformStack(root, 'dev-service'), 'queues');
    new SqsQueue(lines, 'queue', { name: 'x' });

    const [problem] = unneeded([waiver], root, [{ stack: 'service', from: 'lines', to: 'queues' }]);

    expect(problem).toContain("write '*-service/queues/queue'");
  });
});

test('unless only some settings build it', () => {
  const sometimes = aWaiver({ rule: 'CKV_AWS_27', path: '*-service/other', builtSometimes: true });

  expect(unneeded([sometimes], aQueue().node.root)).toEqual([]);
});

test('no rule of ours is waived without being asked for', () => {
  const sometimes = aWaiver({ path: '*-service/other', builtSometimes: true });

  expect(malformed([sometimes], TODAY)[0]).toContain("'builtSometimes' is for checkov's checks");
});

test("this project's own are well written", () => {
  const latest = waivers.map(({ expires }) => expires).toSorted();

  // Whether they are over is for `npm run synth` to say: a test knows no day.
  expect(malformed(waivers, latest[0] ?? TODAY)).toEqual([]);
});
