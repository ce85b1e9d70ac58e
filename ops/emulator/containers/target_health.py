"""Load balancer: targets are asked for their health, and requests go to healthy ones.

To MiniStack every target is healthy, and /health of a load balancer is its own."""

import http.client
import random
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from ministack import app
from ministack.services import alb

from containers.settings import TARGET_INTERVAL_CAP
from replace import replace

# Seconds between two looks at what is due.
TICK = 0.2

HEALTHY = re.compile(
    r"(<Target><Id>([^<]*)</Id><Port>(\d+)</Port></Target>)<HealthStatus>healthy</HealthStatus>"
    r"<TargetHealth><State>healthy</State></TargetHealth>"
)
REASONS = {
    "initial": "<Reason>Elb.InitialHealthChecking</Reason>",
    "unhealthy": "<Reason>Target.FailedHealthChecks</Reason>",
}

# One for each registration: (group, address, port).
checks = {}
checkers = ThreadPoolExecutor(16)


class Check:
    def __init__(self):
        self.state, self.passed, self.failed = "initial", 0, 0
        self.due, self.is_running = 0.0, False
        # Since when somebody answers, well or not; nothing while it is silent.
        self.answers_since = None

    def run(self, group, address, port):
        try:
            status = ask(group, address, port)
            self.hear(status)
            self.count(group, status is not None and matches(group["Matcher"]["HttpCode"], status))
        finally:
            self.due = time.monotonic() + min(group["HealthCheckIntervalSeconds"], TARGET_INTERVAL_CAP)
            self.is_running = False

    def hear(self, status):
        if status is None:
            self.answers_since = None
        elif self.answers_since is None:
            self.answers_since = time.monotonic()

    def count(self, group, is_good):
        self.passed, self.failed = (self.passed + 1, 0) if is_good else (0, self.failed + 1)
        # A new target has to pass once only.
        if self.passed >= (1 if self.state == "initial" else group["HealthyThresholdCount"]):
            self.state = "healthy"
        if self.failed >= group["UnhealthyThresholdCount"]:
            self.state = "unhealthy"


def ask(group, address, port):
    """@returns the status; nothing when nobody answers"""
    asked = group["HealthCheckPort"]
    connection = http.client.HTTPConnection(
        address, port if asked == "traffic-port" else int(asked), timeout=group["HealthCheckTimeoutSeconds"]
    )
    try:
        connection.request("GET", group["HealthCheckPath"], headers={"User-Agent": "ELB-HealthChecker/2.0"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def matches(codes, status):
    """Of `200`, `200,204` and `200-299`."""
    ranges = [part.split("-") for part in codes.split(",")]
    return any(int(span[0]) <= status <= int(span[-1]) for span in ranges)


def ask_all():
    while True:
        time.sleep(TICK)
        registered = {}
        for (account, region, arn), group in alb._tgs.all_items():
            if group["TargetType"] == "ip":
                targets = alb._targets.get_scoped(account, region, arn) or []
                registered.update({key_of(group, target): group for target in targets})
        for key in [key for key in list(checks) if key not in registered]:
            checks.pop(key, None)
        for key, group in registered.items():
            ask_if_due(group, key)


def ask_if_due(group, key):
    check = checks.setdefault(key, Check())
    if not check.is_running and time.monotonic() >= check.due:
        check.is_running = True
        checkers.submit(check.run, group, *key[1:])


def key_of(group, target):
    return group["TargetGroupArn"], target["Id"], int(target.get("Port") or group["Port"])


def state_of(arn, address, port):
    check = checks.get((arn, address, int(port)))
    return check.state if check else "initial"


def answers_for(arn, address, port):
    """@returns seconds; nothing while it is silent"""
    check = checks.get((arn, address, int(port)))
    since = check.answers_since if check else None
    return None if since is None else time.monotonic() - since


def set_targets(arn, targets, previous=()):
    """A target that comes back, or one that got a gone one's address, starts anew."""
    stay = {address for address, _port in targets}
    for address in set(previous) - stay:
        for key in [key for key in list(checks) if key[:2] == (arn, address)]:
            checks.pop(key, None)
    return set_targets_for_group(arn, targets, previous)


def describe_health(params):
    status, headers, body = describe_target_health(params)
    arn = alb._p(params, "TargetGroupArn")

    def with_state(found):
        target, address, port = found.groups()
        state = state_of(arn, address, port)
        return f"{target}<TargetHealth><State>{state}</State>{REASONS.get(state, '')}</TargetHealth>"

    text = body.decode() if isinstance(body, bytes) else body
    return status, headers, HEALTHY.sub(with_state, text).encode()


async def forward(arn, method, path, headers, body, query, raw_query=None, raw_path=None):
    group = alb._tgs.get(arn)
    targets = alb._targets.get(arn) or []
    if not group or group["TargetType"] != "ip" or not targets:
        return await forward_to_group(arn, method, path, headers, body, query, raw_query, raw_path)
    # With none of them healthy it tries all, as AWS.
    good = [target for target in targets if state_of(*key_of(group, target)) == "healthy"]
    target = random.choice(good or targets)
    return await alb._proxy_http_target(
        target, group, method, raw_path or path, headers, body, query, raw_query
    )


set_targets_for_group = alb.set_targets_for_group
describe_target_health = alb._describe_target_health
forward_to_group = alb._forward_to_tg
replace(alb, set_targets_for_group, set_targets)
replace(alb, describe_target_health, describe_health)
replace(alb, forward_to_group, forward)
# That path belongs to whatever is behind the load balancer.
app._HEALTH_PATHS = tuple(path for path in app._HEALTH_PATHS if path != "/health")
threading.Thread(target=ask_all, daemon=True, name="target-health").start()
