"""The register of checks. A check is a function; it raises an exception if it fails or is left out."""
import time

TRANSPORTS = "channel", "socket"
LIMIT = 180  # seconds for a check, or 900 for a long one
CHECKS = {}


class Failed(Exception):
    pass


class LeftOut(Exception):
    pass


def check(*tools, transports=TRANSPORTS, long=False):
    def register(function):
        CHECKS[function.__name__.replace("_", "-")] = function, tools, transports, long
        return function
    return register


def require(condition, text):
    if not condition:
        raise Failed(text)


def until(condition, limit, text):
    end = time.monotonic() + limit
    while not condition():
        require(time.monotonic() < end, text)
        time.sleep(0.02)
