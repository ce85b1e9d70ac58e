/**
 * Actions for which AWS knows no resource: IAM takes no ARN for them, only `*`. Spelled one by one,
 * as the service's page of the Service Authorization Reference has them, with nothing under
 * "Resource types": https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
const WITHOUT_RESOURCES: Readonly<Record<string, readonly string[]>> = {
  // list_awscertificatemanager.html
  acm: ['RequestCertificate'],
  // list_awsapplicationautoscaling.html
  'application-autoscaling': ['DescribeScalableTargets', 'DescribeScalingPolicies'],
  // list_amazoncognitouserpools.html
  'cognito-idp': ['CreateUserPool', 'DescribeUserPoolDomain'],
  // list_amazonec2.html
  ec2: [
    'DescribeAccountAttributes',
    'DescribeAddresses',
    'DescribeAddressesAttribute',
    'DescribeFlowLogs',
    'DescribeInternetGateways',
    'DescribeNatGateways',
    'DescribeNetworkAcls',
    'DescribeNetworkInterfaces',
    'DescribePrefixLists',
    'DescribeRouteTables',
    'DescribeSecurityGroupRules',
    'DescribeSecurityGroups',
    'DescribeSubnets',
    'DescribeVpcEndpointServices',
    'DescribeVpcEndpoints',
    'DescribeVpcs',
  ],
  // list_amazonelasticcontainerregistry.html
  ecr: ['GetAuthorizationToken'],
  // list_amazonelasticcontainerservice.html
  ecs: [
    'DeregisterTaskDefinition',
    'DescribeTaskDefinition',
    // Its page names container instances, which Fargate has none of; `ecs:cluster` narrows it.
    'ListTasks',
  ],
  // list_awselasticloadbalancingv2.html
  elasticloadbalancing: [
    'DescribeCapacityReservation',
    'DescribeListenerAttributes',
    'DescribeListenerCertificates',
    'DescribeListeners',
    'DescribeLoadBalancerAttributes',
    'DescribeLoadBalancers',
    'DescribeRules',
    'DescribeTags',
    'DescribeTargetGroupAttributes',
    'DescribeTargetGroups',
    'DescribeTargetHealth',
    'SetWebAcl',
  ],
  // list_awskeymanagementservice.html
  kms: ['CreateKey', 'ListAliases'],
  // list_amazoncloudwatchlogs.html
  logs: [
    'CreateLogDelivery',
    'DeleteLogDelivery',
    'DeleteResourcePolicy',
    'DescribeLogGroups',
    'DescribeResourcePolicies',
    'PutResourcePolicy',
  ],
  // list_awsresourcegroups.html
  'resource-groups': ['CreateGroup'],
  // list_awssystemsmanager.html
  ssm: ['DescribeParameters'],
  // list_amazonsessionmanagermessagegatewayservice.html
  ssmmessages: [
    'CreateControlChannel',
    'CreateDataChannel',
    'OpenControlChannel',
    'OpenDataChannel',
  ],
  // list_awssecuritytokenservice.html
  sts: ['GetCallerIdentity'],
  // list_amazonresourcegrouptaggingapi.html
  tag: ['GetResources'],
};

export function hasNoResource(action: string): boolean {
  const [service = '', name = ''] = action.split(':');
  return WITHOUT_RESOURCES[service]?.includes(name) ?? false;
}
