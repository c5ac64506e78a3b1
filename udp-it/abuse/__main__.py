"""Does to the real programs what no unit test can: forged sources, firewalls, failing system calls, floods, kills.

Usage: python3 udp-it/abuse [--long] [NAME...]

Runs the jars in udp-*/target, each check in its own network namespace, so that nothing leaves the machine. This needs
Linux and root; a check that cannot run is left out, with the reason. NAME is a check or the beginning of its name.
"""
import argparse, concurrent.futures, os, signal, sys

import client_checks, relay_checks, server_addresses, server_failures  # noqa: F401, since they register checks
import relay_programs, server_load, server_peers  # noqa: F401
from checks import CHECKS
from programs import jar
from runner import inside, outside

MAX_CHECKS_AT_ONCE = 4  # most checks wait most of the time


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0], epilog="checks: " + ", ".join(CHECKS))
    parser.add_argument("names", metavar="NAME", nargs="*", help="a check, or the beginning of its name; default: all")
    parser.add_argument("--long", action="store_true", help="run the ten-minute soak too")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # otherwise clients would ignore it too
    if arguments.inside:
        return inside(*arguments.names)
    unknown = [name for name in arguments.names if not any(check.startswith(name) for check in CHECKS)]
    absent = [jar(name) for name in ("server", "client", "it") if not os.path.exists(jar(name))]
    if unknown or absent:
        parser.error(f"no such check: {unknown[0]}" if unknown else f"build first: there is no {absent[0]}")
    chosen = [(name, transport) for name, (_, _, transports, long) in CHECKS.items() for transport in transports
              if any(name.startswith(begin) for begin in arguments.names or [""])
              and (arguments.long or not long)]
    passed = True
    with concurrent.futures.ThreadPoolExecutor(MAX_CHECKS_AT_ONCE) as pool:
        for pair, (text, ok) in zip(chosen, pool.map(lambda pair: outside(*pair), chosen)):
            print(f"{pair[0]:32} {pair[1]:8} {text}", flush=True)
            passed &= ok
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
