"""Every container carries this emulator's label, and MiniStack's sweeps see no other emulator's."""

from ministack.core import container_reaper

from containers.settings import LABEL, NETWORK
from replace import replace

own_labels, reap_all = container_reaper.own_labels, container_reaper.reap_all


def labels(service, **extra):
    return {**own_labels(service, **extra), LABEL[0]: LABEL[1]}


def reap_own(docker_client, stop_timeout=2, include_unlabelled=False):
    # Containers without an owner are of somebody else's MiniStack: not ours to sweep.
    return reap_all(docker_client, stop_timeout)


replace(container_reaper, own_labels, labels)
replace(container_reaper, reap_all, reap_own)
# A port may be used again by another emulator; a network is of one.
replace(container_reaper, container_reaper.instance_id, lambda: NETWORK)
