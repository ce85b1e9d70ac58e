"""What MiniStack 1.5.33 forgets of an ECS service: whether its tasks move back after a zone's outage."""

import json

from ministack.core.responses import json_response
from ministack.services import ecs

from replace import replace

FIELD = "availabilityZoneRebalancing"

create, update = ecs._create_service, ecs._update_service


def remembering(original, default):
    def action(data):
        answer = original(data)
        if answer[0] != 200:
            return answer
        described = json.loads(answer[2])["service"]
        cluster = described["clusterArn"].rpartition("/")[2]
        service = ecs._services[f"{cluster}/{described['serviceName']}"]
        service[FIELD] = data.get(FIELD) or service.get(FIELD, default)
        return json_response({"service": ecs._sanitize(service)})

    replace(ecs, original, action)


# AWS's own default of services that are new.
remembering(create, "ENABLED")
remembering(update, "DISABLED")
