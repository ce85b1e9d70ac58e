"""What emulator.ts says about the containers of this emulator, and how time is shortened for it."""

import os

NETWORK = os.environ["DOCKER_NETWORK"]
PORT = os.environ["GATEWAY_PORT"]

# Address of this machine on that network, and the name by which containers know it.
GATEWAY = os.environ["EMULATOR_GATEWAY"]
GATEWAY_NAME = "host.docker.internal"
GATEWAY_URL = f"http://{GATEWAY_NAME}:{PORT}"

# On every container, so that it is found when nobody is left who knows it: key, value.
LABEL = os.environ["EMULATOR_LABEL"].split("=", 1)

# Seconds of a service's grace. One whose task answers, but not well, will not get well. One that is
# silent may still be starting: on a busy machine that takes longer than in the cloud.
GRACE_CAP = 8.0
SILENT_GRACE_CAP = 60.0
# Seconds between two health checks: half a minute of thresholds becomes three seconds.
TARGET_INTERVAL_CAP = 1.0
CONTAINER_INTERVAL_CAP = 5.0
