"""A task that is started alone is of its family's group, unless it was given one; MiniStack's has none."""

from ministack.services import ecs

from replace import replace


def with_group(data):
    return run({"group": family_group(data), **data})


def family_group(data):
    # A family, with or without its revision, or the ARN.
    family = data.get("taskDefinition", "").rpartition("/")[2].partition(":")[0]
    return f"family:{family}"


run = replace(ecs, ecs._run_task, with_group)
