"""Where MiniStack 1.5.33's own API of the registry only pretends: layers in parts are thrown away, and any image is taken."""

import base64
import hashlib
import json

from ministack.core.responses import error_response_json, json_response, new_uuid
from ministack.services import ecr

from replace import replace

# As AWS: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_UploadLayerPart.html
PART_SIZE = 10 * 1024 * 1024
LARGEST_PART = 20_971_520
SMALLEST_PART = 5 * 1024 * 1024

initiate, put_image = ecr._initiate_layer_upload, ecr._put_image


def refused(kind, message):
    return error_response_json(kind, message, 400)


def blobs(name):
    return ecr._layer_blobs.get(name) or {}


def check_availability(data):
    name = data.get("repositoryName", "")
    if name not in ecr._repositories:
        return initiate(data)
    layers = []
    for digest in data.get("layerDigests", []):
        blob = blobs(name).get(digest)
        state = "UNAVAILABLE" if blob is None else "AVAILABLE"
        layers.append({"layerDigest": digest, "layerAvailability": state, "layerSize": len(blob or b"")})
    return json_response({"layers": layers, "failures": []})


def initiate_upload(data):
    answer = initiate(data)
    if answer[0] != 200:
        return answer
    upload = new_uuid()
    ecr._uploads.setdefault(data["repositoryName"], {})[upload] = bytearray()
    return json_response({**json.loads(answer[2]), "uploadId": upload, "partSize": PART_SIZE})


def upload_part(data):
    name, upload = data.get("repositoryName", ""), data.get("uploadId", "")
    received = (ecr._uploads.get(name) or {}).get(upload)
    if received is None:
        return refused("UploadNotFoundException", f"The upload with id '{upload}' does not exist")
    part = base64.b64decode(data.get("layerPartBlob", ""))
    first, last = data.get("partFirstByte"), data.get("partLastByte")
    if first != len(received) or last != first + len(part) - 1 or len(part) > LARGEST_PART:
        return refused("InvalidLayerPartException", f"Part {first}-{last} after {len(received)} bytes is not valid")
    # Only the last may be smaller, and this one comes after a smaller.
    if 0 < first < SMALLEST_PART:
        return refused("LayerPartTooSmallException", "Layer parts must be at least 5 MiB in size")
    received.extend(part)
    answer = {"registryId": ecr._registry_id(), "repositoryName": name, "uploadId": upload}
    return json_response({**answer, "lastByteReceived": last})


def complete_upload(data):
    name, upload = data.get("repositoryName", ""), data.get("uploadId", "")
    received = (ecr._uploads.get(name) or {}).get(upload)
    if received is None:
        return refused("UploadNotFoundException", f"The upload with id '{upload}' does not exist")
    if not received:
        return refused("EmptyUploadException", "The layer upload does not contain any layer parts")
    digest = f"sha256:{hashlib.sha256(received).hexdigest()}"
    if digest not in data.get("layerDigests", []):
        return refused("InvalidLayerException", f"The layer's digest is '{digest}'")
    if digest in blobs(name):
        return refused("LayerAlreadyExistsException", f"The layer '{digest}' exists already")
    ecr._layer_blobs.setdefault(name, {})[digest] = bytes(received)
    ecr._uploads[name].pop(upload)
    answer = {"registryId": ecr._registry_id(), "repositoryName": name, "uploadId": upload}
    return json_response({**answer, "layerDigest": digest})


def put_whole_image(data):
    name, text = data.get("repositoryName", ""), data.get("imageManifest", "")
    if name not in ecr._repositories:
        return put_image(data)
    digest, tag = ecr._image_digest(text), data.get("imageTag")
    if data.get("imageDigest", digest) != digest:
        return refused("ImageDigestDoesNotMatchException", f"The image's digest is '{digest}'")
    manifest = json.loads(text)
    needed = [part["digest"] for part in [manifest.get("config"), *manifest.get("layers", [])] if part]
    if any(layer not in blobs(name) for layer in needed):
        return refused("LayersNotFoundException", "Not all layers of the image are in the repository")
    if any(not ecr._find_image(name, {"imageDigest": part["digest"]}) for part in manifest.get("manifests", [])):
        return refused("ReferencedImagesNotFoundException", "Not all images of the list are in the repository")
    there = ecr._find_image(name, {"imageDigest": digest})
    if there and (tag is None or tag in there.get("imageTags", [])):
        return refused("ImageAlreadyExistsException", f"The image '{digest}' exists already")
    answer = put_image({"imageManifestMediaType": manifest.get("mediaType"), **data})
    if answer[0] == 200:
        # What container engines pull.
        ecr._manifest_blobs.setdefault(name, {})[digest] = text.encode()
    return answer


replace(ecr, ecr._batch_check_layer_availability, check_availability)
replace(ecr, initiate, initiate_upload)
replace(ecr, ecr._upload_layer_part, upload_part)
replace(ecr, ecr._complete_layer_upload, complete_upload)
replace(ecr, put_image, put_whole_image)
