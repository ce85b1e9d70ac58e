"""Writes down what IAM is asked, and what it answers: who calls what, with which condition keys.

A line of JSON for each question. Root is asked nothing, and stands nowhere.
"""

import json
import os
import threading
import time

from ministack.core import iam_evaluator
from replace import replace

FILE = os.environ.get("EMULATOR_CALLS")

# Of the question that is being answered; tasks start on threads of their own.
question = threading.local()


def enforce(*args, **named):
    question.inside, question.asked = True, None
    try:
        refusal = original_enforce(*args, **named)
    finally:
        question.inside = False
    # Whoever is not known to IAM was refused before.
    if question.asked is not None:
        write(question.asked, refusal is None)
    return refusal


def evaluate(asked, policies, *limits):
    result = original_evaluate(asked, policies, *limits)
    if getattr(question, "inside", False):
        # What the resource's own policy says is still to come.
        question.asked = asked
    else:
        write(asked, result.decision == "Allow")
    return result


def write(asked, is_allowed):
    keys = {name: value for name, value in asked.service_context.items() if value not in (None, [], "")}
    line = {
        "time": time.time(),
        "principal": asked.principal_arn,
        "action": asked.action,
        "resource": asked.resource_arn,
        "context": {"aws:requestedregion": asked.region, **keys},
        "allowed": is_allowed,
    }
    # One line in one piece, whichever thread it comes from.
    os.write(calls, f"{json.dumps(line, default=str)}\n".encode())


if FILE:
    calls = os.open(FILE, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    original_enforce = replace(iam_evaluator, iam_evaluator.enforce, enforce)
    original_evaluate = replace(iam_evaluator, iam_evaluator.evaluate, evaluate)
