"""What MiniStack 1.5.33 lets through at a user pool: ways to sign in and up that are closed, and its deletion."""

from ministack.core.responses import error_response_json
from ministack.services import cognito

from replace import replace

PROTECTED = (
    "The user pool cannot be deleted because deletion protection is activated."
    " Deletion protection must be inactivated first."
)

# A client that names no flows has these.
WITHOUT_SAYING = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"]


def pool_of(client):
    pools = (pool for pool in cognito._user_pools.values() if client in pool["_clients"])
    return next(pools, None)


def flow_refusal(data):
    pool = pool_of(data.get("ClientId"))
    if pool is None:
        return None
    flows = pool["_clients"][data["ClientId"]].get("ExplicitAuthFlows") or WITHOUT_SAYING
    # Before 2019 they had no prefix, and this one a name of its own; refreshing has two.
    flow = {"ADMIN_NO_SRP_AUTH": "ADMIN_USER_PASSWORD_AUTH", "REFRESH_TOKEN": "REFRESH_TOKEN_AUTH"}.get(
        data.get("AuthFlow", ""), data.get("AuthFlow", "")
    )
    if f"ALLOW_{flow}" in flows or flow in flows:
        return None
    return error_response_json("InvalidParameterException", f"{flow} flow not enabled for this client", 400)


def sign_up_refusal(data):
    pool = pool_of(data.get("ClientId")) or {}
    if not pool.get("AdminCreateUserConfig", {}).get("AllowAdminCreateUserOnly"):
        return None
    return error_response_json("NotAuthorizedException", "SignUp is not permitted for this user pool", 400)


def deletion_refusal(data):
    pool = cognito._user_pools.get(data.get("UserPoolId")) or {}
    if pool.get("DeletionProtection") != "ACTIVE":
        return None
    return error_response_json("InvalidParameterException", PROTECTED, 400)


def refuse(original, refusal):
    replace(cognito, original, lambda data: refusal(data) or original(data))


refuse(cognito._initiate_auth, flow_refusal)
refuse(cognito._admin_initiate_auth, flow_refusal)
refuse(cognito._sign_up, sign_up_refusal)
refuse(cognito._delete_user_pool, deletion_refusal)
