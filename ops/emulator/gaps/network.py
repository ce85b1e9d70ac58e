"""What MiniStack 1.5.33 lacks of EC2 for our network: IPv6 blocks and routes, and what a flow log was made with."""

from itertools import count

from ministack.services import ec2

from replace import replace

FLOW_LOG_FORMAT = (
    "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol}"
    " ${packets} ${bytes} ${start} ${end} ${action} ${log-status}"
)

numbers = count(1)


def after(original, members, change):
    """Lets an action run, then completes what it made; answers as the change says, if it says so."""

    def action(params):
        before = set(members)
        answer = original(params)
        for made in set(members) - before:
            answer = change(members[made], params) or answer
        return answer

    replace(ec2, original, action)


def association(kind, block, identifier, more=""):
    return (
        f"<ipv6CidrBlockAssociationSet><item><ipv6CidrBlock>{block}</ipv6CidrBlock>"
        f"<associationId>{kind}-cidr-assoc-6{identifier.split('-', 1)[1]}</associationId>"
        f"<ipv6CidrBlockState><state>associated</state></ipv6CidrBlockState>{more}"
        "</item></ipv6CidrBlockAssociationSet>"
    )


def insert(original, tag_before, made):
    """Adds what `made` says of a thing to its XML, before a tag."""

    def fields(thing, tag="item"):
        return original(thing, tag).replace(tag_before, made(thing) + tag_before, 1)

    setattr(ec2, original.__name__, fields)
    return fields


def of_vpc(vpc):
    more = f"<networkBorderGroup>{ec2.get_region()}</networkBorderGroup><ipv6Pool>Amazon</ipv6Pool>"
    return association("vpc", vpc["Ipv6"], vpc["VpcId"], more) if "Ipv6" in vpc else ""


def of_subnet(subnet):
    return association("subnet", subnet["Ipv6"], subnet["SubnetId"]) if "Ipv6" in subnet else ""


vpc_fields = insert(ec2._vpc_fields_xml, "<dhcpOptionsId>", of_vpc)
subnet_fields = insert(ec2._subnet_fields_xml, "<assignIpv6", of_subnet)


def give_vpc_a_block(vpc, params):
    if ec2._p(params, "AmazonProvidedIpv6CidrBlock") == "true":
        vpc["Ipv6"] = f"2a05:d014:{next(numbers):x}:0000::/56"
        return ec2._xml(200, "CreateVpcResponse", vpc_fields(vpc, "vpc"))


def give_subnet_a_block(subnet, params):
    if ec2._p(params, "Ipv6CidrBlock"):
        subnet["Ipv6"] = ec2._p(params, "Ipv6CidrBlock")
        return ec2._xml(200, "CreateSubnetResponse", subnet_fields(subnet, "subnet"))


def remember_flow_log(flow_log, params):
    flow_log["Role"] = ec2._p(params, "DeliverLogsPermissionArn")
    flow_log["Interval"] = ec2._p(params, "MaxAggregationInterval")
    ec2._parse_tag_specs(params, "vpc-flow-log", flow_log["FlowLogId"])


after(ec2._create_vpc, ec2._vpcs, give_vpc_a_block)
after(ec2._create_subnet, ec2._subnets, give_subnet_a_block)
after(ec2._create_flow_logs, ec2._flow_logs, remember_flow_log)


def found_by_block(original, name, prefix):
    """The provider asks for the thing that has a certain block, by the association's id."""

    def describe(params):
        for number in range(1, 6):
            filter_ = f"Filter.{number}"
            if ec2._p(params, f"{filter_}.Name") == "ipv6-cidr-block-association.association-id":
                identifier = prefix + ec2._p(params, f"{filter_}.Value.1").split("-assoc-6", 1)[1]
                params = {**params, f"{filter_}.Name": [name], f"{filter_}.Value.1": [identifier]}
        return original(params)

    replace(ec2, original, describe)


found_by_block(ec2._describe_vpcs, "vpc-id", "vpc-")
found_by_block(ec2._describe_subnets, "subnet-id", "subnet-")

IPV6 = "DestinationIpv6CidrBlock"
create_route, delete_route = ec2._create_route, ec2._delete_route


def create_ipv6_route(params):
    answer = create_route(params)
    table, block = ec2._route_tables.get(ec2._p(params, "RouteTableId")), ec2._p(params, IPV6)
    if table and block:
        route = table["Routes"][-1]
        route.pop("DestinationCidrBlock", None)
        route[IPV6] = block
    return answer


def delete_ipv6_route(params):
    table, block = ec2._route_tables.get(ec2._p(params, "RouteTableId")), ec2._p(params, IPV6)
    if not (table and block):
        return delete_route(params)
    table["Routes"] = [route for route in table["Routes"] if route.get(IPV6) != block]
    return ec2._xml(200, "DeleteRouteResponse", "<return>true</return>")


replace(ec2, create_route, create_ipv6_route)
replace(ec2, delete_route, delete_ipv6_route)

describe_flow_logs = ec2._describe_flow_logs


def describe_whole_flow_logs(params):
    status, headers, body = describe_flow_logs(params)
    text = body.decode() if isinstance(body, bytes) else body
    for identifier, flow_log in ec2._flow_logs.items():
        tag = f"<flowLogId>{identifier}</flowLogId>"
        made_with = (
            f"<deliverLogsPermissionArn>{flow_log['Role']}</deliverLogsPermissionArn>"
            f"<maxAggregationInterval>{flow_log['Interval']}</maxAggregationInterval>"
            f"<logFormat>{FLOW_LOG_FORMAT}</logFormat>"
        )
        text = text.replace(tag, tag + made_with)
    return status, headers, text.encode()


replace(ec2, describe_flow_logs, describe_whole_flow_logs)
