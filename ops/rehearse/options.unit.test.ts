import { someTable } from '../../stacks/testing/some-table.ts';
import { type Given, readOptions, refuseOthers } from './options.ts';

const NOTHING = {
  keep: false,
  only: undefined,
  'no-traffic': false,
  'deploy-first': false,
  from: undefined,
  endpoint: undefined,
  json: undefined,
};

function given(positionals: readonly string[], values: Partial<Given['values']> = {}): Given {
  return { positionals, values: { ...NOTHING, ...values } };
}

const { dev } = someTable;

test('dev, with everything, is what is asked for by nothing', () => {
  expect(readOptions(someTable, given([]))).toEqual([
    { environment: 'dev', keep: false, traffic: true, deployFirst: false },
  ]);
});

test('several environments come one after the other', () => {
  const table = { one: dev, other: dev };

  const options = readOptions(table, given(['one', 'other']));

  expect(options.map(({ environment }) => environment)).toEqual(['one', 'other']);
});

test.each([
  ['staging', /staging cannot be rehearsed: it has a domain.*; its data may not be lost/],
  ['prod', /prod cannot be rehearsed: .*it is production/],
  ['nowhere', /there is no environment 'nowhere', but dev/],
])('%s is refused at once, with every reason', (name, reason) => {
  expect(() => readOptions(someTable, given([name]))).toThrow(reason);
});

test('an environment whose data must stay is refused, whatever else it is', () => {
  const table = { precious: { ...dev, production: false, dataMayBeLost: false } } as const;

  expect(() => readOptions(table, given(['precious']))).toThrow(
    'precious cannot be rehearsed: its data may not be lost, so that destroy refuses it',
  );
});

test.each([{ keep: true }, { json: 'report.json' }])('%j is for one environment', (values) => {
  expect(() => readOptions({ dev }, given(['dev', 'dev'], values))).toThrow('one environment');
});

test('traffic only, without traffic, is nothing', () => {
  const values = { only: 'traffic', 'no-traffic': true };

  expect(() => readOptions({ dev }, given([], values))).toThrow('nothing to do');
});

const FROM = { name: 'HEAD~1', commit: '0123456789abcdef' };

test('an earlier commit goes with every environment', () => {
  const options = readOptions(
    { one: dev, other: dev },
    given(['one', 'other'], { from: 'HEAD~1' }),
    FROM,
  );

  expect(options.map(({ from }) => from)).toEqual([FROM, FROM]);
});

test.each([
  [{ only: 'upgrade' }, 'needs --from <commit>'],
  [{ only: 'change', from: 'HEAD' }, 'with every step or with --only upgrade, not change'],
  [{ 'deploy-first': true, from: 'HEAD' }, '--deploy-first is for what is here'],
])('%j is no rehearsal of a change', (values, reason) => {
  expect(() => readOptions({ dev }, given([], values), FROM)).toThrow(reason);
});

test('clean is for itself: no option and no name goes with it', () => {
  refuseOthers(given(['clean']));

  expect(() => refuseOthers(given(['clean', 'dev'], { keep: true, json: 'file' }))).toThrow(
    'clean takes nothing, not dev --keep --json',
  );
});
