"""What MiniStack 1.5.33 leaves out of a task that people may enter: the agent that lets them in.

There is no channel behind it: who enters a task here, enters nothing.
"""

import json

from ministack.core.responses import json_response
from ministack.services import ecs

from replace import replace

AGENT = "ExecuteCommandAgent"

describe = ecs._describe_tasks


def with_agents(data):
    answer = describe(data)
    if answer[0] != 200:
        return answer
    described = json.loads(answer[2])
    for task in described["tasks"]:
        if task.get("enableExecuteCommand"):
            for container in task.get("containers", []):
                container["managedAgents"] = [{"name": AGENT, "lastStatus": task["lastStatus"]}]
    return json_response(described)


replace(ecs, describe, with_agents)
