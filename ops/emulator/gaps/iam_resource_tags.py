"""Tags as conditions: MiniStack 1.5.33 overlooks those of boundaries, and the tags of user pools."""

from ministack.core import iam_evaluator
from ministack.services import tagging

# It asks whether a principal's own policies name a tag before it looks for the resource's.
iam_evaluator._names_condition_key = lambda policies, prefix: True

tagging._RESOURCE_TAG_COLLECTORS["cognito-idp"] = tagging._collect_cognito
