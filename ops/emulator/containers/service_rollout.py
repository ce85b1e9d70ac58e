"""Rollouts as ECS does them: new tasks count when they are healthy, and ill ones are replaced.

To MiniStack a container that runs is a task that serves."""

import threading
import time

from ministack.core.responses import request_scope
from ministack.services import ecs

from containers.service_health import ask_containers, is_healthy, problem_of
from containers.task_end import ask_to_stop
from replace import replace

# Seconds: between two looks, until a task that failed is tried again, and how long a deployment
# that failed is listed at least. On ECS its way back takes minutes: who asks meanwhile sees it.
TICK = 0.5
RESTART_PAUSE = 1.0
FAILED_LISTED = 5.0

ALIVE = ("PROVISIONING", "PENDING", "ACTIVATING", "RUNNING", "DEACTIVATING")

reconciling = threading.RLock()


def look_after_services():
    while True:
        time.sleep(TICK)
        for (account, region, key), service in ecs._services.all_items():
            try:
                with request_scope(account, region):
                    look_after(key, service)
            except Exception:
                ecs.logger.exception("ECS: looking after %s", key)


def look_after(key, service):
    if service["status"] == "DRAINING" and not tasks_of(service):
        service["status"] = "INACTIVE"
    if service["status"] != "ACTIVE":
        return
    for task in tasks_of(service):
        if task["lastStatus"] == "RUNNING":
            judge(key, service, task)
    cluster = key.split("/", 1)[0]
    ecs._reconcile_service_tasks(cluster, key)
    ecs._complete_service_deployment(cluster, key)
    forget_failed(service)


def judge(key, service, task):
    ask_containers(task)
    problem = problem_of(service, task)
    if problem and ask_to_stop(task, problem, "ServiceSchedulerInitiated"):
        say(service, f"(task {task['taskArn'].rsplit('/', 1)[-1]}) is unhealthy: {problem}.")
        ecs._record_service_task_failure(task)
    elif not problem and not task["_startup_stable"] and is_healthy(service, task):
        ecs._record_service_task_healthy(key, task)


def tasks_of(service):
    group = f"service:{service['serviceName']}"
    return [
        task
        for task in list(ecs._tasks.values())
        if task.get("group") == group
        and task["clusterArn"] == service["clusterArn"]
        and task["lastStatus"] in ALIVE
    ]


def forget_failed(service):
    """After the way back ECS lists the revision before, alone; until then both."""
    primary = ecs._primary_deployment(service)
    if primary and primary["rolloutState"] == "COMPLETED":
        busy = {task.get("_deployment_id") for task in tasks_of(service)}
        recent = time.monotonic() - FAILED_LISTED
        service["deployments"] = [
            each
            for each in service["deployments"]
            if each is primary or each["id"] in busy or each.get("_broken_off_at", 0) > recent
        ]


def say(service, message):
    event = {"id": ecs.new_uuid(), "createdAt": ecs._iso()}
    service["events"].insert(0, {**event, "message": f"(service {service['serviceName']}) {message}"})


def deployment_of(task_definition, desired, status="PRIMARY"):
    made = make_deployment(task_definition, desired, status)
    if desired > 0:
        reason = f"ECS deployment {made['id']} in progress."
        made.update(rolloutState="IN_PROGRESS", rolloutStateReason=reason)
    return made


def update(request):
    """The first tasks of a deployment that was made with none are a rollout too."""
    cluster = ecs._resolve_cluster_name(request.get("cluster", "default"))
    name = ecs._resolve_service_ref(request.get("service", "")) or ("",)
    service = ecs._services.get(f"{cluster}/{name[0]}")
    if service and service["desiredCount"] == 0 and request.get("desiredCount"):
        primary = ecs._primary_deployment(service)
        if primary and not primary.get("_has_been_healthy"):
            primary["rolloutState"] = "IN_PROGRESS"
    return update_service(request)


def reconcile(cluster, key):
    service = ecs._services.get(key)
    if not service or time.monotonic() - service.get("_failed_at", float("-inf")) < RESTART_PAUSE:
        return
    # Several notice the same gap at once: a request, a task's end, the regular look.
    with reconciling:
        before = {task["taskArn"] for task in tasks_of(service)}
        reconcile_tasks(cluster, key)
        for arn in {task["taskArn"] for task in tasks_of(service)} - before:
            say(service, f"has started 1 tasks: (task {arn.rsplit('/', 1)[-1]}).")


def complete(cluster, key, expected=None):
    service = ecs._services.get(key)
    primary = service and ecs._primary_deployment(service)
    was = primary and primary["rolloutState"]
    complete_deployment(cluster, key, expected)
    if primary and was != "COMPLETED" and primary["rolloutState"] == "COMPLETED":
        primary["_has_been_healthy"] = service["desiredCount"] > 0
        primary["rolloutStateReason"] = f"ECS deployment {primary['id']} completed."
        say(service, "has reached a steady state.")


def record_failure(task, *how):
    cluster = ecs._cluster_name_from_arn(task["clusterArn"])
    service = ecs._services.get(f"{cluster}/{task.get('group', '').rsplit(':', 1)[-1]}")
    if not service:
        return
    service["_failed_at"] = time.monotonic()
    failing = ecs._primary_deployment(service)
    was, events = failing and failing["rolloutState"], len(service["events"])
    record_task_failure(task, *how)
    if not failing or was == "FAILED" or failing["rolloutState"] != "FAILED":
        return
    failing["_broken_off_at"] = time.monotonic()
    # In ECS's own words.
    del service["events"][: len(service["events"]) - events]
    failing["rolloutStateReason"] = "ECS deployment circuit breaker: tasks failed to start."
    say(service, f"(deployment {failing['id']}) deployment failed: tasks failed to start.")
    primary = ecs._primary_deployment(service)
    if primary is not failing:
        way_back = f"rolling back to deploymentId {primary['id']}."
        primary["rolloutStateReason"] = f"ECS deployment circuit breaker: {way_back}"
        say(service, way_back)


def delete(request):
    """It drains until its last task has ended."""
    answer = delete_service(request)
    cluster = ecs._resolve_cluster_name(request.get("cluster", "default"))
    name = ecs._resolve_service_ref(request.get("service", "")) or ("",)
    service = ecs._services.get(f"{cluster}/{name[0]}")
    if answer[0] >= 400 or not tasks_of(service):
        return answer
    service["status"] = "DRAINING"
    return ecs.json_response({"service": ecs._sanitize(service)})


make_deployment, update_service = ecs._make_deployment, ecs._update_service
reconcile_tasks, complete_deployment = ecs._reconcile_service_tasks, ecs._complete_service_deployment
record_task_failure, delete_service = ecs._record_service_task_failure, ecs._delete_service
replace(ecs, make_deployment, deployment_of)
replace(ecs, update_service, update)
replace(ecs, reconcile_tasks, reconcile)
replace(ecs, complete_deployment, complete)
replace(ecs, record_task_failure, record_failure)
replace(ecs, delete_service, delete)
# The regular look does it.
replace(ecs, ecs._schedule_service_deployment_completion, lambda *_service, **_more: None)
threading.Thread(target=look_after_services, daemon=True, name="services").start()
