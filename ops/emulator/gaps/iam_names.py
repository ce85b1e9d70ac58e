"""Which ARNs AWS asks IAM about where MiniStack 1.5.33 knows none, or one without the path or the name in it."""

import json
from urllib.parse import unquote

from ministack.core import iam_actions
from ministack.services import iam

import gaps.iam_resources  # Its answers come first; what is here looks at what is left.
from gaps.iam_conditions import first

extract = iam_actions.extract_resource_arn

# Kinds by how their ids begin.
EC2_IDS = {
    "eipalloc": "elastic-ip",
    "eni": "network-interface",
    "fl": "vpc-flow-log",
    "igw": "internet-gateway",
    "nat": "natgateway",
    "rtb": "route-table",
    "rtbassoc": "route-table",
    "sg": "security-group",
    "sgr": "security-group-rule",
    "subnet": "subnet",
    "vpc": "vpc",
    "vpce": "vpc-endpoint",
}
EC2_FIELDS = ("ResourceId.1", "NatGatewayId", "FlowLogId.1", "SecurityGroupRuleId.1", "AssociationId")
# What is made out of nothing.
EC2_MADE = {
    "AllocateAddress": "elastic-ip",
    "CreateInternetGateway": "internet-gateway",
    "CreateVpc": "vpc",
    "DisassociateAddress": "elastic-ip",
}


def of_iam(action, params, account):
    base, role = f"arn:aws:iam::{account}", first(params, "RoleName")
    path = first(params, "Path") or "/"
    if action == "CreateRole":
        return f"{base}:role{path}{role}"
    if action == "CreatePolicy":
        return f"{base}:policy{path}{first(params, 'PolicyName')}"
    if action == "CreateServiceLinkedRole":
        return f"{base}:role/aws-service-role/{first(params, 'AWSServiceName')}/any"
    return (iam._roles.get(role) or {}).get("Arn")


def of_ec2(action, params, base):
    for field in EC2_FIELDS:
        kind = EC2_IDS.get(first(params, field).partition("-")[0])
        if kind:
            return f"{base}:{kind}/{first(params, field)}"
    return f"{base}:{EC2_MADE[action]}/new" if action in EC2_MADE else None


def of_rds(action, params, base):
    if first(params, "ResourceName"):
        return first(params, "ResourceName")
    if first(params, "DBInstanceIdentifier"):
        return None
    if action == "DescribeDBInstances":
        return f"{base}:db:any"
    for field, kind in (("DBParameterGroupName", "pg"), ("DBSubnetGroupName", "subgrp")):
        if first(params, field):
            return f"{base}:{kind}:{first(params, field)}"
    return None


def of_load_balancing(action, params, base):
    for field in ("ResourceArns.member.1", "RuleArn", "RuleArns.member.1"):
        if first(params, field):
            return first(params, field)
    kinds = {"CreateLoadBalancer": "loadbalancer/app", "CreateTargetGroup": "targetgroup"}
    return f"{base}:{kinds[action]}/{first(params, 'Name')}/new" if action in kinds else None


def of_json(service, data, base):
    for field in ("ResourceArn", "ResourceARN", "SecretId", "Group", "Arn"):
        if str(data.get(field, "")).startswith("arn:"):
            return data[field]
    if service == "resource-groups" and (data.get("Group") or data.get("GroupName")):
        return f"{base}:group/{data.get('Group') or data['GroupName']}"
    if service == "kms" and data.get("AliasName"):
        return f"{base}:{data['AliasName']}"
    if service == "sqs" and data.get("QueueName"):
        return f"{base}:{data['QueueName']}"
    rule = data.get("Rule") or data.get("Name")
    if service == "events" and rule:
        # The default bus is not in its rules' ARNs.
        return f"{base}:rule/{rule}"
    return None


def arn(service, path, body, params, region, account):
    base = f"arn:aws:{service}:{region}:{account}"
    action = first(params, "Action")
    if service == "iam":
        return of_iam(action, params, account)
    by_query = {"ec2": of_ec2, "rds": of_rds, "elasticloadbalancing": of_load_balancing}
    if service in by_query:
        return by_query[service](action, params, base)
    if service == "route53" and "/change/" in path:
        return f"arn:aws:route53:::change/{path.rpartition('/')[2]}"
    if service == "resource-groups" and path.startswith("/resources/arn"):
        return unquote(path.split("/", 2)[2].removesuffix("/tags"))
    try:
        data = json.loads(body or b"{}")
    except ValueError:
        return None
    return of_json(service, data, base) if isinstance(data, dict) else None


def named_resource(*request):
    service, _method, path, _headers, body, params, region, account = request
    return arn(service, path, body, params, region, account) or extract(*request)


iam_actions.extract_resource_arn = named_resource
