"""What tasks get beyond their definition. `injected.ts` lists it for people: change both."""

import time

from ministack.services import ecs, rds, sts

from containers.settings import GATEWAY_URL
from replace import replace

# Seconds; a rehearsal is over before.
KEYS_LAST = 12 * 3600

register_metadata = ecs._register_metadata


def register(task_arn, cluster_arn, task_definition, definition, launch_type, variables, *network):
    given = dict(variables)
    token = register_metadata(
        task_arn, cluster_arn, task_definition, definition, launch_type, variables, *network
    )
    # MiniStack's own way to the keys is one that AWS's clients refuse: http to a name.
    for name in ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN"):
        variables.pop(name, None)
    variables.update(AWS_ENDPOINT_URL=GATEWAY_URL, AWS_REGION=ecs.get_region())
    variables.update(keys_of(task_definition.get("taskRoleArn"), task_arn))
    variables.update(substitutes(given))
    # What the definition says itself counts.
    variables.update(given)
    return token


def keys_of(role_arn, task_arn):
    """The role's temporary keys, known to the emulator like those of AssumeRole."""
    if not role_arn:
        return {}
    account, role = role_arn.split(":")[4], role_arn.rsplit("/", 1)[-1]
    session = task_arn.rsplit("/", 1)[-1]
    key, secret = sts._gen_session_access_key(), sts._gen_secret()
    token = sts._gen_session_token()
    sts.register_session(key, {
        "Arn": f"arn:aws:sts::{account}:assumed-role/{role}/{session}",
        "UserId": f"{sts._role_id(role_arn)}:{session}",
        "SecretAccessKey": secret,
        "SessionToken": token,
        "Expiration": time.time() + KEYS_LAST,
        "AccountId": account,
        "PrincipalType": "AssumedRole",
        # ECS comes as itself, with nobody's key.
        "SourceAccessKeyId": "",
        "SourcePrincipalArn": "",
        "SessionTags": [],
        "SessionPolicies": None,
    })
    return {"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret, "AWS_SESSION_TOKEN": token}


def substitutes(given):
    """For what is public on AWS and only here otherwise: the authority of RDS, the pool's keys."""
    made = {}
    if "DATABASE_HOST" in given:
        made["DATABASE_CA"] = rds.pg_ca_cert_pem()
    if "AUTH_ISSUER" in given:
        pool = given["AUTH_ISSUER"].rstrip("/").rsplit("/", 1)[-1]
        made["AUTH_JWKS_URI"] = f"{GATEWAY_URL}/{pool}/.well-known/jwks.json"
        made["AUTH_ALLOW_HTTP_ISSUER"] = "true"
    return made


replace(ecs, register_metadata, register)
