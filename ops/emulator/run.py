"""Runs the emulated AWS until it is told to stop, or until the process that started it is gone."""

import importlib
import os
import pkgutil
import signal
import sys
import threading

from ministack.app import main

import containers
import gaps


def follow_starter():
    # Nobody writes to it: it ends when the other end is closed, by whatever death.
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


def fill(package):
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
        importlib.import_module(f"{package.__name__}.{module.name}")


# Tests ask for it plain, to see which gaps are still there.
if os.environ.get("EMULATOR_GAPS") != "open":
    importlib.import_module("planted_faults")
    fill(gaps)
    # Without a network for them there are no containers.
    if os.environ.get("DOCKER_NETWORK"):
        fill(containers)

threading.Thread(target=follow_starter, daemon=True).start()
main()
