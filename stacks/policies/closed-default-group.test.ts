import { add, refusalOf } from '../testing/refusal.ts';
import { closedDefaultGroup } from './closed-default-group.ts';

const vpcId = '${aws_vpc.vpc.id}';

test("refuses a VPC that keeps AWS's default group", () => {
  const refusal = refusalOf(closedDefaultGroup, (stack) => {
    add(stack, 'aws_vpc', 'vpc');
    add(stack, 'aws_vpc', 'other');
    add(stack, 'aws_default_security_group', 'group', { vpc_id: vpcId });
  });

  expect(refusal).toContain("[stack/other] aws_vpc keeps AWS's default group: add an");
  expect(refusal).not.toContain('[stack/vpc]');
});

test.each(['ingress', 'egress'])('refuses a default group with %s', (direction) => {
  const refusal = refusalOf(closedDefaultGroup, (stack) => {
    add(stack, 'aws_vpc', 'vpc');
    const rules = [{ protocol: '-1', from_port: 0, to_port: 0 }];
    add(stack, 'aws_default_security_group', 'it', { vpc_id: vpcId, [direction]: rules });
  });

  expect(refusal).toContain('[stack/it] aws_default_security_group has rules: set ingress: []');
});
