"""Which ARNs AWS asks IAM about when databases are copied and restored; MiniStack 1.5.33 knows one of them."""

import gaps.iam_further_checks as further
import gaps.iam_names as names
from gaps.iam_conditions import context, first
from ministack.core.responses import get_account_id
from ministack.core.router import extract_region
from ministack.services import rds

# Action -> the fields that name something, and the kind of it.
NAMED = {
    "CreateDBSnapshot": {"DBSnapshotIdentifier": "snapshot", "DBInstanceIdentifier": "db"},
    "DeleteDBSnapshot": {"DBSnapshotIdentifier": "snapshot"},
    "DescribeDBSnapshots": {"DBSnapshotIdentifier": "snapshot", "DBInstanceIdentifier": "db"},
    "DescribeDBInstanceAutomatedBackups": {"DBInstanceIdentifier": "db"},
    "RestoreDBInstanceFromDBSnapshot": {"DBSnapshotIdentifier": "snapshot", "DBInstanceIdentifier": "db"},
    "RestoreDBInstanceToPointInTime": {"SourceDBInstanceIdentifier": "db", "TargetDBInstanceIdentifier": "db"},
}
# A restore is always about these too: about the default ones where it names none.
GROUPS = {"DBSubnetGroupName": "subgrp", "DBParameterGroupName": "pg", "OptionGroupName": "og"}
DEFAULTS = {"DBSubnetGroupName": "default", "DBParameterGroupName": "default.{}", "OptionGroupName": "default:{}"}
# Of the lists, where nothing is named.
LISTED = {"DescribeDBSnapshots": "snapshot", "DescribeDBInstanceAutomatedBackups": "auto-backup"}

of_rds, further_checks = names.of_rds, further.further_checks


def arns(action, params, base):
    """@returns all that a request is about, or nothing when it is none of these"""
    named = NAMED.get(action, {}).items()
    found = [arn(base, kind, first(params, field)) for field, kind in named if first(params, field)]
    if action.startswith("RestoreDBInstance"):
        for field, kind in GROUPS.items():
            found.append(arn(base, kind, first(params, field) or DEFAULTS[field].format(family(field, params))))
    return found or ([arn(base, LISTED[action], "any")] if action in LISTED else [])


def arn(base, kind, name):
    return name if name.startswith("arn:") else f"{base}:{kind}:{name}"


def family(field, params):
    """As `postgres17` in the names of parameter groups, `postgres-17` in those of option groups."""
    snapshot = rds._snapshots.get(first(params, "DBSnapshotIdentifier")) or {}
    source = snapshot or rds._instances.get(first(params, "SourceDBInstanceIdentifier")) or {}
    major = source.get("EngineVersion", "").partition(".")[0]
    return f"{source.get('Engine', '')}{'-' if field == 'OptionGroupName' else ''}{major}"


def first_of_rds(action, params, base):
    found = arns(action, params, base)
    return found[0] if found else of_rds(action, params, base)


def checks_with_rds(method, path, headers, body, query_params):
    checks = further_checks(method, path, headers, body, query_params)
    params = further.app._routing_params(method, path, headers, body, query_params)
    if further.detect_service(method, path, headers, params) != "rds":
        return checks
    action = first(params, "Action")
    base = f"arn:aws:rds:{extract_region(headers)}:{get_account_id()}"
    keys = context("rds", f"rds:{action}", body, params)
    return checks + [("rds", f"rds:{action}", each, keys) for each in arns(action, params, base)[1:]]


names.of_rds, further.further_checks = first_of_rds, checks_with_rds
