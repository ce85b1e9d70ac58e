"""What MiniStack 1.5.33 lacks of WAF: where a web ACL's log goes."""

from ministack.core.responses import AccountRegionScopedDict, json_response
from ministack.services import waf

from actions import add_actions
from replace import replace

# AWS takes no other destination.
BEGINNING = "aws-waf-logs-"

# By the web ACL's ARN.
configurations = AccountRegionScopedDict()


def put(data):
    configuration = data["LoggingConfiguration"]
    acl, refusal = waf._resolve_local_web_acl(configuration["ResourceArn"])
    if refusal:
        return refusal
    for destination in configuration["LogDestinationConfigs"]:
        if f":{BEGINNING}" not in destination and f"/{BEGINNING}" not in destination:
            return waf._waf_err("WAFInvalidParameterException", f"The ARN isn't valid: {destination}")
    defaults = {"ManagedByFirewallManager": False, "LogType": "WAF_LOGS", "LogScope": "CUSTOMER"}
    configurations[acl["ARN"]] = {**defaults, **configuration}
    return json_response({"LoggingConfiguration": configurations[acl["ARN"]]})


def get(data):
    if data["ResourceArn"] not in configurations:
        return waf._waf_not_found(data["ResourceArn"])
    return json_response({"LoggingConfiguration": configurations[data["ResourceArn"]]})


def delete(data):
    if configurations.pop(data["ResourceArn"], None) is None:
        return waf._waf_not_found(data["ResourceArn"])
    return json_response({})


def list_all(_data):
    return json_response({"LoggingConfigurations": list(configurations.values())})


delete_web_acl = waf.delete_web_acl_record


def delete_with_log(identifier, scope):
    acl = waf.web_acl_record(identifier, scope)
    if acl:
        configurations.pop(acl["ARN"], None)
    return delete_web_acl(identifier, scope)


replace(waf, delete_web_acl, delete_with_log)
add_actions(
    waf,
    {
        "PutLoggingConfiguration": put,
        "GetLoggingConfiguration": get,
        "DeleteLoggingConfiguration": delete,
        "ListLoggingConfigurations": list_all,
    },
)
