"""Runs the emulated AWS until it is told to stop, or until the process that started it is gone."""

import os
import signal
import sys
import threading

import network  # noqa: F401  completes the emulated EC2
from ministack.app import main


def follow_starter():
    # Nobody writes to it: it ends when the other end is closed, by whatever death.
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=follow_starter, daemon=True).start()
main()
