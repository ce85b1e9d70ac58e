import type { Listed } from './list.ts';
import { problemsOf, refuseMalformed } from './problems.ts';

function aListed(differences: Partial<Listed> = {}): Listed {
  return {
    rule: 'CKV_AWS_91',
    path: '*-service/door/balancer',
    reason: 'Nobody would ever read them',
    owner: 'somebody',
    expires: '2026-12-01',
    daysLeft: 10,
    matched: ['dev-service/door/balancer'],
    environments: ['dev'],
    matchesNothing: false,
    ...differences,
  };
}

test('one that holds and is needed is no problem, nor is one on its last day', () => {
  expect(problemsOf([aListed(), aListed({ daysLeft: 0 })])).toEqual([]);
});

test.each([
  [9, 0],
  [10, 1],
])('one that ends in ten days, asked for %i: %i problems', (within, count) => {
  expect(problemsOf([aListed()], within)).toHaveLength(count);
});

test('who has to do what is said', () => {
  expect(problemsOf([aListed({ daysLeft: -1 })])).toEqual([
    'that of CKV_AWS_91 for *-service/door/balancer ended on 2026-12-01: mend what it is for, or let somebody decide on a later day',
  ]);
});

test('what matches nothing is to be deleted', () => {
  expect(problemsOf([aListed({ matchesNothing: true })])).toEqual([
    'that of CKV_AWS_91 for *-service/door/balancer matches nothing: delete it from stacks/waivers.ts',
  ]);
});

test('what has moved gets its new path instead', () => {
  const movedTo = '*-service/gate/balancer';

  expect(problemsOf([aListed({ matchesNothing: true, movedTo })])).toEqual([
    "that of CKV_AWS_91 for *-service/door/balancer matches nothing: it has moved, write '*-service/gate/balancer'",
  ]);
});

test('a badly written one is told as that, not as one that matches nothing', () => {
  const path = 'door';

  expect(() => refuseMalformed([aListed({ path })], '2026-11-21')).toThrow(
    "'path' must name stack and construct",
  );
});
