import type { Case } from '../case.ts';

const GROUP = { name: 'door', vpc_id: 'vpc-store', description: 'door' };
const PARAMETERS = { name: 'store', family: 'postgres17' };

export const COSMETIC: readonly Case[] = [
  {
    rule: 'only-words',
    name: 'another tag',
    fires: true,
    type: 'aws_ecs_cluster',
    before: { name: 'store', tags: { Owner: 'shop' } },
    after: { name: 'store', tags: { Team: 'shop' } },
  },
  {
    rule: 'only-words',
    name: 'another tag on a parameter group',
    fires: true,
    type: 'aws_db_parameter_group',
    before: { ...PARAMETERS, tags: { Owner: 'shop' } },
    after: PARAMETERS,
  },
  {
    rule: 'only-words',
    name: 'a description that replaces',
    fires: false,
    type: 'aws_security_group',
    before: GROUP,
    after: { ...GROUP, description: 'the front door' },
  },
  {
    rule: 'only-words',
    name: 'a tag and a setting',
    fires: false,
    type: 'aws_ecs_cluster',
    before: { name: 'store' },
    after: {
      name: 'store',
      tags: { Team: 'shop' },
      setting: [{ name: 'containerInsights', value: 'enabled' }],
    },
  },
];
