import { addressedAt, addressedStacks } from './addressed.ts';
import { keepAddresses } from './guard.ts';
import type { Move } from './steps.ts';
import { aProgram, type Layout, recordsOf } from './testing/a-program.ts';

const [AT_A, AT_B, AT_C] = ['a', 'b', 'c'].map(
  (id) => addressedAt('aws_kms_key', `${id}/key`).address,
);

function move(from: string, to: string): Move {
  return { stack: 'database', from, to };
}

function movesOf(layout: Layout, moves: readonly Move[]) {
  const program = aProgram({ database: layout });
  const problems = keepAddresses(program, new Map(), moves);
  const [stack] = addressedStacks(program);
  const written = stack?.stack.toTerraform() as { readonly moved?: object[] };
  return { problems, moved: written.moved };
}

test('a path that was is named as cdktf named it', () => {
  const layout = { 'postgres/store-log/Resource': 'aws_cloudwatch_log_group', key: 'aws_kms_key' };
  const [stack] = addressedStacks(aProgram({ database: layout }));

  for (const resource of stack?.resources ?? []) {
    expect(addressedAt(resource.type, resource.path)).toEqual(resource);
  }
});

test('all that is below a moved path gets a block, stateful or not', () => {
  const layout = { 'b/key': 'aws_kms_key', 'b/alias': 'aws_kms_alias', other: 'aws_kms_key' };

  const { moved } = movesOf(layout, [move('a', 'b')]);

  expect(moved).toEqual([
    { from: AT_A, to: AT_B },
    {
      from: addressedAt('aws_kms_alias', 'a/alias').address,
      to: addressedAt('aws_kms_alias', 'b/alias').address,
    },
  ]);
});

test('a second rename leads on from the first, wherever an environment is', () => {
  const moves = [move('a', 'b'), move('b', 'c')];
  const layout = { 'c/key': 'aws_kms_key' };

  const { moved } = movesOf(layout, moves);

  expect(moved).toEqual([
    { from: AT_B, to: AT_C },
    { from: AT_A, to: AT_B },
  ]);
  for (const path of ['a/key', 'b/key', 'c/key']) {
    const records = recordsOf(aProgram({ database: { [path]: 'aws_kms_key' } }));
    expect(keepAddresses(aProgram({ database: layout }), records, moves)).toEqual([]);
  }
});

test('without a line nothing is written', () => {
  expect(movesOf({ 'a/key': 'aws_kms_key' }, []).moved).toBeUndefined();
});

test.each<[string, Move[], string]>([
  [
    'a line without to',
    [{ stack: 'database', from: 'x' } as Move],
    "{ stack: 'database', from: 'x' }, does not say 'to'",
  ],
  ['a line without from', [{ stack: 'database', to: 'a' } as Move], "does not say 'from'"],
  ['a line of nothing', [{} as Move], "does not say 'stack' and 'from' and 'to'"],
  [
    'a stack that is none',
    [{ ...move('x', 'a'), stack: 'dev-database' }],
    "no stack 'dev-database'",
  ],
  ['an empty path', [move('', 'a')], "'' is no path below the stack"],
  ['a path with an empty id', [move('x/', 'a')], "'x/' is no path below the stack"],
  ['a line to where it began', [move('a', 'a')], 'leads nowhere'],
  ['two ways to one place', [move('x', 'a'), move('y', 'a')], "two lines go to 'a'"],
  ['two ways from one place', [move('x', 'a'), move('x', 'b')], "two lines go from 'x'"],
  ['a circle', [move('a', 'x'), move('x', 'a')], 'go in a circle'],
  ['what is still there', [move('b', 'a')], 'both are in the program'],
  ['one thing at two places', [move('x', 'a'), move('x/key', 'b/key')], 'a/key and b/key'],
])('%s is refused', (_, moves, sentence) => {
  const layout = { 'a/key': 'aws_kms_key', 'b/key': 'aws_kms_key' };

  const { problems, moved } = movesOf(layout, moves);

  expect(problems.join('\n')).toContain(sentence);
  expect(problems).toHaveLength(1);
  expect(moved).toBeUndefined();
});
