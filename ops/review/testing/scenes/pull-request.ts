/** A tag is renamed, a subnet narrowed, a policy widened, a port opened, and the database replaced. */
import type { Scene } from '../plan-between.ts';

const READ = { Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::store-images/*' };
const RULE_MAKER = { Effect: 'Allow', Action: ['iam:*'], Resource: '*' };

const DATABASE = {
  identifier: 'store',
  instance_class: 'db.t4g.micro',
  engine: 'postgres',
  engine_version: '17.5',
  allocated_storage: 20,
  db_name: 'store',
  username: 'store',
  manage_master_user_password: true,
  backup_retention_period: 7,
  storage_encrypted: true,
};
const SUBNET = { vpc_id: 'vpc-0123456789abcdef0', availability_zone: 'eu-central-1a' };

export const PULL_REQUEST: Scene = {
  before: {
    'main.tf.json': {
      resource: {
        aws_db_instance: { postgres: { ...DATABASE, availability_zone: 'eu-central-1a' } },
        aws_subnet: { private: { ...SUBNET, cidr_block: '10.0.0.0/20' } },
        aws_iam_role_policy: { task: policy([READ]) },
        aws_ecs_cluster: { cluster: { name: 'store', tags: { Owner: 'shop' } } },
        aws_cloudwatch_log_group: { log: { name: '/store/api', retention_in_days: 30 } },
      },
    },
  },
  after: {
    'main.tf.json': {
      resource: {
        aws_db_instance: { postgres: { ...DATABASE, availability_zone: 'eu-central-1b' } },
        aws_subnet: { private: { ...SUBNET, cidr_block: '10.0.0.0/24' } },
        aws_iam_role_policy: { task: policy([READ, RULE_MAKER]) },
        aws_ecs_cluster: { cluster: { name: 'store', tags: { Team: 'shop' } } },
        aws_cloudwatch_log_group: { log: { name: '/store/api', retention_in_days: 30 } },
        aws_vpc_security_group_ingress_rule: {
          shell: {
            security_group_id: 'sg-0123456789abcdef0',
            description: 'for a moment',
            cidr_ipv4: '0.0.0.0/0',
            ip_protocol: 'tcp',
            from_port: 22,
            to_port: 22,
          },
        },
      },
    },
  },
};

function policy(statements: readonly object[]): object {
  return {
    name: 'task',
    role: 'store-task',
    policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
  };
}
