import { TerraformStack, Testing } from 'cdktf';
import { addNetwork, subnet } from '../testing/some-network.ts';
import { add } from '../testing/refusal.ts';
import { Program } from '../written/program.ts';
import { readFaces } from './faces.ts';
import { Reader } from './reader.ts';
import { readSubnets } from './subnets.ts';

const groups = { vpc_security_group_ids: ['${aws_security_group.group.id}'] };

/** A database in a subnet, and a copy of it: where the copy is, and what is wrong with it. */
function copyOf(replicate_source_db: string) {
  const stack = new TerraformStack(Testing.app(), 'stack');
  addNetwork(stack, { isolated: undefined });
  add(stack, 'aws_security_group', 'group', { vpc_id: '${aws_vpc.vpc.id}' });
  add(stack, 'aws_db_subnet_group', 'places', { subnet_ids: [subnet('isolated')] });
  const db_subnet_group_name = '${aws_db_subnet_group.places.name}';
  add(stack, 'aws_db_instance', 'original', { ...groups, db_subnet_group_name });
  add(stack, 'aws_db_instance', 'copy', { ...groups, replicate_source_db });
  const reader = new Reader(Program.of(stack));
  const faces = readFaces(reader, readSubnets(reader));
  const copy = faces.find(({ at }) => at.resource.name === 'copy');
  return {
    subnets: copy?.subnets.map(({ at }) => at.resource.name),
    problems: reader.problems.map(({ message }) => message),
  };
}

test('the copy of a database is in the subnets of its original', () => {
  expect(copyOf('${aws_db_instance.original.identifier}')).toEqual({
    subnets: ['isolated'],
    problems: [],
  });
});

test('the copy of one that is elsewhere has to say where it is', () => {
  expect(copyOf('arn:aws:rds:eu-west-1:123456789012:db:other').problems).toContain(
    'aws_db_instance names no subnet, so AWS takes one of its own network: name its subnets',
  );
});
