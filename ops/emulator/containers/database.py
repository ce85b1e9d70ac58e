"""Databases: the ordinary PostgreSQL image, under a name as RDS gives it, reached through the network only."""

import hashlib

from ministack.services import rds

from containers.settings import NETWORK
from replace import replace

image_for_engine = rds._docker_image_for_engine
run_container = rds._run_rds_container
docker_scope = rds._rds_docker_scope

# Address of a container on the network -> the name that it was given.
names = {}


def ordinary_image(*engine_and_user):
    image, variables, port, path = image_for_engine(*engine_and_user)
    return image and image.removesuffix("-alpine"), variables, port, path


def endpoint_of(labels):
    # As AWS: the same middle part for all of an account in a region.
    account = hashlib.sha256(labels["account_id"].encode()).hexdigest()[:12]
    return f"{labels['db_id']}.{account}.{labels['region']}.rds.amazonaws.com"


def run_in_network(client, engine, options, tls_names=(), tls_ips=()):
    name = endpoint_of(options["labels"])
    alias = client.api.create_endpoint_config(aliases=[name])
    options = {**options, "networking_config": {NETWORK: alias}}
    # Nobody outside the network needs it.
    options.pop("ports", None)
    container = run_container(client, engine, options, [name, *tls_names], tls_ips)
    container.reload()
    names[container.attrs["NetworkSettings"]["Networks"][NETWORK]["IPAddress"]] = name
    return container


def reported_endpoint(host, port, _host_port):
    return names.get(host, host), port


replace(rds, image_for_engine, ordinary_image)
replace(rds, run_container, run_in_network)
replace(rds, rds._reported_endpoint, reported_endpoint)
# The engine knows a name once; this becomes part of all of them.
replace(rds, docker_scope, lambda *scope: f"{NETWORK}-{docker_scope(*scope)}")
