"""How tasks end: noticed at once when they do it themselves, and with their time when they are asked to.

MiniStack calls a task stopped before it is, and gives each container five seconds."""

import time

from ministack.core.concurrency import resource_lock, spawn_background
from ministack.services import ecs, ecs_metadata

from replace import replace

# Seconds: ECS's default between SIGTERM and SIGKILL; until the last lines of a log have been read.
STOP_TIMEOUT = 30
LAST_LINES = 1

ENDED = "Essential container in task exited"


def ask_to_stop(task, reason, stop_code):
    """No new requests from here on; what is under way has its stopTimeout. @returns whether it was running"""
    arn = task["taskArn"]
    with resource_lock("ecs-task", arn):
        if not ecs._task_is_active(arn, task):
            return False
        ecs._bump_task_version(task)
        task.update(desiredStatus="STOPPED", lastStatus="DEACTIVATING", stoppingAt=ecs._iso())
        task.update(stopCode=stop_code, stoppedReason=reason)
        containers = list(task.get("_docker_ids") or [])
    # It leaves its target groups.
    refresh(task)
    spawn_background(stop, task, containers, thread_name=f"stop-{arn[-8:]}")
    return True


def stop(task, containers):
    client = ecs._get_docker()
    for index, identifier in enumerate(containers):
        try:
            container = client.containers.get(identifier)
            container.stop(timeout=stop_timeout(task, index))
            code = container.wait()["StatusCode"]
        except Exception as error:
            ecs.logger.warning("ECS: stopping %s: %s", identifier, error)
            code = None
        task["containers"][index].update(lastStatus="STOPPED", exitCode=code)
    finish(task)
    time.sleep(LAST_LINES)
    ecs._cleanup_task_resources(task, client)


def stop_timeout(task, index):
    definition = ecs._task_defs.get(ecs._resolve_td_key(task["taskDefinitionArn"])) or {}
    containers = definition.get("containerDefinitions") or [{}]
    return containers[index].get("stopTimeout") or STOP_TIMEOUT


def finish(task):
    arn = task["taskArn"]
    with resource_lock("ecs-task", arn):
        ecs._bump_task_version(task)
        task.update(lastStatus="STOPPED", stoppedAt=ecs._iso(), executionStoppedAt=ecs._iso())
    ecs_metadata.set_task_status(arn, known_status="STOPPED", desired_status="STOPPED")
    refresh(task)


def refresh(task):
    cluster = ecs._cluster_name_from_arn(task["clusterArn"])
    ecs._recount_cluster(cluster)
    ecs._refresh_service_state(cluster, task.get("group", ""))


def stop_for_service(request):
    """What MiniStack's scheduler calls when it has too many."""
    task = ecs._resolve_task(request["task"], request["cluster"])
    deployment = task.get("_deployment_id")
    ask_to_stop(
        task, f"Scaling activity initiated by (deployment {deployment})", "ServiceSchedulerInitiated"
    )


def stop_task(request):
    """The action: a service replaces what it loses by it."""
    cluster = ecs._resolve_cluster_name(request.get("cluster", "default"))
    task = cluster and ecs._resolve_task(request.get("task", ""), cluster)
    if not task:
        return stop_at_once(request)
    ask_to_stop(task, request.get("reason", "Task stopped by user"), "UserInitiated")
    return ecs.json_response({"task": ecs._sanitize(task)})


def watch(task, client, _account, _region):
    for index, identifier in enumerate(task["_docker_ids"]):
        spawn_background(await_end, task, client, index, identifier, thread_name=f"watch-{identifier[:8]}")


def await_end(task, client, index, identifier):
    code = exit_code(task, client, identifier)
    if not ecs._task_is_active(task["taskArn"], task):
        return
    task["containers"][index].update(lastStatus="STOPPED", exitCode=code)
    is_essential = (task["_container_essentials"] + [True])[index]
    if not is_essential and any(each["lastStatus"] != "STOPPED" for each in task["containers"]):
        return
    # The other containers go with it.
    ecs._mark_task_stopped(task["taskArn"], task, ENDED, "EssentialContainerExited")
    time.sleep(LAST_LINES)
    ecs._cleanup_task_resources(task, client)


def exit_code(task, client, identifier):
    from docker.errors import NotFound

    while ecs._task_is_active(task["taskArn"], task):
        try:
            return client.containers.get(identifier).wait()["StatusCode"]
        except NotFound:
            # Somebody has taken it away.
            return 137
        except Exception:
            # It runs for longer than the engine's client waits.
            time.sleep(0.1)
    return None


stop_at_once = ecs._stop_task
replace(ecs, stop_at_once, stop_for_service)
ecs._ACTION_MAP["StopTask"] = stop_task
replace(ecs, ecs._watch_task_lifecycle, watch)
# It asked the engine for each task in each listing.
replace(ecs, ecs._maybe_mark_stopped, lambda *_task: None)
