"""For gap fillers: actions that a service lacks, where requests are JSON with their action in a header."""

import json


def add_actions(service, actions):
    """Answers these itself, whatever the service says to them; the others stay with it."""
    original = service.handle_request

    async def handle_request(method, path, headers, body, query_params):
        action = actions.get(headers.get("x-amz-target", "").rpartition(".")[2])
        if action is None:
            return await original(method, path, headers, body, query_params)
        return action(json.loads(body or b"{}"))

    service.handle_request = handle_request
