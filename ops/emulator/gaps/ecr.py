"""Where MiniStack 1.5.33's registry is not ECR: at addresses that only AWS has, and mild about absent images."""

import json
import os

from ministack.core.responses import error_response_json, json_response
from ministack.services import ecr

from replace import replace

# The emulator is itself the registry; container engines and clients of this machine reach it here.
ADDRESS = f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}"

get_authorization_token, get_download_url = ecr._get_authorization_token, ecr._get_download_url_for_layer
describe_images, delete_images = ecr._describe_images, ecr._batch_delete_image


def get_token_for_this_machine(data):
    answer = json.loads(get_authorization_token(data)[2])
    for authorization in answer["authorizationData"]:
        authorization["proxyEndpoint"] = ADDRESS
    return json_response(answer)


def get_url_on_this_machine(data):
    status, headers, body = get_download_url(data)
    if status != 200:
        return status, headers, body
    name, digest = data["repositoryName"], data["layerDigest"]
    if ecr._v2_head_blob(name, digest)[0] != 200:
        return error_response_json(
            "LayersNotFoundException",
            f"The layer with digest '{digest}' does not exist in the repository with name '{name}'",
            400,
        )
    # Whose registry it is: nobody signs what is read from there.
    space = ecr._repo_uri(name).partition("/")[0]
    return json_response({**json.loads(body), "downloadUrl": f"{ADDRESS}/v2/{name}/blobs/{digest}?ns={space}"})


def describe_present_images(data):
    name = data.get("repositoryName", "")
    for identifier in data.get("imageIds", []) if name in ecr._repositories else []:
        if not ecr._find_image(name, identifier):
            digest, tag = identifier.get("imageDigest", "null"), identifier.get("imageTag", "null")
            return error_response_json(
                "ImageNotFoundException",
                f"The image with imageId {{imageDigest:'{digest}', imageTag:'{tag}'}} does not exist within the"
                f" repository with name '{name}' in the registry with id '{ecr._registry_id()}'",
                400,
            )
    return describe_images(data)


def delete_wholly(data):
    """MiniStack would let a deleted image be pulled by its digest."""
    answer = delete_images(data)
    if answer[0] == 200:
        manifests = ecr._manifest_blobs.get(data["repositoryName"], {})
        for identifier in json.loads(answer[2])["imageIds"]:
            manifests.pop(identifier["imageDigest"], None)
    return answer


replace(ecr, get_authorization_token, get_token_for_this_machine)
replace(ecr, get_download_url, get_url_on_this_machine)
replace(ecr, describe_images, describe_present_images)
replace(ecr, delete_images, delete_wholly)
