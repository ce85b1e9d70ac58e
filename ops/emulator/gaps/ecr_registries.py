"""Registries of other accounts: MiniStack 1.5.33 hears of no registryId, and takes the caller's own."""

import json

from ministack.core import iam_actions
from ministack.core.responses import get_account_id, get_region, request_scope
from ministack.services import ecr

from replace import replace

handle_request, policy_for_arn = ecr.handle_request, ecr.repository_policy_for_arn
extract = iam_actions.extract_resource_arn


def registry(body):
    """@returns the account that a request names, or nothing"""
    try:
        data = json.loads(body or b"{}")
    except ValueError:
        return None
    return data.get("registryId") if isinstance(data, dict) else None


async def handle_in_registry(method, path, headers, body, query_params):
    with request_scope(registry(body) or get_account_id(), get_region()):
        return await handle_request(method, path, headers, body, query_params)


def resource_in_registry(*request):
    service, _method, _path, _headers, body, _params, _region, account = request
    found = extract(*request)
    other = registry(body) if service == "ecr" else None
    return found.replace(f":{account}:", f":{other}:") if other else found


def policy_in_registry(resource_arn):
    _arn, _partition, _service, region, account, _name = resource_arn.split(":", 5)
    with request_scope(account, region):
        return policy_for_arn(resource_arn)


replace(ecr, handle_request, handle_in_registry)
replace(ecr, policy_for_arn, policy_in_registry)
iam_actions.extract_resource_arn = resource_in_registry
