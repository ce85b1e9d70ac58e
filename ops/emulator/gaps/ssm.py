"""What MiniStack 1.5.33 forgets of a parameter that gets a new value: which values it takes at all."""

import re

from ministack.core.responses import error_response_json
from ministack.services import ssm

from replace import replace

put_parameter = ssm._put_parameter


def put_with_pattern(data):
    existing = ssm._parameters.get(data.get("Name"))
    pattern = data.get("AllowedPattern") or (existing or {}).get("AllowedPattern", "")
    if pattern and not re.search(pattern, data.get("Value", "")):
        return error_response_json(
            "ParameterPatternMismatchException",
            f"Parameter value, cannot be validated against allowedPattern: {pattern}",
            400,
        )
    return put_parameter({**data, "AllowedPattern": pattern})


replace(ssm, put_parameter, put_with_pattern)
