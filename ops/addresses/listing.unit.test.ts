import { addressedStacks } from '../../stacks/addresses/addressed.ts';
import { compare } from '../../stacks/addresses/comparison.ts';
import type { Records } from '../../stacks/addresses/records.ts';
import type { Move } from '../../stacks/addresses/steps.ts';
import { aProgram, type Layout, recordsOf } from '../../stacks/addresses/testing/a-program.ts';
import { accountsOf } from '../../stacks/place.ts';
import { anEnvironment } from '../../stacks/testing/places.ts';
import { chosen } from './chosen.ts';
import { listing, moveStatus, staleRecords } from './listing.ts';

const move = (from: string, to: string): Move => ({ stack: 'database', from, to });
const keyAt = (id: string): Layout => ({ [`${id}/key`]: 'aws_kms_key' });
const recordedAt = (id: string) => recordsOf(aProgram({ database: keyAt(id) }));

function compared(layout: Layout, records: Records, moves: readonly Move[] = []) {
  return compare(addressedStacks(aProgram({ database: layout })), records, moves);
}

test('each stack is listed with what changes beside its record', () => {
  const after = { 'b/key': 'aws_kms_key', log: 'aws_cloudwatch_log_group' };

  const text = listing(compared(after, recordedAt('a'), [move('a', 'b')]));

  expect(text).toBe(`dev-database  2 resources, 2 that may not be lost: recorded
  new       log
  moves     a -> b (1 resource)`);
  expect(listing(compared(after, recordedAt('a')))).toContain('LOST      a/key');
  expect(listing(compared(after, new Map()))).toMatch(/: not recorded$/);
});

test('a state that says otherwise is shown', () => {
  const states = new Map([['dev-database', new Set(['aws_sqs_queue.other'])]]);

  const text = listing(compared(keyAt('a'), recordedAt('a')), states);

  expect(text).toContain('no state  a/key');
  expect(text).toContain('no record aws_sqs_queue.other');
});

test('both moves of a chain are needed until the second is recorded', () => {
  const moves = [move('a', 'b'), move('b', 'c')];
  const statusAt = (id: string) => moveStatus(compared(keyAt('c'), recordedAt(id), moves), moves);

  expect(statusAt('a')).toEqual([
    "{ stack: 'database', from: 'a', to: 'b' }: needed by dev-database",
    "{ stack: 'database', from: 'b', to: 'c' }: needed by dev-database",
  ]);
  expect(statusAt('b')[0]).toMatch(
    /recorded everywhere: delete the line once it is released there/,
  );
  expect(statusAt('b')[1]).toMatch(/needed by dev-database$/);
  expect(statusAt('c').join('')).not.toContain('needed');
});

test('of what is not recorded nobody knows whether its move is done', () => {
  const [status] = moveStatus(compared(keyAt('b'), new Map(), [move('a', 'b')]), [move('a', 'b')]);

  expect(status).toContain('not recorded: dev-database');
});

test('a move to nowhere is told', () => {
  const moves = [move('a', 'elsewhere')];

  expect(moveStatus(compared(keyAt('b'), new Map(), moves), moves)[0]).toContain('matches nothing');
});

test('a record is stale when it lacks what may not be lost, and not before it is begun', () => {
  const more = { ...keyAt('a'), log: 'aws_cloudwatch_log_group' };
  const role = { ...keyAt('a'), role: 'aws_iam_role' };

  expect(staleRecords(compared(more, recordedAt('a')))).toEqual(['dev-database']);
  expect(staleRecords(compared(keyAt('b'), recordedAt('a')))).toEqual(['dev-database']);
  expect(staleRecords(compared(role, recordedAt('a')))).toEqual([]);
  expect(staleRecords(compared(more, new Map()))).toEqual([]);
  const moved = anEnvironment('dev', { region: 'eu-west-1' });
  const elsewhere = addressedStacks(aProgram({ database: keyAt('a') }, [moved]));
  expect(staleRecords(compare(elsewhere, recordedAt('a'), []))).toEqual(['dev-database']);
});

test("an environment means its account's stacks too, and a stack itself alone", () => {
  const dev = anEnvironment('dev', { suffix: 'copy' });
  const prod = anEnvironment('prod', { accountId: '210987654321' });
  const [account] = accountsOf([dev]);
  const stacks = [
    ...addressedStacks(aProgram({ state: {} }, account ? [account] : [])),
    ...addressedStacks(aProgram({ database: {}, network: {} }, [dev, prod])),
  ];
  const all = compare(stacks, new Map(), []);
  const namesOf = (name: string) => chosen(all, name).map(({ record }) => record);

  const ofDev = [
    'account-123456789012-eu-central-1-state',
    'dev-copy-database',
    'dev-copy-network',
  ];
  expect(namesOf('dev')).toEqual(ofDev);
  expect(namesOf('dev-copy')).toEqual(ofDev);
  expect(namesOf('prod-database')).toEqual(['prod-database']);
  expect(() => namesOf('prd')).toThrow("no environment or stack 'prd'");
});
