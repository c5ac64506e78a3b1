"""More than a server is used to: bursts, floods, many sources, little memory, a long time."""
import contextlib, pathlib, random, re, signal, threading, time

from checks import LeftOut, check, require
from network import Forger, ask, udp
from programs import Footprint, Server, answered_at_once

BUFFER = 4 << 20  # what the server asks for


@check()
def server_burst_while_stopped(transport):
    """5,000 datagrams wait for the process to continue."""
    granted = int(pathlib.Path("/proc/sys/net/core/rmem_max").read_text())
    if granted < BUFFER:
        raise LeftOut(f"net.core.rmem_max grants {granted} of {BUFFER} bytes")
    server = Server("-t", transport)
    server.requires_answers()
    with udp(room=64 << 20) as client:
        server.signal(signal.SIGSTOP)
        for number in range(5000):
            client.sendto(b"n%d" % number, server.address)
        server.signal(signal.SIGCONT)
        client.settimeout(5)
        replies = set()
        with contextlib.suppress(TimeoutError):
            while len(replies) < 5000:
                replies.add(client.recv(100))
    require(replies == {b"N%d" % number for number in range(5000)}, f"{len(replies)} of 5000 answered")
    return "5000 of 5000 answered"


@check()
def server_flood(transport):
    """Random bytes and sizes from many ports, and an honest client in between."""
    server = Server("-t", transport)
    noise, chance = random.randbytes(65_507), random.Random(1)
    stop, sent, start = threading.Event(), [0], time.monotonic()

    clients = [udp() for _ in range(200)]  # open to the end: a late answer must not find an honest one at that port

    def flood():
        while not stop.is_set():
            size = chance.choice((0, 1, 20, 1472, chance.randrange(65_508), 65_507))
            with contextlib.suppress(OSError):
                chance.choice(clients).sendto(noise[:size], server.address)
                sent[0] += 1

    flooder = threading.Thread(target=flood)
    flooder.start()
    try:
        # most are lost to the full queue, as all others, so often
        honest = [ask(server.address, b"honest%d" % number, tries=1000, wait=0.01) for number in range(5)]
        time.sleep(1)
    finally:
        stop.set()
        flooder.join()
    require(honest == [b"HONEST%d" % number for number in range(5)], f"answers during the flood: {honest}")
    server.requires_answers(tries=10, wait=1)
    for client in clients:
        client.close()
    log, seconds = server.log(), time.monotonic() - start
    require(sent[0] > 1000 and len(log) <= 2 * seconds + 4, f"{sent[0]} sent, {len(log)} log lines in {seconds:.0f} s")
    return f"{sent[0]} datagrams, 5 of 5 honest ones answered meanwhile"


@check()
def server_kernel_drops(transport):
    """What finds no room is counted."""
    for workers in "1", "2":
        server = Server("-t", transport, "--workers", workers)
        server.requires_answers()
        server.signal(signal.SIGSTOP)
        clients = [udp() for _ in range(20)]
        for number in range(30_000):
            clients[number % 20].sendto(b"%d" % number, server.address)
        server.signal(signal.SIGCONT)
        server.requires_answers(tries=10, wait=1)
        require(answered_at_once(server, 10) == 20, "not answered after the burst")
        counts = server.stop()
        dropped = counts.get("dropped by the kernel", 0)
        require(dropped > 0 and 30_022 <= counts["received"] + dropped <= 30_031,
                f"{workers} workers: {counts} of 30,022 and the repetitions of one")
    return f"{dropped} dropped"


@check()
def server_shows_buffers(transport):
    """What the kernel has granted."""
    server = Server("-t", transport, "-v")
    server.requires_answers()
    shown = server.process.stdout.readline()
    for name, limit in ("SO_RCVBUF", "rmem_max"), ("SO_SNDBUF", "wmem_max"):
        granted = min(BUFFER, int(pathlib.Path("/proc/sys/net/core/", limit).read_text()))
        found = re.search(name + r" (\d+)", shown)
        require(found and granted <= int(found[1]) <= 2 * granted, f"{granted} granted, shown: {shown}")
    return shown.split("]")[-1].strip(", \n")


# all of it resident from the start, so that what grows is not just the heap being used for the first time
SMALL_HEAP = "-Xms16m", "-Xmx16m", "-XX:+AlwaysPreTouch"


def sources(count):
    chance = random.Random(1)
    for number in range(count):
        yield f"127.{1 + number % 200}.{chance.randrange(256)}.{chance.randrange(1, 255)}", 1024 + number % 60_000


def send_from(server, forger, addresses):
    """In batches, each of which the server has taken once it answers what comes after."""
    for number, source in enumerate(addresses):
        forger.send(source, server.address)
        if number % 1000 == 999:
            server.requires_answers()


@check()
def server_small_heap(transport):
    """The largest datagrams and 200,000 sources in 16 MiB."""
    server, forger, every = Server("-t", transport, jvm=SMALL_HEAP), Forger(), list(sources(200_000))
    footprints = []
    for half in every[:100_000], every[100_000:]:
        for _ in range(100):
            require(ask(server.address, b"x" * 65_507) == b"X" * 65_507, "no answer to a datagram of 65,507 bytes")
        send_from(server, forger, half)
        footprints.append(Footprint(server.process))
    footprints[0].requires_no_growth_to(footprints[1])
    counts = server.stop()
    require(counts["received"] == 200_400, f"counted {counts}")
    return str(footprints[1])


@check(long=True)
def server_soak(transport):
    """Ten minutes of everything."""
    server, forger = Server("-t", transport, jvm=SMALL_HEAP), Forger()
    start, before = time.monotonic(), None
    while time.monotonic() - start < 600:
        send_from(server, forger, sources(20_000))
        ask(server.address, b"x" * 65_507)
        time.sleep(1)
        if before is None and time.monotonic() - start > 60:
            before = Footprint(server.process)
    after = Footprint(server.process)
    before.requires_no_growth_to(after)
    return f"{after}; received {server.stop()['received']}"
