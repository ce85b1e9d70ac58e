"""What MiniStack 1.5.33 lacks of Secrets Manager: rotation that is only planned, refused, or called off."""

import json

from ministack.core.responses import error_response_json, json_response
from ministack.services import secretsmanager

from actions import add_actions

NO_FUNCTION = "No Lambda rotation function ARN is associated with this secret."

describe, rotate = secretsmanager._describe_secret, secretsmanager._rotate_secret


def describe_with_owner(data):
    answer = describe(data)
    _, secret = secretsmanager._resolve(data.get("SecretId"))
    if answer[0] == 200 and "OwningService" in secret:
        return json_response({**json.loads(answer[2]), "OwningService": secret["OwningService"]})
    return answer


def rotate_as_asked(data):
    _, secret = secretsmanager._resolve(data.get("SecretId"))
    if secret is None or secret.get("DeletedDate"):
        return rotate(data)
    function = data.get("RotationLambdaARN") or secret.get("RotationLambdaARN")
    if not function and "OwningService" not in secret:
        return error_response_json("InvalidRequestException", NO_FUNCTION, 400)
    if data.get("RotateImmediately", True):
        return rotate(data)
    # Only the plan changes; MiniStack would make a new version of the secret.
    secret.update(RotationEnabled=True, RotationLambdaARN=function)
    secret["RotationRules"] = data.get("RotationRules") or secret.get("RotationRules")
    return json_response({"ARN": secret["ARN"], "Name": secret["Name"]})


def cancel(data):
    _, secret = secretsmanager._resolve(data.get("SecretId"), use_arn_scope=True)
    if secret is None:
        return error_response_json(
            "ResourceNotFoundException", "Secrets Manager can't find the specified secret.", 400
        )
    secret["RotationEnabled"] = False
    return json_response({"ARN": secret["ARN"], "Name": secret["Name"]})


add_actions(
    secretsmanager,
    {"DescribeSecret": describe_with_owner, "RotateSecret": rotate_as_asked, "CancelRotateSecret": cancel},
)
