"""Which resources AWS asks IAM about; MiniStack 1.5.33 asks about one of each request, and sometimes a wrong one."""

import json

from ministack.core import iam_actions
from ministack.services import ecs

import gaps.application_autoscaling as autoscaling

extract = iam_actions.extract_resource_arn

ANY = "*"

# What each action of ECS is about: the kind, and the fields that name it.
ECS = {
    "CreateCluster": ("cluster", "clusterName"),
    "DescribeClusters": ("cluster", "clusters"),
    "CreateService": ("service", "serviceName"),
    "UpdateService": ("service", "service"),
    "DeleteService": ("service", "service"),
    "DescribeServices": ("service", "services"),
    "RunTask": ("task-definition", "taskDefinition"),
    "StartTask": ("task-definition", "taskDefinition"),
    "StopTask": ("task", "task"),
    "ExecuteCommand": ("task", "task"),
    "DescribeTasks": ("task", "tasks"),
}
# Their policies can name no resource, or none that a request names.
ECS_ANYTHING = {
    "DeregisterTaskDefinition",
    "DescribeTaskDefinition",
    "ListClusters",
    "ListServices",
    "ListTaskDefinitionFamilies",
    "ListTaskDefinitions",
    "ListTasks",
}


def resources(service, action, data, base):
    """@returns all ARNs of a request, or nothing when MiniStack's own answer is right"""
    if service == "ecs":
        return of_ecs(action, data, base)
    if service == "ssm" and action in ("GetParameters", "DeleteParameters"):
        return [named(f"{base}:parameter/", name.lstrip("/")) for name in data.get("Names", [])]
    if service == "logs" and "resourceArn" not in data:
        # Of a whole group too: what a policy calls `log-group:<name>:*` matches it.
        group, stream = data.get("logGroupName", ""), data.get("logStreamName", "")
        return [f"{base}:log-group:{group}:log-stream:{stream}"]
    if service == "wafv2":
        return of_waf(data, base)
    if service == autoscaling.SCOPE:
        return of_autoscaling(action, data, base)
    return []


def named(prefix, name):
    return name if name.startswith("arn:") else prefix + name


def of_ecs(action, data, base):
    if action == "RegisterTaskDefinition":
        return [f"{base}:task-definition/{data.get('family', '')}:*"]
    if action in ECS_ANYTHING:
        return [ANY]
    if action not in ECS:
        return [data["resourceArn"]] if "resourceArn" in data else []
    kind, field = ECS[action]
    value = data.get(field) or []
    names = value if isinstance(value, list) else [value]
    if kind == "task-definition":
        # A family is its newest revision.
        names = [ecs._resolve_td_key(name) or name for name in names]
    cluster = data.get("cluster", "default").rpartition("/")[2]
    below = f"{cluster}/" if kind in ("service", "task") else ""
    return [named(f"{base}:{kind}/{below}", name) for name in names] or [ANY]


def of_waf(data, base):
    if "Id" in data and "Name" in data and data.get("Scope") == "REGIONAL":
        return [f"{base}:regional/webacl/{data['Name']}/{data['Id']}"]
    named_in = {**data, **data.get("LoggingConfiguration", {})}
    # An association is about both: the firewall, and what it stands before.
    return [named_in[field] for field in ("WebACLArn", "ResourceArn", "ResourceARN") if field in named_in]


def of_autoscaling(action, data, base):
    if action.startswith("Describe"):
        return [ANY]
    if "ResourceARN" in data:
        return [data["ResourceARN"]]
    target = autoscaling.targets.get(autoscaling.key(data))
    return [target["ScalableTargetARN"] if target else f"{base}:scalable-target/*"]


def of_request(service, headers, body, region, account):
    action = headers.get("x-amz-target", "").rpartition(".")[2]
    if not action:
        return []
    try:
        data = json.loads(body or b"{}")
    except ValueError:
        return []
    if not isinstance(data, dict):
        return []
    return resources(service, action, data, f"arn:aws:{service}:{region}:{account}")


def first_resource(*request):
    service, _method, _path, headers, body, _params, region, account = request
    found = of_request(service, headers, body, region, account)
    return found[0] if found else extract(*request)


iam_actions.extract_resource_arn = first_resource
