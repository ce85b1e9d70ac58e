"""What MiniStack 1.5.33 lacks of RDS's automated backups: lists of them, and those that outlive their instance."""

from ministack.services import rds

import gaps.rds_backups as backups

# As they are called in an instance and in its backups.
SAME = (
    "AllocatedStorage",
    "AvailabilityZone",
    "BackupRetentionPeriod",
    "DBInstanceArn",
    "DBInstanceIdentifier",
    "DbiResourceId",
    "Engine",
    "EngineVersion",
    "InstanceCreateTime",
    "KmsKeyId",
    "LicenseModel",
    "MasterUsername",
    "StorageType",
)


def describe(params):
    asked = {name: rds._p(params, name) for name in ("DBInstanceIdentifier", "DbiResourceId") if rds._p(params, name)}
    living = [each for each in rds._instances.values() if backups.is_of_ours(each) and each["BackupRetentionPeriod"]]
    every = [*living, *backups.retained.values()]
    found = [each for each in every if all(each[name] == value for name, value in asked.items())]
    members = "".join(f"<DBInstanceAutomatedBackup>{xml(each)}</DBInstanceAutomatedBackup>" for each in found)
    action = "DescribeDBInstanceAutomatedBackups"
    body = f"<DBInstanceAutomatedBackups>{members}</DBInstanceAutomatedBackups>"
    return rds._xml(200, f"{action}Response", f"<{action}Result>{body}</{action}Result>")


def delete(params):
    identifier = rds._p(params, "DbiResourceId")
    backup = backups.retained.pop(identifier, None)
    if backup is None:
        return rds._error("DBInstanceAutomatedBackupNotFound", f"Automated backup {identifier} not found.", 404)
    backups.tidy()
    action = "DeleteDBInstanceAutomatedBackup"
    body = f"<DBInstanceAutomatedBackup>{xml(backup)}</DBInstanceAutomatedBackup>"
    return rds._xml(200, f"{action}Response", f"<{action}Result>{body}</{action}Result>")


def xml(instance):
    prefix, reach = instance["DBInstanceArn"].rpartition(":db:")[0], backups.window(instance)
    fields = {name: instance[name] for name in SAME}
    fields.update(
        BackupTarget="region",
        DBInstanceAutomatedBackupsArn=f"{prefix}:auto-backup:ab-{instance['DbiResourceId'][3:].lower()}",
        Encrypted=str(instance["StorageEncrypted"]).lower(),
        Port=instance["Endpoint"]["Port"],
        Region=prefix.split(":")[3],
        Status=status(instance, reach),
    )
    if reach:
        times = zip(("EarliestTime", "LatestTime"), reach)
        fields["RestoreWindow"] = "".join(f"<{name}>{rds._format_time(time)}</{name}>" for name, time in times)
    return "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())


def status(instance, reach):
    if "_reach" in instance:
        return "retained"
    return "active" if reach else "creating"


rds._ACTION_MAP["DescribeDBInstanceAutomatedBackups"] = describe
rds._ACTION_MAP["DeleteDBInstanceAutomatedBackup"] = delete
