"""Checks of a server under load: bursts, floods, many sources, little memory, a long time."""
import contextlib, pathlib, random, re, signal, threading, time

from checks import LeftOut, check, require
from network import Forger, ask, udp
from programs import Footprint, Server, count_prompt_replies

BUFFER = 4 << 20  # bytes that the server asks for


@check()
def server_burst_while_stopped(transport):
    """5,000 datagrams wait until the process continues."""
    granted = int(pathlib.Path("/proc/sys/net/core/rmem_max").read_text())
    if granted < BUFFER:
        raise LeftOut(f"net.core.rmem_max grants {granted} of {BUFFER} bytes")
    server = Server("-t", transport)
    server.require_replies()
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
    require(replies == {b"N%d" % number for number in range(5000)}, f"{len(replies)} of 5000 replies")
    return "5000 of 5000 replies"


@check()
def server_flood(transport):
    """Random bytes and sizes come from many ports, and an honest client sends in between."""
    server = Server("-t", transport)
    noise, chance = random.randbytes(65_507), random.Random(1)
    stop, sent, start = threading.Event(), [0], time.monotonic()

    clients = [udp() for _ in range(200)]  # open to the end: a late reply must not reach an honest client at that port

    def flood():
        while not stop.is_set():
            size = chance.choice((0, 1, 20, 1472, chance.randrange(65_508), 65_507))
            with contextlib.suppress(OSError):
                chance.choice(clients).sendto(noise[:size], server.address)
                sent[0] += 1

    flooder = threading.Thread(target=flood)
    flooder.start()
    try:
        # the full queue loses most requests, so the honest client tries often
        honest = [ask(server.address, b"honest%d" % number, tries=1000, wait=0.01) for number in range(5)]
        time.sleep(1)
    finally:
        stop.set()
        flooder.join()
    require(honest == [b"HONEST%d" % number for number in range(5)], f"replies during the flood: {honest}")
    server.require_replies(tries=10, wait=1)
    for client in clients:
        client.close()
    log, seconds = server.log(), time.monotonic() - start
    require(sent[0] > 1000 and len(log) <= 2 * seconds + 4, f"{sent[0]} sent, {len(log)} log lines in {seconds:.0f} s")
    return f"{sent[0]} datagrams, 5 of 5 honest requests got a reply meanwhile"


@check()
def server_kernel_drops(transport):
    """The summary counts what the kernel dropped."""
    for workers in "1", "2":
        server = Server("-t", transport, "--workers", workers)
        server.require_replies()
        server.signal(signal.SIGSTOP)
        clients = [udp() for _ in range(20)]
        for number in range(30_000):
            clients[number % 20].sendto(b"%d" % number, server.address)
        server.signal(signal.SIGCONT)
        server.require_replies(tries=10, wait=1)
        require(count_prompt_replies(server, 10) == 20, "no reply after the burst")
        counts = server.stop()
        dropped = counts.get("dropped by the kernel", 0)
        require(dropped > 0 and 30_022 <= counts["received"] + dropped <= 30_031,
                f"{workers} workers: {counts} of 30,022 and the repetitions of one")
    return f"{dropped} dropped"


@check()
def server_shows_buffers(transport):
    """The server shows the buffers that the kernel granted."""
    server = Server("-t", transport, "-v")
    server.require_replies()
    shown = server.process.stdout.readline()
    for name, limit in ("SO_RCVBUF", "rmem_max"), ("SO_SNDBUF", "wmem_max"):
        granted = min(BUFFER, int(pathlib.Path("/proc/sys/net/core/", limit).read_text()))
        found = re.search(name + r" (\d+)", shown)
        require(found and granted <= int(found[1]) <= 2 * granted, f"{granted} granted, shown: {shown}")
    return shown.split("]")[-1].strip(", \n")


# The whole heap is resident from the start, so that its first use does not count as growth.
SMALL_HEAP = "-Xms16m", "-Xmx16m", "-XX:+AlwaysPreTouch"


def sources(count):
    chance = random.Random(1)
    for number in range(count):
        yield f"127.{1 + number % 200}.{chance.randrange(256)}.{chance.randrange(1, 255)}", 1024 + number % 60_000


def send_from(server, forger, addresses):
    """Sends in batches. When the server replies to what follows a batch, it has received the batch."""
    for number, source in enumerate(addresses):
        forger.send(source, server.address)
        if number % 1000 == 999:
            server.require_replies()


@check()
def server_small_heap(transport):
    """The server handles the largest datagrams and 200,000 sources in a heap of 16 MiB."""
    server, forger, every = Server("-t", transport, jvm=SMALL_HEAP), Forger(), list(sources(200_000))
    footprints = []
    for half in every[:100_000], every[100_000:]:
        for _ in range(100):
            require(ask(server.address, b"x" * 65_507) == b"X" * 65_507, "no reply to a datagram of 65,507 bytes")
        send_from(server, forger, half)
        footprints.append(Footprint(server.process))
    footprints[0].require_no_growth_to(footprints[1])
    counts = server.stop()
    require(counts["received"] == 200_400, f"counted {counts}")
    return str(footprints[1])


@check(long=True)
def server_soak(transport):
    """The server handles all that for ten minutes."""
    server, forger = Server("-t", transport, jvm=SMALL_HEAP), Forger()
    start, before = time.monotonic(), None
    while time.monotonic() - start < 600:
        send_from(server, forger, sources(20_000))
        ask(server.address, b"x" * 65_507)
        time.sleep(1)
        if before is None and time.monotonic() - start > 60:
            before = Footprint(server.process)
    after = Footprint(server.process)
    before.require_no_growth_to(after)
    return f"{after}; received {server.stop()['received']}"
