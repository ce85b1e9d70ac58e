"""Application Auto Scaling, which MiniStack 1.5.33 has not: limits that hold, policies that only lie there."""

import json
import time
import uuid

from ministack import app
from ministack.core import iam_actions, router
from ministack.core.responses import (
    AccountRegionScopedDict,
    error_response_json,
    get_account_id,
    get_region,
    json_response,
)
from ministack.services import ecs

SCOPE = "application-autoscaling"
LINKED_ROLE = (
    "role/aws-service-role/ecs.application-autoscaling.amazonaws.com"
    "/AWSServiceRoleForApplicationAutoScaling_ECSService"
)
NOT_SUSPENDED = {
    "DynamicScalingInSuspended": False,
    "DynamicScalingOutSuspended": False,
    "ScheduledScalingSuspended": False,
}

# By namespace, resource and dimension; policies by their name too.
targets = AccountRegionScopedDict()
policies = AccountRegionScopedDict()
# By ARN.
tags = AccountRegionScopedDict()


def key(data):
    return data["ServiceNamespace"], data["ResourceId"], data["ScalableDimension"]


def not_found(data):
    return error_response_json(
        "ObjectNotFoundException",
        "No scalable target registered for service namespace: {}, resource ID: {}, scalable dimension: {}".format(
            *key(data)
        ),
        400,
    )


def register(data):
    target = targets.get(key(data))
    if target is None:
        base = f"arn:aws:{SCOPE}:{get_region()}:{get_account_id()}"
        target = {
            "ScalableTargetARN": f"{base}:scalable-target/{uuid.uuid4().hex[:30]}",
            "RoleARN": f"arn:aws:iam::{get_account_id()}:{LINKED_ROLE}",
            "SuspendedState": NOT_SUSPENDED,
            "CreationTime": time.time(),
        }
    arn = target["ScalableTargetARN"]
    if "Tags" in data:
        tags[arn] = data["Tags"]
    targets[key(data)] = {**target, **without_tags(data)}
    hold_limits(targets[key(data)])
    return json_response({"ScalableTargetARN": arn})


def without_tags(data):
    return {name: value for name, value in data.items() if name != "Tags"}


def hold_limits(target):
    """AWS changes the number at once when new limits do not include it; that starts a store's first tasks."""
    kind, _, name = target["ResourceId"].partition("/")
    service = ecs._services.get(name)
    if kind != "service" or service is None or service["status"] != "ACTIVE":
        return
    desired = service["desiredCount"]
    held = min(max(desired, target["MinCapacity"]), target["MaxCapacity"])
    if held != desired:
        cluster, _, service_name = name.partition("/")
        ecs._update_service({"cluster": cluster, "service": service_name, "desiredCount": held})


def describe_targets(data):
    found = [
        target
        for (namespace, resource, dimension), target in targets.items()
        if namespace == data["ServiceNamespace"]
        and resource in data.get("ResourceIds", [resource])
        and dimension == data.get("ScalableDimension", dimension)
    ]
    return json_response({"ScalableTargets": found})


def deregister(data):
    target = targets.pop(key(data), None)
    if target is None:
        return not_found(data)
    tags.pop(target["ScalableTargetARN"], None)
    for policy in [policy for policy in policies if policy[:3] == key(data)]:
        del policies[policy]
    return json_response({})


def put_policy(data):
    if key(data) not in targets:
        return not_found(data)
    name = (*key(data), data["PolicyName"])
    policy = policies.get(name)
    if policy is None:
        base = f"arn:aws:autoscaling:{get_region()}:{get_account_id()}:scalingPolicy:{uuid.uuid4()}"
        arn = f"{base}:resource/{data['ServiceNamespace']}/{data['ResourceId']}:policyName/{data['PolicyName']}"
        policy = {"PolicyARN": arn, "Alarms": [], "CreationTime": time.time()}
    policies[name] = {**policy, **data}
    return json_response({"PolicyARN": policy["PolicyARN"], "Alarms": []})


def describe_policies(data):
    found = [
        policy
        for (namespace, resource, dimension, name), policy in policies.items()
        if namespace == data["ServiceNamespace"]
        and resource == data.get("ResourceId", resource)
        and dimension == data.get("ScalableDimension", dimension)
        and name in data.get("PolicyNames", [name])
    ]
    return json_response({"ScalingPolicies": found})


def delete_policy(data):
    if policies.pop((*key(data), data["PolicyName"]), None) is None:
        return error_response_json(
            "ObjectNotFoundException", f"No scaling policy found: {data['PolicyName']}", 400
        )
    return json_response({})


def tag(data):
    tags[data["ResourceARN"]] = {**tags.get(data["ResourceARN"], {}), **data["Tags"]}
    return json_response({})


def untag(data):
    kept = tags.get(data["ResourceARN"], {})
    tags[data["ResourceARN"]] = {name: kept[name] for name in kept if name not in data["TagKeys"]}
    return json_response({})


def list_tags(data):
    return json_response({"Tags": tags.get(data["ResourceARN"], {})})


ACTIONS = {
    "RegisterScalableTarget": register,
    "DescribeScalableTargets": describe_targets,
    "DeregisterScalableTarget": deregister,
    "PutScalingPolicy": put_policy,
    "DescribeScalingPolicies": describe_policies,
    "DeleteScalingPolicy": delete_policy,
    "TagResource": tag,
    "UntagResource": untag,
    "ListTagsForResource": list_tags,
}


async def handle_request(_method, _path, headers, body, _query_params):
    name = headers.get("x-amz-target", "").rpartition(".")[2]
    if name not in ACTIONS:
        return error_response_json("InvalidAction", f"the emulator has no {name}", 400)
    return ACTIONS[name](json.loads(body or b"{}"))


app.SERVICE_HANDLERS[SCOPE] = handle_request
router.SERVICE_PATTERNS[SCOPE] = {"target_prefixes": ["AnyScaleFrontendService"]}
# Without it nothing would ask IAM.
iam_actions.SERVICE_TO_IAM_NAMESPACE[SCOPE] = SCOPE
