"""What MiniStack 1.5.33 lacks of RDS: the owner's login that RDS makes, and settings that it forgets."""

import json
import uuid

from ministack.services import rds, secretsmanager

from replace import replace

# Days; RDS turns the rotation on by itself.
ROTATION = {"AutomaticallyAfterDays": 7}

create, delete, modify = rds._create_db_instance_impl, rds._delete_db_instance_impl, rds._modify_db_instance
xml = rds._instance_xml


def create_with_login(params):
    managed = rds._p(params, "ManageMasterUserPassword") == "true"
    before = set(rds._instances)
    if managed:
        params = {**params, "MasterUserPassword": [rds._generate_master_user_password()]}
    answer = create(params)
    identifier = rds._p(params, "DBInstanceIdentifier")
    if identifier in before or identifier not in rds._instances:
        return answer
    instance = rds._instances[identifier]
    remember(instance, params)
    if managed:
        instance["MasterUserSecret"] = make_secret(instance, rds._p(params, "MasterUserSecretKmsKeyId"))
    return rds._single_instance_response("CreateDBInstanceResponse", "CreateDBInstanceResult", instance)


def remember(instance, params):
    """What is read back by name; only what a request says changes."""
    for name in ("PreferredBackupWindow", "DatabaseInsightsMode", "PerformanceInsightsKMSKeyId"):
        # The request spells the last one otherwise than the answer.
        value = rds._p(params, name) or rds._p(params, name.replace("KMS", "Kms"))
        if value:
            instance[name] = value
    logs = rds._parse_member_list(params, "EnableCloudwatchLogsExports")
    if logs:
        instance["EnabledCloudwatchLogsExports"] = logs


def make_secret(instance, key):
    """AWS names it after no database, so that a new one of the same name can have another."""
    login = {"username": instance["MasterUsername"], "password": instance["_MasterUserPassword"]}
    description = f"Secret associated with primary RDS DB instance: {instance['DBInstanceArn']}"
    name = f"rds!db-{uuid.uuid4()}"
    arn = secretsmanager.create_secret_in_process(name, json.dumps(login), description)
    secretsmanager._secrets[name].update(
        OwningService="rds",
        KmsKeyId=key,
        RotationEnabled=True,
        RotationRules=ROTATION,
        Tags=[
            {"Key": "aws:secretsmanager:owningService", "Value": "rds"},
            {"Key": "aws:rds:primaryDBInstanceArn", "Value": instance["DBInstanceArn"]},
        ],
    )
    return {"SecretArn": arn, "SecretStatus": "active", "KmsKeyId": key}


def delete_with_login(params):
    instance = rds._resolve_instance(rds._p(params, "DBInstanceIdentifier"))
    answer = delete(params)
    if answer[0] < 400 and "MasterUserSecret" in instance:
        secretsmanager.delete_secret_in_process(instance["MasterUserSecret"]["SecretArn"])
    return answer


def modify_all(params):
    instance = rds._resolve_instance(rds._p(params, "DBInstanceIdentifier")) or {}
    managed = rds._p(params, "ManageMasterUserPassword")
    is_new = managed == "true" and "MasterUserSecret" not in instance
    if is_new:
        # MiniStack changes it in the server too.
        params = {**params, "MasterUserPassword": [rds._generate_master_user_password()]}
    answer = modify(params)
    if answer[0] >= 400:
        return answer
    if is_new:
        instance["MasterUserSecret"] = make_secret(instance, rds._p(params, "MasterUserSecretKmsKeyId"))
    if managed == "false" and "MasterUserSecret" in instance:
        secretsmanager.delete_secret_in_process(instance.pop("MasterUserSecret")["SecretArn"])
    remember(instance, params)
    changed = "CloudwatchLogsExportConfiguration"
    logs = set(instance["EnabledCloudwatchLogsExports"])
    logs |= set(rds._parse_member_list(params, f"{changed}.EnableLogTypes"))
    logs -= set(rds._parse_member_list(params, f"{changed}.DisableLogTypes"))
    instance["EnabledCloudwatchLogsExports"] = sorted(logs)
    for request, field in (
        ("EnablePerformanceInsights", "PerformanceInsightsEnabled"),
        ("PerformanceInsightsRetentionPeriod", "PerformanceInsightsRetentionPeriod"),
    ):
        if rds._p(params, request):
            instance[field] = rds._p(params, request)
    return rds._single_instance_response("ModifyDBInstanceResponse", "ModifyDBInstanceResult", instance)


def whole_xml(instance):
    text = xml(instance)
    logs = instance.get("EnabledCloudwatchLogsExports", [])
    members = "".join(f"<member>{log}</member>" for log in logs)
    text = text.replace(
        "<EnabledCloudwatchLogsExports/>",
        f"<EnabledCloudwatchLogsExports>{members}</EnabledCloudwatchLogsExports>",
    )
    for name in ("DatabaseInsightsMode", "PerformanceInsightsKMSKeyId"):
        if instance.get(name):
            text += f"<{name}>{instance[name]}</{name}>"
    if "MasterUserSecret" in instance:
        fields = "".join(f"<{name}>{value}</{name}>" for name, value in instance["MasterUserSecret"].items())
        text += f"<MasterUserSecret>{fields}</MasterUserSecret>"
    return text


rds._create_db_instance_impl, rds._delete_db_instance_impl = create_with_login, delete_with_login
rds._instance_xml = whole_xml
replace(rds, modify, modify_all)
