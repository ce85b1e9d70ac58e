"""A rule of EventBridge may write to a log group; MiniStack's knows no such target."""

import json
import time

from ministack.services import cloudwatch_logs, eventbridge

from replace import replace

invoke = eventbridge._invoke_target


def invoke_or_write(target, event, rule, view=None):
    # arn:aws:logs:<region>:<account>:log-group:<name>
    parts = target.get("Arn", "").split(":")
    if parts[2:3] != ["logs"]:
        return invoke(target, event, rule, view)
    view = view or eventbridge._pattern_event_view(event)
    # AWS too makes a stream for each.
    where = {"logGroupName": parts[6], "logStreamName": eventbridge.new_uuid()}
    line = {"timestamp": int(time.time() * 1000), "message": json.dumps(view.event_with_detail())}
    cloudwatch_logs._create_log_stream(where)
    cloudwatch_logs._put_log_events({**where, "logEvents": [line]})


replace(eventbridge, invoke, invoke_or_write)
