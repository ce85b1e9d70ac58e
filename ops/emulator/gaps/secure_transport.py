"""Requests count as encrypted: MiniStack is asked over plain HTTP, which TLS-only policies refuse."""

from ministack.core import iam_evaluator
from replace import replace


def resolve(key, context):
    # As on AWS, where clients know no other way; what such a policy would refuse is not shown.
    return "true" if key.lower() == "aws:securetransport" else original(key, context)


original = replace(iam_evaluator, iam_evaluator._resolve_condition_key, resolve)
