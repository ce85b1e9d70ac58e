"""Condition keys that MiniStack 1.5.33 never sets: boundary and policy of IAM calls, cluster of ECS calls."""

import json

from ministack.core import iam_actions
from ministack.core.responses import get_account_id, get_region
from ministack.services import iam

request_tags = iam_actions.request_tag_context


def first(params, name):
    value = params.get(name) or ""
    return value[0] if isinstance(value, list) else value


def boundary(operation, params):
    """Of the request where something is made or gets one, otherwise of the role or user it is about."""
    if operation in ("CreateRole", "CreateUser", "PutRolePermissionsBoundary", "PutUserPermissionsBoundary"):
        return first(params, "PermissionsBoundary")
    principal = iam._roles.get(first(params, "RoleName")) or iam._users.get(first(params, "UserName")) or {}
    found = principal.get("PermissionsBoundary") or ""
    return found.get("PermissionsBoundaryArn", "") if isinstance(found, dict) else found


def of_iam(operation, params):
    keys = {
        "iam:PermissionsBoundary": boundary(operation, params),
        "iam:PolicyARN": first(params, "PolicyArn"),
    }
    return {name: value for name, value in keys.items() if value}


def of_ecs(body):
    try:
        cluster = json.loads(body or b"{}").get("cluster", "default")
    except ValueError:
        return {}
    if not cluster.startswith("arn:"):
        cluster = f"arn:aws:ecs:{get_region()}:{get_account_id()}:cluster/{cluster}"
    return {"ecs:cluster": cluster}


def context(service, action, body, params):
    found = request_tags(service, action, body, params)
    if service == "iam":
        return {**found, **of_iam(action.partition(":")[2], params)}
    return {**found, **of_ecs(body)} if service == "ecs" else found


iam_actions.request_tag_context = context
