"""Faults that somebody plants: a service that is away, keys that expire early, a clock that is wrong.

They stand in `faults.json` beside the log (ops/emulator/planted-faults.ts writes it), and hold as
long as they stand there.
"""

import datetime
import json
import os
import re
import time
from email.utils import formatdate

from ministack import app as server
from ministack.core import sigv4
from ministack.services import sts
from replace import replace

FILE = "faults.json"
SERVICE = re.compile(rb"Credential=[^/]+/\d+/[^/]+/([^/]+)/")

# When the file was read last, what it says, and the actions seen since then that a fault waits for.
read = {"at": None, "faults": {}, "seen": set()}


def faults():
    try:
        at = os.stat(FILE).st_mtime_ns
    except FileNotFoundError:
        read.update(at=None, faults={}, seen=set())
        return {}
    if at != read["at"]:
        with open(FILE) as file:
            read.update(at=at, faults=json.load(file), seen=set())
        for key in read["faults"].get("expired", []):
            if key in sts._sessions:
                sts._sessions[key]["Expiration"] = time.time() - 1
    return read["faults"]


def ahead():
    return faults().get("clockAheadSeconds", 0)


def is_away(headers):
    service = SERVICE.search(headers.get(b"authorization", b""))
    action = headers.get(b"x-amz-target", b"").decode().split(".")[-1]
    if action:
        read["seen"].add(action)
    for fault in faults().get("away", []):
        begins = fault.get("onceSeen")
        if service and service[1].decode() == fault["service"] and (begins is None or begins in read["seen"]):
            return True
    return False


async def answer(scope, receive, send):
    if scope["type"] == "http" and is_away(dict(scope["headers"])):
        await send({"type": "http.response.start", "status": 503, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})
        return
    await original(scope, receive, dated(send) if ahead() else send)


def dated(send):
    # Clients learn from this header how wrong their own clock is.
    async def send_with_date(message):
        if message["type"] == "http.response.start":
            others = [pair for pair in message.get("headers", []) if pair[0].lower() != b"date"]
            date = formatdate(time.time() + ahead(), usegmt=True).encode()
            message = {**message, "headers": [*others, (b"date", date)]}
        await send(message)

    return send_with_date


def request_time_failure(signature):
    now = datetime.datetime.now(datetime.timezone.utc)
    return original_time(signature, now=now + datetime.timedelta(seconds=ahead()))


original, server.app = server.app, answer
original_time = replace(sigv4, sigv4.request_time_failure, request_time_failure)
