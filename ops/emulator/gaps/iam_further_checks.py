"""What IAM is asked besides: whether the caller may pass a role on, and about a request's further resources."""

import json

from ministack import app
from ministack.core import iam_actions
from ministack.core.iam_evaluator import pin_request_caller
from ministack.core.responses import get_account_id
from ministack.core.router import detect_service, extract_region

from gaps.iam_conditions import context, first
from gaps.iam_resources import of_request

# Who gets the role, by what is asked for: the service, and where the role stands.
PASSED = {
    "ecs:RegisterTaskDefinition": ("ecs-tasks.amazonaws.com", ("taskRoleArn", "executionRoleArn")),
    "ecs:RunTask": ("ecs-tasks.amazonaws.com", ("taskRoleArn", "executionRoleArn")),
    "ec2:CreateFlowLogs": ("vpc-flow-logs.amazonaws.com", ("DeliverLogsPermissionArn",)),
    "rds:CreateDBInstance": ("monitoring.rds.amazonaws.com", ("MonitoringRoleArn",)),
    "rds:ModifyDBInstance": ("monitoring.rds.amazonaws.com", ("MonitoringRoleArn",)),
    "scheduler:CreateSchedule": ("scheduler.amazonaws.com", ("RoleArn",)),
    "scheduler:UpdateSchedule": ("scheduler.amazonaws.com", ("RoleArn",)),
    "events:PutTargets": ("events.amazonaws.com", ("RoleArn",)),
    "lambda:CreateFunction": ("lambda.amazonaws.com", ("Role",)),
}

dispatch = app._dispatch_service_request


async def dispatch_checked(method, path, headers, body, query_params, request_id):
    if app.AUTH:
        pin_request_caller(headers, query_params)
        request = (method, path, headers, body, query_params)
        for service, action, resource, keys in further_checks(*request):
            refusal = app._enforce_data_plane(
                service, action, headers, query_params, request_id, resource, keys, named_resource=resource
            )
            if refusal:
                return refusal
    return await dispatch(method, path, headers, body, query_params, request_id)


def further_checks(method, path, headers, body, query_params):
    """@returns the service that answers, action, resource and condition keys of each"""
    params = app._routing_params(method, path, headers, body, query_params)
    service = detect_service(method, path, headers, params)
    action = iam_actions.extract_iam_action(service, method, path, headers, body, params)
    if action is None:
        return []
    checks = []
    for arn in of_request(service, headers, body, extract_region(headers), get_account_id())[1:]:
        checks.append((service, action, arn, context(service, action, body, params)))
    if action in PASSED:
        recipient, fields = PASSED[action]
        for role in roles(body, params, fields):
            checks.append((service, "iam:PassRole", role, {"iam:PassedToService": recipient}))
    return checks


def roles(body, params, fields):
    try:
        found = list(values(json.loads(body or b"{}"), fields))
    except ValueError:
        found = [first(params, field) for field in fields]
    return [role for role in found if role]


def values(node, fields):
    """Whatever depth they stand at."""
    for name, value in node.items() if isinstance(node, dict) else enumerate(node):
        if name in fields:
            yield value
        elif isinstance(value, (dict, list)):
            yield from values(value, fields)


app._dispatch_service_request = dispatch_checked
