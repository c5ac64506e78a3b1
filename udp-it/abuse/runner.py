"""Runs each check in its own process and network namespace."""
import os, shutil, signal, subprocess, sys

from checks import CHECKS, LIMIT, Failed, LeftOut
from processes import STARTED, run


def missing(tools):
    """Returns why a check cannot run, or None."""
    if not sys.platform.startswith("linux"):
        return "not Linux"
    if os.geteuid() != 0:
        return "no root"
    for tool in "unshare", "ip", *tools:
        if not shutil.which(tool):
            return "no " + tool
    if subprocess.run(["unshare", "--net", "true"], capture_output=True).returncode:
        return "no network namespace can be made"


def inside(name, transport):
    function, _, _, long = CHECKS[name]
    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(900 if long else LIMIT)
    run("ip", "link", "set", "lo", "up")
    try:
        print(function(transport) or "")
    except LeftOut as reason:
        print(reason)
        return 77
    except Failed as reason:
        print(reason)
        return 1
    finally:
        for process in STARTED:
            process.kill()


def too_long(*_):
    raise Failed("it takes too long")


def outside(name, transport):
    """Runs a check; returns the outcome in words, and False if it failed."""
    reason = missing(CHECKS[name][1])
    if reason:
        return "left out: " + reason, True
    done = subprocess.run(["unshare", "--net", sys.executable, os.path.dirname(__file__), "--inside", name, transport],
                          capture_output=True, text=True)
    said = (done.stdout.strip() or done.stderr.strip()).replace("\n", " | ")
    if done.returncode == 77:
        return "left out: " + said, True
    return ("passed" + (said and ": " + said), True) if done.returncode == 0 else ("FAILED: " + said, False)
