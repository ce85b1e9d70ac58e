"""Images of tasks: what ECR's name stands for is in the emulator itself, which is the registry."""

import re

from ministack.services import ecs

from containers.settings import PORT
from replace import replace

# Account, region, repository, and the tag or digest with its sign.
ECR_IMAGE = re.compile(r"^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com/([^:@]+)(.*)$")

run_container = ecs._run_docker_container


def run_pulled(client, definition, options, **_how):
    image = ECR_IMAGE.sub(rf"127.0.0.1:{PORT}/\3\4", definition["image"])
    if image != definition["image"]:
        pull(client, image, definition["image"])
    # An architecture is not asked for, and what there is has been pulled.
    return run_container(client, {**definition, "image": image}, options)


def pull(client, image, asked_for):
    """Each time, as Fargate does: an image that has left the registry does not start again."""
    try:
        client.images.pull(image)
    except Exception as error:
        raise ecs._ImagePullError(
            f"pull image manifest has been retried 1 time(s): failed to resolve ref {asked_for}: {error}"
        ) from error


replace(ecs, run_container, run_pulled)
# Tags stay tags: resolving them would ask registries that are not here. Ours are digests.
replace(ecs, ecs._deployment_needs_first_task, lambda *_deployment: False)
