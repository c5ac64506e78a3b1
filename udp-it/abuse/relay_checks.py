"""Checks of the relay: many clients, few descriptors, loops."""
import re, resource, select, time

from checks import check, require
from network import Forger, ask, udp
from programs import Footprint, Relay, Server

CLIENTS = 10_000


def address(relay):
    return "127.0.0.1", relay.port


@check(transports=("-",))
def relay_many_clients(_):
    """10,000 clients send at the same time, each several requests; each gets its replies."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (CLIENTS + 500, CLIENTS + 500))
    server = Server()
    relay = Relay("--to", "%s:%d" % server.address, "--listen", "0")
    clients, replied, poll = [udp() for _ in range(CLIENTS)], set(), select.epoll()
    for number, client in enumerate(clients):
        client.connect(address(relay))
        poll.register(client, select.EPOLLIN)
    for number, client in enumerate(clients):
        client.send(b"n%d" % number)
        if number % 200 == 199:  # 200 datagrams fit into the default receive buffers
            until_quiet(poll, clients, replied)
    until_quiet(poll, clients, replied, 1)
    footprint = Footprint(relay.process)
    summary = relay.stop()
    require(len(replied) == CLIENTS, f"{len(replied)} of {CLIENTS} replies; {summary}")
    require(footprint.resident <= 128 << 20, str(footprint))
    return f"{CLIENTS} replies, {footprint}"


def until_quiet(poll, clients, replied, wait=0.05):
    numbers = {client.fileno(): number for number, client in enumerate(clients)}
    while ready := poll.poll(wait, 1000):
        for descriptor, _ in ready:
            number = numbers[descriptor]
            require(clients[number].recv(100) == b"N%d" % number, "a wrong reply")
            replied.add(number)


@check(transports=("-",))
def relay_without_descriptors(_):
    """Each of 200 clients gets its reply, though the relay may have 100 descriptors; each idle client is forgotten."""
    server = Server()
    # On a busy machine the server may take a second to reply, and its client must not be idle by then.
    relay = Relay("--to", "%s:%d" % server.address, "--listen", "0", "--idle", "4s",
                  prefix=("prlimit", "--nofile=100:100"))
    clients = [udp() for _ in range(200)]
    for number, client in enumerate(clients):
        client.settimeout(5)
        client.sendto(b"a", address(relay))
        try:
            require(client.recv(10) == b"A", "a wrong reply")
        except TimeoutError:
            require(False, f"client {number} has no reply; the relay says {relay.log()}, {relay.stop()}")
    with udp() as silent:  # Its requests have no reply.
        lost = Relay("--to", "127.0.0.1:%d" % silent.getsockname()[1], "--listen", "0", prefix=("prlimit", "--nofile=100:100"))
        for client in clients:
            client.sendto(b"b", address(lost))
            silent.settimeout(5)
            silent.recv(10)
        require(ask(address(relay), b"later") == b"LATER", "no reply later")
        time.sleep(4.2)  # The relay forgets all of them.
        require(ask(address(relay), b"at last") == b"AT LAST", "no reply at last")
        said = relay.log()
        require(len(said) == 1 and "gives way" in said[0] and "ulimit -n" in said[0], f"it says {said}")
        summary = relay.stop()
        require("dropped 0; to" in summary and "cut off" not in summary, summary)
        cut = re.search(r"cut off before a reply (\d+) \(no socket left \1\)", lost.stop())
        require(cut and 100 <= int(cut[1]) < 200, f"{cut}")
    return f"{cut[1]} of 200 cut off"


@check(transports=("-",))
def relay_loops(_):
    """A datagram between two relays ends; one in the name of an echo service goes nowhere."""
    first, second = two_relays("prlimit", "--nofile=600:600")  # Clients give way, so that ports are used again.
    require_end(first, second)
    few = first.stop() + second.stop()
    require("loop suspected 1" in few and "no socket left" in few, few)
    first, second = two_relays()
    require_end(first, second)
    Forger().send(("127.0.0.1", 7), address(first))
    summaries = first.stop() + second.stop()
    require("loop suspected 1" in summaries and "source refused 1" in summaries, summaries)
    numbers = [re.search("received ([0-9]+)", summary)[1] for summary in (few, summaries)]
    return "ended after %s and %s datagrams" % tuple(numbers)


def two_relays(*prefix):
    with udp() as free:
        port = free.getsockname()[1]
    first = Relay("--to", f"127.0.0.1:{port}", "--listen", "0", prefix=prefix)
    second = Relay("--to", "127.0.0.1:%d" % first.port, "--listen", str(port), prefix=prefix)
    require(second.port == port, "the second relay does not start")
    return first, second


def require_end(first, second):
    with udp() as client:
        client.sendto(b"round and round", address(first))
    used, before = total(first, second), None
    end = time.monotonic() + 20
    while before != used:  # A loop of two relays keeps both CPUs busy.
        require(time.monotonic() < end, "still going round")
        time.sleep(0.5)
        before, used = used, total(first, second)


def total(*relays):
    """Returns how much CPU time the relays have had, in hundredths of a second."""
    return sum(int(open(f"/proc/{relay.process.pid}/stat").read().rsplit(")")[1].split()[11]) for relay in relays)
