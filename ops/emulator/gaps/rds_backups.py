"""What MiniStack 1.5.33 lacks of RDS's backups: snapshots that take a while, and how far back one can go.

What a backup holds is up to `keep`, `copy` and the others below: where databases are records only
it is their records, and where they are servers containers/database_backups.py takes the places of these.
"""

import copy as copies
import math
import time

from ministack.core.concurrency import spawn_background
from ministack.services import rds

import gaps.rds  # What it makes complete, this keeps.
from replace import replace

# By resource id, the records of instances that are gone and whose backups are not; `_reach` is their window.
retained = rds.AccountRegionScopedDict()

# Seconds that the latest time lies back. On AWS it is about 300.
LAG = 3

create, delete, modify = rds._create_db_instance_impl, rds._delete_db_instance_impl, rds._modify_db_instance
make_record, instance_xml = rds._create_snapshot_internal, rds._instance_xml


def keep(instance):
    """From now on it can be restored to any time."""
    instance["_kept_since"] = time.time()


def discard(instance):
    """What was kept of it is not needed any more."""
    instance.pop("_kept_since", None)


def flush(instance):
    """What was written until now is kept."""


def copy(instance, snapshot):
    """@returns once the snapshot has the data"""
    snapshot.update(Status="available", PercentProgress=100)


def tidy():
    """After an instance or a snapshot is gone."""


def window(instance):
    """@returns the earliest and the latest time, in whole seconds; nothing where there are no backups"""
    if "_reach" in instance:
        return instance["_reach"]
    since = instance.get("_kept_since")
    if since is None or not instance.get("BackupRetentionPeriod"):
        return None
    earliest, latest = math.ceil(since), math.floor(time.time()) - LAG
    return (earliest, latest) if earliest <= latest else None


def is_of_ours(instance):
    return instance["Engine"] == "postgres" and not instance.get("DBClusterIdentifier")


def create_with_backups(params):
    before = set(rds._instances)
    answer = create(params)
    identifier = rds._p(params, "DBInstanceIdentifier")
    if identifier in rds._instances and identifier not in before:
        follow_retention(rds._instances[identifier])
    return answer


def modify_with_backups(params):
    instance = rds._resolve_instance(rds._p(params, "DBInstanceIdentifier"))
    days = int(rds._p(params, "BackupRetentionPeriod") or "0")
    if instance and instance.get("BackupRetentionPeriod") and days:
        # Applied at once; only turning backups on or off waits for the maintenance window.
        instance["BackupRetentionPeriod"] = days
    answer = modify(params)
    if instance and answer[0] < 400:
        follow_retention(instance)
    return answer


def follow_retention(instance):
    if not is_of_ours(instance):
        return
    is_kept = "_kept_since" in instance
    if instance["BackupRetentionPeriod"] and not is_kept:
        keep(instance)
    if not instance["BackupRetentionPeriod"] and is_kept:
        discard(instance)


def make_snapshot_record(identifier, instance):
    snapshot = make_record(identifier, instance)
    if is_of_ours(instance):
        # What a restored instance has of it, also when this one is gone or changed.
        snapshot.update(Status="creating", PercentProgress=0, _source=copies.deepcopy(instance))
    return snapshot


def create_snapshot(params):
    identifier, db = rds._p(params, "DBSnapshotIdentifier"), rds._p(params, "DBInstanceIdentifier")
    instance = rds._resolve_instance(db)
    if instance and is_of_ours(instance) and instance["DBInstanceStatus"] != "available":
        return rds._error("InvalidDBInstanceState", f"Instance {db} is currently {instance['DBInstanceStatus']}", 400)
    answer = snapshot_records(params)
    if answer[0] < 400 and is_of_ours(instance):
        spawn_background(copy, instance, rds._snapshots[identifier])
    return answer


def delete_snapshot(params):
    snapshot = rds._snapshots.get(rds._p(params, "DBSnapshotIdentifier"))
    if snapshot and snapshot["Status"] == "creating":
        message = f"Snapshot {snapshot['DBSnapshotIdentifier']} is currently creating"
        return rds._error("InvalidDBSnapshotState", message, 400)
    answer = forget_snapshot(params)
    tidy()
    return answer


def delete_with_snapshot(params):
    instance = rds._resolve_instance(rds._p(params, "DBInstanceIdentifier"))
    if not instance or not is_of_ours(instance) or instance["DeletionProtection"]:
        return delete(params)
    final = rds._p(params, "FinalDBSnapshotIdentifier")
    if rds._p(params, "SkipFinalSnapshot") != "true":
        refusal = take_final(final, instance)
        if refusal:
            return refusal
    elif final:
        message = "FinalDBSnapshotIdentifier can not be specified when skipping the final snapshot."
        return rds._error("InvalidParameterCombination", message, 400)
    if rds._p(params, "DeleteAutomatedBackups") == "false" and window(instance):
        retain(instance)
    # It would make a record of its own, when the server is gone already.
    answer = delete({**params, "SkipFinalSnapshot": ["true"]})
    tidy()
    return answer


def retain(instance):
    earliest, _ = window(instance)
    flush(instance)
    retained[instance["DbiResourceId"]] = {**copies.deepcopy(instance), "_reach": (earliest, math.floor(time.time()))}


def take_final(identifier, instance):
    if not identifier:
        message = "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified."
        return rds._error("InvalidParameterCombination", message, 400)
    if identifier in rds._snapshots:
        message = f"Cannot create the snapshot because a snapshot with the identifier {identifier} already exists."
        return rds._error("DBSnapshotAlreadyExists", message, 400)
    copy(instance, rds._create_snapshot_internal(identifier, instance))
    return None


def xml_with_latest(instance):
    text = instance_xml(instance)
    begin, end = "<LatestRestorableTime>", "</LatestRestorableTime>"
    head, _, rest = text.partition(begin)
    reach = window(instance)
    said = f"{begin}{rds._format_time(reach[1])}{end}" if reach else ""
    return head + said + rest.partition(end)[2]


rds._create_db_instance_impl, rds._delete_db_instance_impl = create_with_backups, delete_with_snapshot
rds._create_snapshot_internal, rds._instance_xml = make_snapshot_record, xml_with_latest
replace(rds, modify, modify_with_backups)
snapshot_records = replace(rds, rds._create_db_snapshot, create_snapshot)
forget_snapshot = replace(rds, rds._delete_db_snapshot, delete_snapshot)
