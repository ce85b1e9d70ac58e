"""What MiniStack 1.5.33 lacks of RDS's restores: a new instance as an old one was, with what AWS refuses."""

from datetime import datetime
from typing import NamedTuple

from ministack.services import rds

import gaps.rds_backups as backups
from replace import replace

# What a new instance has of the old one unless it is asked for otherwise.
INHERITED = (
    "AllocatedStorage",
    "BackupRetentionPeriod",
    "DatabaseInsightsMode",
    "DBInstanceClass",
    "Iops",
    "MaxAllocatedStorage",
    "MonitoringInterval",
    "MonitoringRoleArn",
    "PerformanceInsightsKMSKeyId",
    "PerformanceInsightsRetentionPeriod",
    "PreferredBackupWindow",
    "PreferredMaintenanceWindow",
    "StorageType",
)
# And what it has whatever it is asked for. Its groups, its zones and its protection are AWS's defaults.
KEPT = ("DBName", "Engine", "EngineVersion", "KmsKeyId", "MasterUsername", "StorageEncrypted")


class Origin(NamedTuple):
    # Of an instance, or of a snapshot.
    record: dict
    # ISO 8601 in UTC; nothing: all that there is.
    until: str | None


# By the new instance's name, for whoever starts its server.
origins = {}


def restore_to_time(params):
    source = find_source(params)
    if source is None:
        named = rds._p(params, "SourceDBInstanceIdentifier") or rds._p(params, "SourceDbiResourceId")
        return rds._error("DBInstanceNotFound", f"DBInstance {named} not found.", 404)
    target = rds._p(params, "TargetDBInstanceIdentifier")
    at = rds._p(params, "RestoreTime")
    refusal = refusal_of_target(target, params) or refusal_of_time(source, at, params)
    if refusal:
        return refusal
    backups.flush(source)
    return restore("RestoreDBInstanceToPointInTime", target, params, source, Origin(source, at or None))


def find_source(params):
    by_id = rds._p(params, "SourceDbiResourceId")
    return rds._resolve_instance(rds._p(params, "SourceDBInstanceIdentifier") or by_id) or backups.retained.get(by_id)


def refusal_of_time(source, at, params):
    if not source["BackupRetentionPeriod"]:
        message = f"Point in time restore is not enabled for {source['DBInstanceIdentifier']}: it keeps no backups"
        return rds._error("PointInTimeRestoreNotEnabled", message, 400)
    if bool(at) == (rds._p(params, "UseLatestRestorableTime") == "true"):
        message = "Exactly one of RestoreTime and UseLatestRestorableTime must be specified"
        return rds._error("InvalidParameterCombination", message, 400)
    reach = backups.window(source)
    if reach is None:
        message = f"DB instance {source['DBInstanceIdentifier']} has no backup to restore from yet"
        return rds._error("InvalidDBInstanceState", message, 400)
    asked = datetime.fromisoformat(at).timestamp() if at else reach[1]
    # In AWS's words.
    refused = "The specified instance cannot be restored to a time"
    if asked > reach[1]:
        return rds._error("InvalidParameterValue", f"{refused} later than {seconds(reach[1])}.", 400)
    if asked < reach[0]:
        days = source["BackupRetentionPeriod"]
        because = f"because its backup retention period is set to {days} days."
        return rds._error("InvalidParameterValue", f"{refused} earlier than {seconds(reach[0])} {because}", 400)
    return None


def seconds(timestamp):
    return rds._format_time(timestamp).replace(".000Z", "Z")


def restore_snapshot(params):
    identifier = rds._p(params, "DBSnapshotIdentifier").rpartition(":snapshot:")[2]
    snapshot = rds._snapshots.get(identifier)
    if snapshot is None:
        return rds._error("DBSnapshotNotFound", f"DBSnapshot {identifier} not found.", 404)
    if "_source" not in snapshot:
        return restore_record(params)
    target = rds._p(params, "DBInstanceIdentifier")
    refusal = refusal_of_target(target, params)
    if refusal:
        return refusal
    if snapshot["Status"] != "available":
        message = f"Snapshot {identifier} is currently {snapshot['Status']}"
        return rds._error("InvalidDBSnapshotState", message, 400)
    return restore("RestoreDBInstanceFromDBSnapshot", target, params, snapshot["_source"], Origin(snapshot, None))


def refusal_of_target(target, params):
    if target in rds._instances:
        return rds._error("DBInstanceAlreadyExists", "DB instance already exists", 400)
    if rds._p(params, "ManageMasterUserPassword"):
        # ModifyDBInstance does it, once the new one is available.
        message = "ManageMasterUserPassword applies to RDS for Oracle only"
        return rds._error("InvalidParameterCombination", message, 400)
    subnets = rds._p(params, "DBSubnetGroupName")
    if subnets and subnets not in rds._subnet_groups:
        return rds._error("DBSubnetGroupNotFoundFault", f"DB subnet group '{subnets}' does not exist.", 404)
    return None


def restore(action, target, params, source, origin):
    asked = {
        **{name: text(source[name]) for name in INHERITED if source.get(name)},
        "BackupRetentionPeriod": text(source["BackupRetentionPeriod"]),
        "EnablePerformanceInsights": text(source["PerformanceInsightsEnabled"]),
        "Port": text(source["Endpoint"]["Port"]),
        **params,
        **{name: text(source[name]) for name in KEPT if source.get(name)},
        "DBInstanceIdentifier": [target],
        # The owner keeps the password.
        "MasterUserPassword": [source["_MasterUserPassword"]],
    }
    origins[target] = origin
    answer = rds._create_db_instance(asked)
    if answer[0] >= 400:
        origins.pop(target)
        return answer
    return rds._single_instance_response(f"{action}Response", f"{action}Result", rds._instances[target])


def text(value):
    return [str(value).lower() if isinstance(value, bool) else str(value)]


restore_record = replace(rds, rds._restore_from_snapshot, restore_snapshot)
rds._ACTION_MAP["RestoreDBInstanceToPointInTime"] = restore_to_time
