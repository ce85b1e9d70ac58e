"""ECS tells EventBridge what happens to tasks; MiniStack's ECS tells nobody."""

import json

from ministack.services import ecs, eventbridge

from containers import task_end
from replace import replace

TOLD = (
    "taskArn", "clusterArn", "taskDefinitionArn", "group", "lastStatus", "desiredStatus",
    "stopCode", "stoppedReason", "containers", "startedBy", "version",
)


def tell(task):
    detail = ecs._sanitize({name: task.get(name) for name in TOLD})
    event = {
        "Source": "aws.ecs",
        "DetailType": "ECS Task State Change",
        "Detail": json.dumps(detail, default=str),
        "Resources": [task["taskArn"]],
    }
    eventbridge._put_events({"Entries": [event]}, allow_aws_source=True)


def telling(original):
    def mark(arn, task, *how):
        is_marked = original(arn, task, *how)
        if is_marked:
            tell(task)
        return is_marked

    return mark


def finish_and_tell(task):
    finish(task)
    tell(task)


finish = task_end.finish
replace(task_end, finish, finish_and_tell)
for transition in (ecs._mark_task_running, ecs._mark_task_stopped):
    replace(ecs, transition, telling(transition))
