import { accountsOf } from '../place.ts';
import type { Settings } from '../settings.ts';
import { anAccount, anEnvironment } from '../testing/places.ts';
import { addressedStacks } from './addressed.ts';
import { keepAddresses } from './guard.ts';
import { aProgram, recordsOf } from './testing/a-program.ts';
import { below, POSTGRES } from './testing/renaming.ts';

test.each<Partial<Settings>>([{ accountId: '210987654321' }, { region: 'eu-west-1' }])(
  'an environment that the table has in another place than its record is refused: %j',
  (difference) => {
    const layouts = { database: POSTGRES, network: { vpc: 'aws_vpc' } };
    const records = recordsOf(aProgram(layouts));
    const program = aProgram(layouts, [anEnvironment('dev', difference)]);

    const [problem = '', ...others] = keepAddresses(program, records, []);

    expect(others).toEqual([]);
    expect(problem).toMatch(/^dev-database, dev-network: recorded in account 123456789012 in eu-c/);
    expect(problem).toContain(Object.values(difference)[0]);
    expect(problem).toContain('npm run destroy -- dev and npm run addresses -- accept dev');
  },
);

test('an environment that is not in the program any more is refused while it is recorded', () => {
  const places = [anEnvironment('dev'), anEnvironment('prod')];
  const layouts = { database: POSTGRES, network: { vpc: 'aws_vpc' } };
  const records = recordsOf(aProgram(layouts, places));

  const text = keepAddresses(aProgram(layouts), records, []).join('\n');

  expect(text).toMatch(/^prod-database, prod-network: nothing in the program writes/);
  expect(text).toContain('4 resources');
  expect(text).toContain('run npm run destroy -- prod, take it out again');
  expect(text).toContain('npm run addresses -- accept prod --gone prod');
});

test('a stack that is not in the program any more is named alone', () => {
  const records = recordsOf(aProgram({ database: POSTGRES, network: {} }));

  const text = keepAddresses(aProgram({ network: {} }), records, []).join('\n');

  expect(text).toContain('npm run addresses -- accept dev-database --gone dev-database');
  // That would take the environment's other stacks along.
  expect(text).not.toContain('npm run destroy');
});

test('an account that is not in the program any more is destroyed as an account', () => {
  const records = recordsOf(aProgram({ state: { key: 'aws_kms_key' } }, [anAccount()]));

  const text = keepAddresses(aProgram({ database: {} }), records, []).join('\n');

  expect(text).toContain('npm run destroy -- account --of');
});

test('what went to another stack is told how', () => {
  const places = [anEnvironment('dev'), anEnvironment('prod')];
  const keys = { 'a/key': 'aws_kms_key', 'a/other': 'aws_kms_key' };
  const records = recordsOf(aProgram({ database: keys, network: {} }, places));
  const program = aProgram({ database: {}, network: below('b', keys) }, places);

  const problems = keepAddresses(program, records, []);

  const [text = ''] = problems;
  expect(problems).toHaveLength(1);
  expect(text.match(/It may be in the stack network now/g)).toHaveLength(1);
  expect(text.match(/terraform state mv/g)).toHaveLength(2);
  expect(text.indexOf('state mv')).toBeLessThan(text.indexOf('--gone'));
  expect(text).toContain('--gone dev-database/a && npm run addresses -- accept prod-database');
  expect(text).not.toContain('put it back where it was');
});

test("an account's record has a name that neither a second account nor a new project name changes", () => {
  const [one, other] = [anEnvironment('dev'), anEnvironment('prod', { accountId: '210987654321' })];
  const namesWith = (...environments: (typeof one)[]) =>
    accountsOf(environments).flatMap((account) =>
      addressedStacks(aProgram({ state: {} }, [account])).map(({ record }) => record),
    );

  expect(namesWith(one)).toEqual(['account-123456789012-eu-central-1-state']);
  expect(namesWith(one, other)[0]).toBe('account-123456789012-eu-central-1-state');
});
