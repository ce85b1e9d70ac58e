"""What Fargate itself may do: the execution role pulls the image and opens the log, or nothing starts."""

from ministack import app
from ministack.core import iam_evaluator
from ministack.services import cloudwatch_logs, ecs, iam

from containers.task_image import ECR_IMAGE
from replace import replace

CANNOT_ASSUME = (
    "ECS was unable to assume the role '{}' that was provided for this task. Please verify that the"
    " role being passed has the proper trust relationship and permissions and that your IAM user has"
    " permissions to pass this role."
)

start_task = ecs._start_task_worker


def start(task, definition, overrides, client):
    reason = next(problems(task, definition), None)
    if reason:
        ecs._fail_task_start(task, client, reason)
    else:
        start_task(task, definition, overrides, client)


def problems(task, definition):
    yield from missing_logs(definition)
    if not app.AUTH:
        return
    role = definition.get("executionRoleArn") or ""
    for arn in filter(None, (role, definition.get("taskRoleArn"))):
        if not iam._roles.get(arn.rsplit("/", 1)[-1]):
            yield CANNOT_ASSUME.format(arn)
    session = task["taskArn"].rsplit("/", 1)[-1]
    for container in definition["containerDefinitions"]:
        yield from image_denials(role, session, container)
        yield from log_denials(role, session, container)


def missing_logs(definition):
    for group, region, _stream in logs_of(definition):
        if region == ecs.get_region() and group not in cloudwatch_logs._log_groups:
            yield (
                "ResourceInitializationError: failed to validate logger args: create stream has been"
                " retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException:"
                f" The specified log group does not exist: {group}"
            )


def logs_of(definition):
    for container in definition["containerDefinitions"]:
        settings = container.get("logConfiguration") or {}
        options = settings.get("options") or {}
        if settings.get("logDriver") == "awslogs" and options.get("awslogs-create-group") != "true":
            prefix = options.get("awslogs-stream-prefix", "")
            region = options.get("awslogs-region", ecs.get_region())
            yield options["awslogs-group"], region, f"{prefix}/{container['name']}"


def image_denials(role, session, container):
    image = ECR_IMAGE.match(container["image"])
    if not image:
        return
    account, region, repository, _version = image.groups()
    for denial in denials(role, session, [("ecr:GetAuthorizationToken", "*")]):
        yield (
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource"
            f" retrieval failed: unable to retrieve ecr registry auth: {denial}"
        )
    arn = f"arn:aws:ecr:{region}:{account}:repository/{repository}"
    wanted = [("ecr:BatchGetImage", arn), ("ecr:GetDownloadUrlForLayer", arn)]
    for denial in denials(role, session, wanted):
        yield f"CannotPullContainerError: pull image manifest has been retried 1 time(s): {denial}"


def log_denials(role, session, container):
    for group, region, stream in logs_of({"containerDefinitions": [container]}):
        arn = f"arn:aws:logs:{region}:{ecs.get_account_id()}:log-group:{group}:log-stream:{stream}/{session}"
        wanted = [("logs:CreateLogStream", arn), ("logs:PutLogEvents", arn)]
        for denial in denials(role, session, wanted):
            yield (
                "ResourceInitializationError: failed to validate logger args: create stream has been"
                f" retried 1 times: failed to create Cloudwatch log stream: {denial}"
            )


def denials(role, session, wanted):
    account, name = ecs.get_account_id(), role.rsplit("/", 1)[-1]
    principal = f"arn:aws:sts::{account}:assumed-role/{name}/{session}"
    policies = iam_evaluator._gather_role_policies(name, account)
    limits = iam_evaluator._permissions_boundary(iam._roles, name, account)
    for action, resource in wanted:
        request = iam_evaluator.EvalContext(
            principal_arn=principal,
            principal_type="AssumedRole",
            principal_account=account,
            action=action,
            resource_arn=resource,
            region=ecs.get_region(),
        )
        if iam_evaluator.evaluate(request, policies, *limits).decision != "Allow":
            yield (
                f"AccessDeniedException: User: {principal} is not authorized to perform: {action}"
                f" on resource: {resource}"
            )


replace(ecs, start_task, start)
