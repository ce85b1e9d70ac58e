import { add, refusalOf } from '../testing/refusal.ts';
import { addNetwork, subnet } from '../testing/some-network.ts';
import { privateDatabase } from './private-database.ts';

function refusal(...subnets: readonly string[]): string {
  return refusalOf(privateDatabase, (stack) => {
    addNetwork(stack, { open: 'gateway_id', private: 'nat_gateway_id', isolated: undefined });
    add(stack, 'aws_db_subnet_group', 'it', { subnet_ids: subnets });
  });
}

test.each(['open', 'private'])('refuses the subnet %s, which leads out', (name) => {
  expect(refusal(subnet('isolated'), subnet(name))).toContain(
    `[stack/it] aws_db_subnet_group has stack/${name}, which has a route to everywhere: name isolated subnets`,
  );
});

test('refuses a subnet of elsewhere', () => {
  expect(refusal('subnet-1')).toContain('has subnet-1, whose routes nobody can see here');
});

test('keeps subnets that lead nowhere', () => {
  expect(refusal(subnet('isolated'))).toBe('');
});

const kept = { db_subnet_group_name: 'ours', publicly_accessible: false };

test.each([
  [{ ...kept, db_subnet_group_name: undefined }, 'set dbSubnetGroupName'],
  [{ ...kept, publicly_accessible: undefined }, 'set publiclyAccessible: false'],
  [{ ...kept, publicly_accessible: true }, 'set publiclyAccessible: false'],
])('refuses a database with %j', (database, whatToDo) => {
  const said = refusalOf(privateDatabase, (stack) => add(stack, 'aws_db_instance', 'it', database));

  expect(said).toContain(whatToDo);
});

test.each([kept, { replicate_source_db: 'other', publicly_accessible: false }])(
  'keeps a database with %j',
  (database) => {
    const said = refusalOf(privateDatabase, (stack) =>
      add(stack, 'aws_db_instance', 'it', database),
    );

    expect(said).toBe('');
  },
);
