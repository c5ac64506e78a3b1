"""Checks of a server and of the relay on the wildcard, on hosts with unusual addresses."""
import os, socket, subprocess, time

from checks import LeftOut, check, require, until
from network import Forger, udp
from processes import run, start
from programs import Footprint, Relay, Server

MANY = 3000
OTHER_INTERFACE, OTHER_END = "udp0", "udp1"


def ask_connected(host, port, source=None):
    """Asks as most clients do: the system drops a reply that comes from another address."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM) as client:
        if source:
            client.bind((source, 0))
        client.settimeout(2)
        client.connect((host, port))
        try:
            client.send(b"hello")
            return client.recv(100)
        except OSError as e:
            return str(e)


def require_right_replies(port, *hosts):
    replies = {host: ask_connected(host, port) for host in hosts}
    require(set(replies.values()) == {b"HELLO"}, f"replies {replies}")


def require_reply_from_anywhere(port, *hosts):
    for host in hosts:
        with udp("0.0.0.0") as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            client.settimeout(2)
            client.sendto(b"hello", (host, port))
            try:
                require(client.recv(100) == b"HELLO", f"a wrong reply from {host}")
            except TimeoutError:
                require(False, f"no reply from {host}")


def stop_at_once(server):
    """Stops a server, and requires that it does not wait for workers that it cannot tell to stop."""
    begin = time.monotonic()
    counts = server.stop()
    require(time.monotonic() - begin < 1.9, "a worker was not told to stop")
    return counts


def add_interface():
    """Adds an interface whose other end is down, so that it has no carrier and its IPv6 addresses stay tentative."""
    added = subprocess.run(["ip", "link", "add", OTHER_INTERFACE, "type", "veth", "peer", "name", OTHER_END],
                           capture_output=True)
    if added.returncode:
        raise LeftOut("no veth interface can be made")
    run("ip", "link", "set", OTHER_INTERFACE, "up")


def add_addresses(count):
    lines = "".join(f"addr add 10.1.{number >> 8}.{number & 255}/16 dev lo\n" for number in range(count))
    subprocess.run(["ip", "-batch", "-"], input=lines, text=True, check=True)


@check()
def server_addresses_late(transport):
    """The server serves 127.0.1.1, and what was not its address when it was bound, but no broadcast source."""
    add_interface()
    run("ip", "addr", "add", "10.0.0.1/24", "brd", "+", "dev", OTHER_INTERFACE)
    run("ip", "addr", "add", "10.0.1.1/24", "dev", "lo")
    server = Server("-t", transport, "-b", "0.0.0.0")
    _, port = server.address
    require_right_replies(port, "127.0.0.1", "10.0.0.1", "10.0.1.1", "127.0.1.1")
    require(ask_connected("127.0.0.1", port, "10.0.0.1") == b"HELLO", "no reply from 127.0.0.1 to 10.0.0.1")
    run("ip", "addr", "add", "10.0.2.1/24", "dev", "lo")
    run("ip", "route", "add", "local", "10.9.0.0/16", "dev", "lo")
    require_right_replies(port, "10.9.9.9")
    require_reply_from_anywhere(port, "10.0.2.1", "10.0.0.255", "127.255.255.255")
    Forger().send(("10.0.0.255", 5000), ("10.0.2.1", port))
    Forger().send(("10.0.2.255", 5000), ("10.0.2.1", port))  # not known to the server, but to the kernel
    require_right_replies(port, "10.9.9.9")
    counts = server.stop()
    expected = {"received": 12, "replied": 10, "source refused": 1, "send failed": 1}
    require(expected.items() <= counts.items(), f"counted {counts}, expected {expected}")


@check()
def server_addresses_removed(transport):
    """The host loses an address, or an interface with its addresses, and the server ends as fast as ever."""
    add_interface()
    run("ip", "addr", "add", "10.0.0.1/24", "dev", "lo")
    run("ip", "addr", "add", "fe80::7/64", "dev", OTHER_INTERFACE, "nodad")
    server, six = Server("-t", transport, "-b", "0.0.0.0"), Server("-t", transport, "-b", "::")
    require_right_replies(server.address[1], "127.0.0.1", "10.0.0.1")
    require_right_replies(six.address[1], "127.0.0.1", "10.0.0.1")
    run("ip", "addr", "del", "10.0.0.1/24", "dev", "lo")
    run("ip", "link", "del", OTHER_INTERFACE)
    require(stop_at_once(server)["replied"] == 2 and stop_at_once(six)["replied"] == 2, "wrong counts")


@check()
def server_addresses_workers(transport):
    """With several workers, each address has all of them, and a broadcast gets a single reply."""
    run("ip", "addr", "add", "10.0.0.1/24", "dev", "lo")
    server = Server("-t", transport, "-b", "0.0.0.0", "--workers", "4")
    _, port = server.address
    for _ in range(20):
        require_right_replies(port, "127.0.0.1", "10.0.0.1", "127.0.1.1")
    require_reply_from_anywhere(port, "10.0.0.255")
    counts = stop_at_once(server)
    require(counts["received"] == counts["replied"] == 61, f"counted {counts}")


@check()
def server_addresses_taken(transport):
    """The server does not join the port of a program that has it at one address, even if that would share it."""
    run("ip", "addr", "add", "10.0.0.1/24", "dev", "lo")
    for option in None, socket.SO_REUSEADDR, socket.SO_REUSEPORT:
        for host in "10.0.0.1", "127.0.1.1", "0.0.0.0":
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as foreign:
                if option:
                    foreign.setsockopt(socket.SOL_SOCKET, option, 1)
                foreign.bind((host, 0))
                Server("-t", transport, "-b", "0.0.0.0", port=foreign.getsockname()[1]).require_refusal_to_start(
                    "cannot bind", "Address already in use")


@check()
def server_addresses_twice(transport):
    """Two interfaces have the same address."""
    add_interface()
    for interface in "lo", OTHER_INTERFACE:
        run("ip", "addr", "add", "10.0.0.1/24", "dev", interface)
        run("ip", "addr", "add", "2001:db8::1/64", "dev", interface, "nodad")
    server, six = Server("-t", transport, "-b", "0.0.0.0"), Server("-t", transport, "-b", "::")
    require_right_replies(server.address[1], "10.0.0.1", "127.0.0.1")
    require_right_replies(six.address[1], "2001:db8::1", "::1", "127.0.0.1", "127.0.1.1")  # It receives over IPv4 too.
    for each in server, six:
        each.stop()
        require(not each.log(), f"stderr {each.log()}")


@check("nsenter")
def server_addresses_tentative(transport):
    """An IPv6 address is tentative, or also that of another host: the server says which it leaves out."""
    add_interface()
    run("ip", "addr", "add", "2001:db8::1/64", "dev", "lo")
    run("ip", "addr", "add", "2001:db8::2/64", "dev", OTHER_INTERFACE)  # tentative without a carrier
    require_left_out(transport, "tentative")
    with start(["unshare", "--net", "cat"], stdin=subprocess.PIPE) as other:
        until(lambda: os.readlink(f"/proc/{other.pid}/ns/net") != os.readlink("/proc/self/ns/net"), 10, "no namespace")
        run("ip", "link", "set", OTHER_END, "netns", str(other.pid))
        for command in ("addr", "add", "2001:db8::2/64", "dev", OTHER_END, "nodad"), ("link", "set", OTHER_END, "up"):
            run("nsenter", "--net", "--target", str(other.pid), "ip", *command)
        until(lambda: "dadfailed" in states(), 20, "no duplicate address")
        require_left_out(transport, "dadfailed")
        other.stdin.close()


def states():
    return subprocess.run(["ip", "-6", "addr", "show", "dev", OTHER_INTERFACE], capture_output=True, text=True).stdout


def require_left_out(transport, state):
    require(state in states(), f"no address is {state}")
    server = Server("-t", transport, "-b", "::")
    require_right_replies(server.address[1], "::1", "2001:db8::1")
    stop_at_once(server)
    log = server.log()
    require(len(log) == 1 and "2001:db8::2" in log[0] and "2001:db8::1" not in log[0], f"stderr {log}")


@check()
def server_addresses_many(transport):
    """With thousands of addresses, the server starts as fast and as small as with one, and says so."""
    measured = []
    for count in 0, MANY:
        add_addresses(count)
        begin = time.monotonic()
        server = Server("-t", transport, "-b", "0.0.0.0")
        _, port = server.address
        seconds = time.monotonic() - begin
        footprint = Footprint(server.process)
        measured.append((seconds, footprint.resident >> 20, footprint.threads))
        require_right_replies(port, "127.0.0.1")
        server.stop()
        log = server.log()
    require(len(log) == 1 and f"{MANY + 1} addresses" in log[0], f"stderr {log}")
    (fast, small, few), (seconds, resident, threads) = measured
    require(seconds < fast + 2 and resident < small + 32 and threads <= few, f"{measured}")
    return (f"{fast:.1f} s, {small} MiB, {few} threads with one address, {seconds:.1f} s, {resident} MiB, "
            f"{threads} threads with {MANY}")


@check()
def server_addresses_none(transport):
    """The server starts and ends without any address, and serves those that come later."""
    run("ip", "link", "set", "lo", "down")
    run("ip", "addr", "flush", "dev", "lo")
    server = Server("-t", transport, "-b", "0.0.0.0")
    _, port = server.address
    run("ip", "addr", "add", "127.0.0.1/8", "dev", "lo")
    run("ip", "link", "set", "lo", "up")
    require_right_replies(port, "127.0.0.1")
    require(server.stop()["replied"] == 1 and not server.log(), f"stderr {server.log()}")
    run("ip", "addr", "flush", "dev", "lo")
    server = Server("-t", transport, "-b", "0.0.0.0")
    require(server.address, "it does not start")
    stop_at_once(server)


@check(transports=("-",))
def relay_addresses(_):
    """The relay's replies leave from the address that was asked; it has the port alone."""
    run("ip", "addr", "add", "10.0.0.1/24", "dev", "lo")
    run("ip", "addr", "add", "10.0.1.1/24", "dev", "lo")
    server = Server()
    relay = Relay("--to", "%s:%d" % server.address, "--listen", "0.0.0.0:0")
    require_right_replies(relay.port, "127.0.0.1", "10.0.0.1", "10.0.1.1", "127.0.1.1")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:  # asks all of them from one port
        client.settimeout(2)
        hosts = ["127.0.0.1", "10.0.0.1", "10.0.1.1"]
        for host in hosts:
            client.sendto(host.encode(), (host, relay.port))
        replies = sorted((sender[0], reply.decode()) for reply, sender in (client.recvfrom(100) for _ in hosts))
        require(replies == sorted((host, host) for host in hosts), f"replies {replies}")
    second = Relay("--to", "%s:%d" % server.address, "--listen", f"0.0.0.0:{relay.port}")
    require(second.process.wait(20) == 1, "a second relay has the same port")
    run("ip", "addr", "add", "10.0.2.1/24", "dev", "lo")
    require_reply_from_anywhere(relay.port, "10.0.2.1", "10.0.0.255")
