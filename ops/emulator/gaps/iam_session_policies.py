"""A policy that a job brings with its token limits its session: MiniStack 1.5.33 keeps those of AssumeRole only."""

import re
from urllib.parse import parse_qs

from ministack.services import sts

handle = sts.handle_request


async def handle_request(method, path, headers, body, query_params):
    answer = await handle(method, path, headers, body, query_params)
    given = {**query_params, **parse_qs((body or b"").decode("utf-8", errors="replace"))}
    if sts._p(given, "Action") == "AssumeRoleWithWebIdentity" and sts._p(given, "Policy"):
        limit(answer, {"Policy": sts._p(given, "Policy"), "PolicyArns": []})
    return answer


def limit(answer, policies):
    _, _, body = answer
    text = body.decode() if isinstance(body, bytes) else body
    key = re.search(r"<AccessKeyId>([^<]+)<", text)
    # Who was not let in has no session.
    if key:
        sts._sessions[key.group(1)]["SessionPolicies"] = policies


sts.handle_request = handle_request
