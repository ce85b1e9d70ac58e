import type { TerraformTypes } from './terraform-type.ts';

const TAGS = ['elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags'];
const FIREWALL_TAGS = ['wafv2:TagResource', 'wafv2:UntagResource'];

export const DOOR = {
  aws_lb: {
    read: [
      'elasticloadbalancing:DescribeCapacityReservation',
      'elasticloadbalancing:DescribeLoadBalancerAttributes',
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeTags',
    ],
    write: [
      // Asked of whoever makes a load balancer.
      'ec2:DescribeAccountAttributes',
      'ec2:DescribeAddresses',
      // Whether those of one that goes are gone too.
      'ec2:DescribeNetworkInterfaces',
      'elasticloadbalancing:CreateLoadBalancer',
      'elasticloadbalancing:DeleteLoadBalancer',
      'elasticloadbalancing:ModifyLoadBalancerAttributes',
      'elasticloadbalancing:SetIpAddressType',
      'elasticloadbalancing:SetSecurityGroups',
      'elasticloadbalancing:SetSubnets',
      'iam:CreateServiceLinkedRole',
      ...TAGS,
    ],
  },
  aws_lb_listener: {
    read: [
      'elasticloadbalancing:DescribeListenerAttributes',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeTags',
    ],
    write: [
      'elasticloadbalancing:CreateListener',
      'elasticloadbalancing:DeleteListener',
      'elasticloadbalancing:ModifyListener',
      'elasticloadbalancing:ModifyListenerAttributes',
      ...TAGS,
    ],
  },
  aws_lb_listener_rule: {
    read: ['elasticloadbalancing:DescribeRules', 'elasticloadbalancing:DescribeTags'],
    write: [
      'elasticloadbalancing:CreateRule',
      'elasticloadbalancing:DeleteRule',
      'elasticloadbalancing:ModifyRule',
      'elasticloadbalancing:SetRulePriorities',
      ...TAGS,
    ],
  },
  aws_lb_target_group: {
    read: [
      'elasticloadbalancing:DescribeTags',
      'elasticloadbalancing:DescribeTargetGroupAttributes',
      'elasticloadbalancing:DescribeTargetGroups',
    ],
    write: [
      'elasticloadbalancing:CreateTargetGroup',
      'elasticloadbalancing:DeleteTargetGroup',
      'elasticloadbalancing:ModifyTargetGroup',
      'elasticloadbalancing:ModifyTargetGroupAttributes',
      ...TAGS,
    ],
  },
  aws_wafv2_web_acl: {
    read: ['wafv2:GetWebACL', 'wafv2:ListTagsForResource'],
    write: ['wafv2:CreateWebACL', 'wafv2:DeleteWebACL', 'wafv2:UpdateWebACL', ...FIREWALL_TAGS],
  },
  aws_wafv2_web_acl_association: {
    read: ['wafv2:GetWebACLForResource'],
    write: ['elasticloadbalancing:SetWebAcl', 'wafv2:AssociateWebACL', 'wafv2:DisassociateWebACL'],
  },
  aws_wafv2_web_acl_logging_configuration: {
    read: ['wafv2:GetLoggingConfiguration'],
    write: [
      'iam:CreateServiceLinkedRole',
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:PutResourcePolicy',
      'wafv2:DeleteLoggingConfiguration',
      'wafv2:PutLoggingConfiguration',
    ],
  },
  aws_acm_certificate: {
    read: ['acm:DescribeCertificate', 'acm:ListTagsForCertificate'],
    write: [
      'acm:AddTagsToCertificate',
      'acm:DeleteCertificate',
      'acm:RemoveTagsFromCertificate',
      'acm:RequestCertificate',
    ],
  },
  aws_acm_certificate_validation: { read: ['acm:DescribeCertificate'], write: [] },
  aws_route53_record: {
    read: ['route53:GetHostedZone', 'route53:ListResourceRecordSets'],
    write: ['route53:ChangeResourceRecordSets', 'route53:GetChange'],
  },
} as const satisfies TerraformTypes;
