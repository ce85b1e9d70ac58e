"""Backups of real databases, and real databases from backups, as PostgreSQL's manual has it ("Continuous Archiving").

Where backups are kept a first copy is made as soon as the server answers, and from then on its log
of changes is added to it. On AWS the last five minutes are not there yet; here it is three seconds.
"""

import threading
import time
import uuid
from datetime import UTC, datetime

from ministack.core.concurrency import spawn_background
from ministack.services import rds

import gaps.rds_backups as backups
import gaps.rds_restores as restores
from containers.settings import LABEL, NETWORK
from replace import replace

# Of all databases of this emulator; it goes with the last of them and of their snapshots.
VOLUME = f"{NETWORK}-backups"
FOLDER = "/backups"

# On every server, as it can be turned on only when it starts: it keeps nothing until there is a folder
# for it. A segment is 16 MiB, mostly empty when it is closed early.
ARCHIVE = 'test ! -d "$KEPT/log" || { gzip -1 <%p >"$KEPT/log/%f.part" && mv "$KEPT/log/%f.part" "$KEPT/log/%f"; }'

START = f"""
set -eu
chown postgres: {FOLDER}
[ -z "${{FROM:-}}" ] || cp -a "$FROM/." "$PGDATA"
[ -z "${{LOG:-}}" ] || install -o postgres -g postgres -m 600 /dev/null "$PGDATA/recovery.signal"
exec docker-entrypoint.sh "$@"
"""
COPY = 'pg_basebackup -U "$POSTGRES_USER" --checkpoint=fast --no-manifest --no-sync --progress -D "$TO"'
# The server's first start is without TCP, and is not yet what is kept.
READY = 'until pg_isready -q -h 127.0.0.1 -U "$POSTGRES_USER"; do sleep 0.2; done'
BEGIN = f'{READY}; mkdir -p "$KEPT/log" && TO="$KEPT/copy" && {COPY}'

# A change whose time is after any that may be asked for, or the server would not know where to stop.
FLUSH = """
set -eu
ask() { psql -qAtX -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres -c "$1"; }
ask 'select pg_current_xact_id()' >/dev/null
segment=$(ask 'select pg_walfile_name(pg_current_wal_insert_lsn())')
ask 'select pg_switch_wal()' >/dev/null
timeout 30 sh -c 'until [ -e "$KEPT/log/$0" ]; do sleep 0.1; done' "$segment"
"""
# It lets nobody in before it has recovered; then the owner's password is the one that RDS knows.
SET_PASSWORD = """
until psql -qAtX -U "$POSTGRES_USER" -d postgres -c 'select 1' >/dev/null 2>&1; do sleep 0.2; done
psql -qX -v ON_ERROR_STOP=1 -v password="$POSTGRES_PASSWORD" -U "$POSTGRES_USER" -d postgres <<'SQL'
ALTER ROLE :"USER" PASSWORD :'password'
SQL
"""

run_container = rds._run_rds_container
discard = backups.discard
volume = threading.Lock()


def run_with_backups(client, engine, options, **names):
    if engine != "postgres":
        return run_container(client, engine, options, **names)
    kept = f"{FOLDER}/{uuid.uuid4()}"
    origin = restores.origins.pop(options["labels"]["db_id"], None)
    settings = {"archive_mode": "on", "archive_command": ARCHIVE, **(recovery(origin) if origin else {})}
    options = {
        **options,
        "labels": {**options["labels"], "kept": kept},
        "environment": {**options["environment"], "KEPT": kept, **(sources(origin) if origin else {})},
        "volumes": {VOLUME: {"bind": FOLDER, "mode": "rw"}},
        "entrypoint": ["sh", "-c", START, "database"],
        "command": ["postgres", *(part for name, value in settings.items() for part in ("-c", f"{name}={value}"))],
    }
    with volume:
        # Otherwise the engine makes it, without the label by which it is found.
        client.volumes.create(VOLUME, labels={LABEL[0]: LABEL[1]})
        container = run_container(client, engine, options, **names)
    if origin:
        spawn_background(do, container, SET_PASSWORD)
    return container


def sources(origin):
    if "DBSnapshotIdentifier" in origin.record:
        return {"FROM": origin.record["_copy"]}
    kept = origin.record["_kept_in"]
    return {"FROM": f"{kept}/copy", "LOG": f"{kept}/log"}


def recovery(origin):
    if "LOG" not in sources(origin):
        return {}
    until = {}
    if origin.until:
        # PostgreSQL takes no Z here.
        moment = datetime.fromisoformat(origin.until).astimezone(UTC).isoformat()
        until = {"recovery_target_time": moment, "recovery_target_action": "promote"}
    return {"restore_command": 'gunzip -c <"$LOG/%f" >%p', "hot_standby": "off", **until}


def keep(instance):
    # Only one at a time asks for it.
    instance["_kept_since"] = None
    spawn_background(begin, instance)


def begin(instance):
    while instance["DBInstanceStatus"] == "creating" and not instance.get("_deleting"):
        time.sleep(0.2)
    if instance["DBInstanceStatus"] != "available" or instance.get("_deleting"):
        return
    container = container_of(instance)
    do(container, BEGIN)
    instance.update(_kept_in=container.labels["kept"], _kept_since=time.time())


def stop_keeping(instance):
    discard(instance)
    do(container_of(instance), 'rm -rf "$KEPT"')


def copy(instance, snapshot):
    snapshot["_copy"] = f"{FOLDER}/{uuid.uuid4()}"
    try:
        do(container_of(instance), COPY, TO=snapshot["_copy"])
    except Exception:
        snapshot["Status"] = "failed"
        raise
    snapshot.update(Status="available", PercentProgress=100)


def flush(instance):
    if "_reach" not in instance:
        do(container_of(instance), FLUSH)


def tidy():
    """What is kept of instances and snapshots that are gone takes space, no more: it goes when the last one does."""
    copied = [snapshot for _, snapshot in rds._snapshots.all_items() if "_copy" in snapshot]
    if copied or rds._instances.has_any() or backups.retained.has_any():
        return
    with volume:
        try:
            rds._get_docker().volumes.get(VOLUME).remove()
        except Exception as error:
            rds.logger.info("RDS: %s stays: %s", VOLUME, error)


def container_of(instance):
    return rds._get_docker().containers.get(instance["_docker_container_id"])


def do(container, script, **variables):
    # Nobody needs a password on the server itself.
    code, said = container.exec_run(["sh", "-c", script], user="postgres", environment=variables)
    if code:
        raise RuntimeError(f"{container.name}: {said.decode(errors='replace')}")


replace(rds, run_container, run_with_backups)
backups.keep, backups.discard, backups.flush = keep, stop_keeping, flush
backups.copy, backups.tidy = copy, tidy
