/** What stops answering, because it goes or is made anew. */
import { HOLDS_DATA, LOSSES, meaningOf, OUTAGES } from '../../../stacks/addresses/stateful.ts';
import type { Values } from '../change.ts';
import type { Remark, Rule } from '../rule.ts';
import { byType } from './by-type.ts';

const REQUESTS = 'requests are refused until the new one is ready';
const ANOTHER_ADDRESS = 'its address changes, and callers have the old one';

/** Beside those of the project's own list. */
const ALSO_SERVING: Readonly<Record<string, string>> = {
  aws_api_gateway_rest_api: ANOTHER_ADDRESS,
  aws_apigatewayv2_api: ANOTHER_ADDRESS,
  aws_autoscaling_group: 'its machines stop, and new ones have to start',
  aws_cloudfront_distribution: ANOTHER_ADDRESS,
  aws_db_proxy: 'connections break until there is a proxy again',
  aws_eks_cluster: 'all that runs in the cluster stops',
  aws_eks_node_group: 'what runs on its machines stops, and starts elsewhere',
  aws_elb: REQUESTS,
  aws_instance: 'the machine stops, and what was only on its disk is gone',
  aws_lambda_function: REQUESTS,
  aws_lambda_function_url: ANOTHER_ADDRESS,
  aws_rds_cluster_instance: 'connections to this instance break',
};

const IN_USE =
  'what uses it has to do without, and where AWS does not let go of what is in use, the apply fails half-way';

/** What others have written down goes whether or not a new one is there before. */
function addressOf(type: string): string | undefined {
  return LOSSES.has(type) && !HOLDS_DATA.test(`${type}.`) ? meaningOf(type) : undefined;
}

const servingReplaced: Rule = {
  id: 'serving-replaced',
  rank: 'downtime',
  types: 'every',
  judge({ type, action, isGapless, replacePaths }): Remark[] {
    if (action !== 'replace') return [];
    const [path] = replacePaths;
    const where = path && { path };
    const address = addressOf(type);
    if (address !== undefined) {
      const why = `Another one takes its place; what goes is ${address}.`;
      return [{ what: 'is made anew, as another one', why, ...where }];
    }
    const outage = outageOf(type);
    if (outage === undefined || isGapless) return [];
    const what = 'is destroyed, then made anew';
    return [{ what, why: `Between the two, ${outage}.`, ...where }];
  },
};

/** The list of the project is of things that are made under another name, beside the old ones. */
function outageOf(type: string): string | undefined {
  if (!OUTAGES.has(type)) return ALSO_SERVING[type];
  const [meanwhile = ''] = meaningOf(type).split(/(?:, and )?the apply fails/);
  return meanwhile === '' ? IN_USE : meanwhile;
}

/** What may be there once only, by type. */
const TAKEN: Readonly<Record<string, string>> = {
  aws_alb: 'name',
  aws_cloudwatch_log_group: 'name',
  aws_db_instance: 'identifier',
  aws_db_subnet_group: 'name',
  aws_dynamodb_table: 'name',
  aws_ecr_repository: 'name',
  aws_ecs_service: 'name',
  aws_iam_policy: 'name',
  aws_iam_role: 'name',
  aws_kms_alias: 'name',
  aws_lambda_function: 'function_name',
  aws_lb: 'name',
  aws_lb_target_group: 'name',
  aws_rds_cluster: 'cluster_identifier',
  aws_s3_bucket: 'bucket',
  aws_security_group: 'name',
  aws_sqs_queue: 'name',
  aws_subnet: 'cidr_block',
  aws_wafv2_web_acl: 'name',
};

const nameTaken: Rule = {
  id: 'name-taken',
  rank: 'downtime',
  types: new Set(Object.keys(TAKEN)),
  judge({ type, action, isGapless, before, after }) {
    const argument = TAKEN[type] ?? 'name';
    if (action !== 'replace' || !isGapless || !isSame(argument, before, after)) return [];
    return [
      {
        what: `cannot be made beside the old one, which has the same ${argument.replaceAll('_', ' ')}`,
        why: 'The apply fails half-way, and leaves things as they are by then.',
        path: [argument],
      },
    ];
  },
};

