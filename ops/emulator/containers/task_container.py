"""Tasks' containers as ECS starts them: MiniStack leaves most of a container definition out."""

from ministack.services import ecs

from containers.settings import CONTAINER_INTERVAL_CAP, GATEWAY, GATEWAY_NAME, NETWORK
from replace import replace

SECOND = 10**9
build_options = ecs._build_run_kwargs


def options_of(definition, task_definition, *rest):
    options = build_options(definition, task_definition, *rest)
    task_id = rest[4]
    linux = definition.get("linuxParameters") or {}
    options.update(
        name=f"{NETWORK}-{task_id[:8]}-{definition['name']}",
        network=NETWORK,
        # Not the address of the engine's default bridge, which other containers are on.
        extra_hosts={GATEWAY_NAME: GATEWAY},
        entrypoint=definition.get("entryPoint"),
        user=definition.get("user"),
        working_dir=definition.get("workingDirectory"),
        # With nothing writable beside it, as in Fargate.
        read_only=bool(definition.get("readonlyRootFilesystem")),
        init=bool(linux.get("initProcessEnabled")),
        cap_drop=(linux.get("capabilities") or {}).get("drop") or None,
        **memory_of(definition, task_definition),
    )
    options["labels"].update(definition.get("dockerLabels") or {})
    if definition.get("healthCheck"):
        options["healthcheck"] = health_check(definition["healthCheck"])
    # An image of this machine's architecture stands in for the one that is asked for.
    options.pop("platform", None)
    # Nothing is published on this machine.
    options.pop("ports", None)
    return {name: value for name, value in options.items() if value is not None}


def memory_of(definition, task_definition):
    mebibytes = definition.get("memory") or task_definition.get("memory")
    # The second number includes swap: there is none in Fargate.
    return {"mem_limit": f"{mebibytes}m", "memswap_limit": f"{mebibytes}m"} if mebibytes else {}


def health_check(given):
    """As it says, but asked sooner."""
    return {
        "test": given["command"],
        "interval": int(min(given.get("interval") or 30, CONTAINER_INTERVAL_CAP) * SECOND),
        "timeout": int((given.get("timeout") or 5) * SECOND),
        "retries": int(given.get("retries") or 3),
        "start_period": int((given.get("startPeriod") or 0) * SECOND),
    }


replace(ecs, build_options, options_of)
