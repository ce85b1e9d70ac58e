import { standIn } from '../plan/stand-ins.ts';
import { withoutStandIns } from './stand-ins.ts';

const PLACE = { accountId: '111111111111', region: 'eu-central-1' };

/** Account, region and service of an ARN are the environment's, so they are kept. */
const KNOWN: Readonly<Record<string, string>> = {
  'aws_kms_key.key.arn': 'arn:aws:kms:eu-central-1:111111111111:',
  'aws_lb.door.arn': 'arn:aws:elasticloadbalancing:eu-central-1:111111111111:',
  'aws_lb_target_group.service.arn': 'arn:aws:elasticloadbalancing:eu-central-1:111111111111:',
  'aws_db_instance.postgres.master_user_secret[0].secret_arn':
    'arn:aws:secretsmanager:eu-central-1:111111111111:',
  'aws_iam_role.task.arn': 'arn:aws:iam::111111111111:',
  'aws_s3_bucket.images.arn': 'arn:aws:s3:::',
  // Its service is guessed.
  'aws_sfn_state_machine.other.arn': 'arn:aws:(known after apply):eu-central-1:111111111111:',
};

test.each([
  'aws_vpc.vpc.id',
  'aws_kms_key.key.key_id',
  'aws_kms_key.key.arn',
  'aws_lb.door.arn',
  'aws_lb.door.dns_name',
  'aws_lb_target_group.service.arn',
  'aws_db_instance.postgres.address',
  'aws_db_instance.postgres.master_user_secret[0].secret_arn',
  'aws_iam_role.task.arn',
  'aws_cognito_user_pool.pool.id',
  'aws_cognito_user_pool_client.cli.id',
  'aws_eip.nat.public_ip',
  'aws_s3_bucket.images.arn',
  'aws_sfn_state_machine.other.arn',
])('what stands in for %s is known as such', (reference) => {
  const value = standIn(reference, 12, PLACE);

  expect(withoutStandIns(`{"Resource":"${String(value)}"}`)).toBe(
    `{"Resource":"${KNOWN[reference] ?? ''}(known after apply)"}`,
  );
});

test.each(['10.0.0.0/16', 'vpc-0a1b2c3d4e5f60718', 'arn:aws:iam::111111111111:role/task'])(
  'a real value stays: %s',
  (value) => {
    expect(withoutStandIns(value)).toBe(value);
  },
);
