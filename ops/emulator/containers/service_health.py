"""How a service's task is, as its targets and its containers' own checks say."""

import time

from ministack.services import ecs

from containers.settings import GRACE_CAP, SILENT_GRACE_CAP
from containers.target_health import answers_for, state_of

# Seconds that a task must run to be trusted, if nothing asks for its health.
STEADY = 1.0

DOCKER_STATES = {"healthy": "HEALTHY", "unhealthy": "UNHEALTHY"}


def problem_of(service, task):
    """@returns why it has to go; nothing while it is new, or well"""
    grace, age = service.get("healthCheckGracePeriodSeconds") or 0, age_of(task)
    for target, state in target_states(service, task):
        answered = answers_for(*target)
        # A busy machine starts slowly: what answers has the short grace from its first answer on.
        is_over = age >= min(grace, SILENT_GRACE_CAP) if answered is None else answered >= min(grace, GRACE_CAP)
        if state == "unhealthy" and is_over:
            return f"Task failed ELB health checks in (target-group {target[0]})"
    # The engine counts the start period of a container's own check.
    if task["healthStatus"] == "UNHEALTHY" and age >= min(grace, GRACE_CAP):
        return "Task failed container health checks"
    return None


def is_healthy(service, task):
    """Everything that asks has heard yes."""
    states = [state for _target, state in target_states(service, task)]
    if not states and age_of(task) < STEADY:
        return False
    return all(state == "healthy" for state in states) and (
        task["healthStatus"] == "HEALTHY" or not has_check(task)
    )


def age_of(task):
    return time.monotonic() - task.setdefault("_running_since", time.monotonic())


def target_states(service, task):
    for balancer in service.get("loadBalancers") or []:
        target = balancer["targetGroupArn"], ecs._task_ip(task), balancer["containerPort"]
        yield target, state_of(*target)


def has_check(task):
    definition = ecs._task_defs.get(ecs._resolve_td_key(task["taskDefinitionArn"])) or {}
    return any(each.get("healthCheck") for each in definition.get("containerDefinitions", []))


def ask_containers(task):
    """Writes down what the engine's own health checks say."""
    if not has_check(task):
        return
    states = []
    for index, identifier in enumerate(task["_docker_ids"]):
        try:
            health = ecs._get_docker().containers.get(identifier).attrs["State"].get("Health")
        except Exception:
            # It has ended; that is noticed elsewhere.
            return
        if health:
            states.append(DOCKER_STATES.get(health["Status"], "UNKNOWN"))
            task["containers"][index]["healthStatus"] = states[-1]
    # One that is ill makes the task ill; one that is not known yet makes it unknown.
    task["healthStatus"] = max(states, key=["HEALTHY", "UNKNOWN", "UNHEALTHY"].index, default="UNKNOWN")