function isSame(argument: string, before: Values, after: Values): boolean {
  return before[argument] === after[argument] && before[argument] !== undefined;
}

const servingDestroyed = byType({
  id: 'serving-destroyed',
  rank: 'downtime',
  on: ['destroy'],
  what: 'is destroyed',
  why: {
    aws_acm_certificate: 'Nobody can be served with the certificate any more.',
    aws_alb: 'Nothing answers at its address any more.',
    aws_api_gateway_rest_api: 'Nothing answers at its address any more.',
    aws_apigatewayv2_api: 'Nothing answers at its address any more.',
    aws_apigatewayv2_route: 'Requests that it took are refused.',
    aws_autoscaling_group: 'Its machines stop.',
    aws_cloudfront_distribution: 'Nothing answers at its address any more.',
    aws_cognito_user_pool_client: 'Nobody can log in with the applications that have its id.',
    aws_cognito_user_pool_domain: 'The login pages are gone.',
    aws_db_proxy: 'What reaches the database through it is cut off.',
    aws_ecs_cluster: 'Nothing can run in it any more.',
    aws_ecs_service: 'Its tasks stop, and nothing answers.',
    aws_eip: 'The address goes back to AWS; others may have let it in, or know it by DNS.',
    aws_eks_cluster: 'All that runs in the cluster stops.',
    aws_eks_node_group: 'What runs on its machines stops.',
    aws_iam_role: 'What runs with the role is refused everything.',
    aws_iam_role_policy: 'What runs with the role is refused what the policy allowed.',
    aws_iam_role_policy_attachment: 'What runs with the role is refused what the policy allowed.',
    aws_instance: 'The machine stops, and what was only on its disk is gone.',
    aws_internet_gateway: 'Nothing reaches the network from the internet, nor the other way.',
    aws_lambda_function: 'Whoever calls it gets an error.',
    aws_lambda_permission: 'Who called the function with it is refused.',
    aws_lb: 'Nothing answers at its address any more.',
    aws_lb_listener: 'Nothing answers at its port any more.',
    aws_lb_listener_certificate: 'Callers of the names on it get another certificate.',
    aws_lb_listener_rule: 'Requests that it took go another way, or are refused.',
    aws_lb_target_group: 'Nothing is sent to its targets any more.',
    aws_nat_gateway: 'What has no public address does not reach the internet any more.',
    aws_rds_cluster_instance: 'Connections to this instance break.',
    aws_route: 'What took this way does not arrive any more.',
    aws_route53_record: 'Who looks the name up finds nothing, or something else.',
    aws_route53_zone: 'No name of the domain is found any more.',
    aws_security_group_rule: 'What came or went by this rule is cut off.',
    aws_service_discovery_service: 'Others do not find it by its name any more.',
    aws_sns_topic: 'The subscriptions that people have confirmed are gone.',
    aws_vpc: 'The network is gone, with all that stood in it.',
    aws_vpc_endpoint: 'What reached AWS through it is cut off, or takes the way by the internet.',
    aws_vpc_security_group_egress_rule: 'What went out by this rule is cut off.',
    aws_vpc_security_group_ingress_rule: 'What came in by this rule is cut off.',
  },
});

const scalingEnds = byType({
  id: 'scaling-ends',
  rank: 'downtime',
  on: ['destroy'],
  what: 'is destroyed',
  why: {
    aws_appautoscaling_policy: 'Nothing is added any more when there is more to do.',
    aws_appautoscaling_target: 'Nothing is added any more when there is more to do.',
    aws_autoscaling_policy: 'Nothing is added any more when there is more to do.',
  },
});

export const DOWNTIME: readonly Rule[] = [
  servingReplaced,
  nameTaken,
  servingDestroyed,
  scalingEnds,
];
