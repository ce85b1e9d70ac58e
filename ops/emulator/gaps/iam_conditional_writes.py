"""Whether a write to S3 may replace what is there: a condition key that MiniStack 1.5.33 never sets."""

from ministack.core import iam_actions

write_keys = iam_actions._s3_object_context


def keys(iam_action, query_params, path, headers):
    found = write_keys(iam_action, query_params, path, headers)
    if iam_action == "s3:PutObject":
        for name in ("if-none-match", "if-match"):
            if headers.get(name):
                found[f"s3:{name}"] = headers[name]
    return found


iam_actions._s3_object_context = keys
