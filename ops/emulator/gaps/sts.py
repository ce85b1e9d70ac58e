"""What MiniStack 1.5.33 leaves out of a token's claims: those of GitHub's that AWS made condition keys in 2026."""

from ministack.services import cognito, sts

ISSUER = "token.actions.githubusercontent.com"
# Under "GitHub": https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
CLAIMS = (
    "actor",
    "actor_id",
    "enterprise_id",
    "environment",
    "job_workflow_ref",
    "ref",
    "repository",
    "repository_id",
    "repository_owner_id",
    "workflow",
)

principal = sts._web_identity_principal


def principal_with_claims(token, provider_id, role_arn):
    provider, keys = principal(token, provider_id, role_arn)
    if provider.endswith(f"/{ISSUER}"):
        claims = cognito._decode_id_token_unverified(token)
        keys |= {f"{ISSUER}:{name}": claims[name] for name in CLAIMS if name in claims}
    return provider, keys


sts._web_identity_principal = principal_with_claims
