"""Keys behind files and secrets: whoever reads or writes those must be allowed to use the key too.

MiniStack 1.5.33 asks about the file or the secret alone.
"""

import json

from ministack import app
from ministack.core import iam_actions, iam_evaluator
from ministack.core.iam_evaluator import pin_request_caller
from ministack.core.responses import get_account_id
from ministack.core.router import detect_service, extract_access_key_id, extract_region
from ministack.services import kms, s3, secretsmanager

# What each asks of the key. Sources: "Required permissions" under
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html and
# https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
NEEDED = {
    "s3:GetObject": ("kms:Decrypt",),
    "s3:PutObject": ("kms:GenerateDataKey",),
    "secretsmanager:GetSecretValue": ("kms:Decrypt",),
    "secretsmanager:PutSecretValue": ("kms:GenerateDataKey", "kms:Decrypt"),
    "secretsmanager:UpdateSecret": ("kms:GenerateDataKey", "kms:Decrypt"),
}

dispatch = app._dispatch_service_request


async def dispatch_with_key(method, path, headers, body, query_params, request_id):
    if app.AUTH:
        pin_request_caller(headers, query_params)
        params = app._routing_params(method, path, headers, body, query_params)
        service = detect_service(method, path, headers, params)
        action = iam_actions.extract_iam_action(service, method, path, headers, body, params)
        key, purpose = key_behind(action, path, headers, body) if action in NEEDED else (None, {})
        request = (service, method, path, headers, body, params)
        # Who may not have the file or the secret is told that, by the service itself.
        is_asked = key and is_allowed(action, request, query_params)
        for needed in NEEDED[action] if is_asked else ():
            refusal = ask(service, needed, key, purpose, headers, query_params, request_id)
            if refusal:
                return refusal
    return await dispatch(method, path, headers, body, query_params, request_id)


def is_allowed(action, request, query_params):
    service, _method, path, headers, body, params = request
    region = extract_region(headers)
    resource = iam_actions.extract_resource_arn(*request, region, get_account_id())
    keys = iam_actions.request_tag_context(service, action, body, params)
    if service == "s3":
        keys = {**keys, **iam_actions.s3_service_context(action, query_params, path, headers)}
    caller = extract_access_key_id(headers, query_params)
    asked = {"resource_arn": resource, "service_context": keys}
    return iam_evaluator.enforce(caller, action, service, region, **asked) is None


def key_behind(action, path, headers, body):
    """@returns the key's record, and what is encrypted, as keys of conditions"""
    if action.startswith("s3:"):
        bucket, _, name = path.lstrip("/").partition("/")
        return kms._resolve_key(key_of_file(bucket, name, headers)), of_file(bucket, name)
    data = json.loads(body or b"{}")
    _, secret = secretsmanager._resolve(data.get("SecretId", ""))
    if not secret or action.endswith("UpdateSecret") and "SecretString" not in data:
        return None, {}
    return kms._resolve_key(secret.get("KmsKeyId") or ""), {"SecretARN": secret["ARN"]}


def key_of_file(bucket, name, headers):
    header = "x-amz-server-side-encryption-aws-kms-key-id"
    found = s3._buckets.get(bucket, {}).get("objects", {}).get(name) or {}
    stored = found.get("preserved_headers", {})
    # One that is read tells its own; one that is written, what the request says, or the bucket.
    return headers.get(header) or stored.get(header) or s3._bucket_default_sse_headers(bucket).get(header) or ""


def of_file(bucket, name):
    # With a key of the bucket's own, the bucket is what is encrypted.
    is_bucket_key = "<BucketKeyEnabled>true" in (s3._bucket_encryption.get(bucket) or "")
    return {"aws:s3:arn": f"arn:aws:s3:::{bucket}" if is_bucket_key else f"arn:aws:s3:::{bucket}/{name}"}


def ask(service, action, key, purpose, headers, query_params, request_id):
    region = extract_region(headers)
    keys = {f"kms:EncryptionContext:{name}": value for name, value in purpose.items()}
    keys |= {"kms:ViaService": f"{service}.{region}.amazonaws.com", "kms:CallerAccount": get_account_id()}
    caller = extract_access_key_id(headers, query_params)
    refusal = iam_evaluator.enforce(caller, action, "kms", region, resource_arn=key["Arn"], service_context=keys)
    # Who has no valid keys is told so by the service itself.
    if not isinstance(refusal, iam_evaluator.EvalResult):
        return None
    is_explicit = refusal.decision == "Deny"
    message = iam_actions.identity_denial_message(action, refusal.principal_arn, key["Arn"], is_explicit)
    return iam_actions.access_denied_response(
        service, action, refusal.principal_arn, request_id, headers=headers, message=message
    )


app._dispatch_service_request = dispatch_with_key
