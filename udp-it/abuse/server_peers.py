"""Checks of what peers and the network between do to a server."""
import contextlib, random, select, shutil, time

from checks import check, require
from network import Forger, Sniffer, ask, firewall, udp
from processes import run
from programs import Server


@check()
def server_forged_sources(transport):
    """The server replies to no refused source and counts each. The kernel lets through only what is expected."""
    run("ip", "route", "add", "default", "dev", "lo")  # without a route, a reply could not be seen
    server = Server("-t", transport)
    refused = [("127.0.0.1", port) for port in (0, 7, 13, 17, 19, 37)]
    refused += [(host, 5000) for host in ("224.0.0.1", "255.255.255.255", "0.1.2.3", "240.0.0.1")]
    refused.append(server.address)
    note = "0.0.0.0 left out: no nft"
    if shutil.which("nft"):  # the kernel itself lets no 0.0.0.0 through
        firewall("input", "ip saddr 198.51.100.99 ip saddr set 0.0.0.0")
        refused.append(("198.51.100.99", 5000))
        note = "0.0.0.0 too"
    sniffer, forger = Sniffer(), Forger()
    for source in refused:
        forger.send(source, server.address)
    forger.send(("127.255.255.255", 5000), server.address)  # a broadcast address: sending fails
    forger.send(("192.0.2.1", 5000), server.address)  # gets a reply: nothing shows that it is forged
    forger.send(("192.0.2.2", 5000), server.address, length=9)  # gets a reply: it is only shorter
    for length in 0, 7, 1000:
        forger.send(("192.0.2.3", 5000), server.address, length=length)  # the kernel drops these
    forger.send(("192.0.2.4", 5000), server.address, checksum=1)  # the kernel drops this too
    server.require_replies()
    run("ip", "route", "del", "default", "dev", "lo")
    forger.send(("192.0.2.5", 5000), server.address)  # no route leads there
    server.require_replies()
    replied = {target for source, target in sniffer.datagrams() if source == server.address}
    replied = {target[0] for target in replied if target != server.address and target[0] != "127.0.0.1"}
    require(replied == {"192.0.2.1", "192.0.2.2"}, f"replied to {sorted(replied)}")
    counts = server.stop()
    expected = {"received": len(refused) + 6, "replied": 4, "source refused": len(refused), "send failed": 2}
    require(expected.items() <= counts.items(), f"counted {counts}, expected {expected}")
    return f"{len(refused)} refused, {note}"


@check()
def server_loop(transport):
    """Loops of forged datagrams between two of our servers end."""
    forger, sniffer, most = Forger(), Sniffer(), {}
    pairs = [[Server("-t", transport, "--processor", name) for name in names]
             for names in (("upper", "upper"), ("time", "time"), ("echo", "reverse"))]
    for forged in 1, 1, 1, 30:  # the end of a loop earns the servers some trust
        for one, other in pairs:
            for number in range(forged):
                forger.send(other.address, one.address, b"hello %d" % number)
        time.sleep(5)
        seen = [target for _, target in sniffer.datagrams()]
        for pair in pairs:
            count = sum(seen.count(server.address) for server in pair)
            require(10 < count <= 500 * forged, f"{count} datagrams in 5 s after {forged}")
            most[forged] = max(most.get(forged, 0), count)
        require(not sniffer.datagrams(), f"still sending 5 s after {forged}")
    return f"at most {most[1]} datagrams after one, {most[30]} after 30"


@check()
def server_forged_beside_honest(transport):
    """An honest client loses at most 3 of 100 requests if others forge its source, or many."""
    server, forger, lost = Server("-t", transport), Forger(), {}
    run("ip", "route", "add", "default", "dev", "lo")  # the replies to forged sources go nowhere
    for name, own, many in ("20 of its source", 20, 0), ("76 of its source", 76, 0), ("40 of many", 20, 20):
        lost[name] = 0
        with udp() as client:
            client.settimeout(0.3)
            sources = [client.getsockname()] * own
            for number in range(1000):
                strangers = [(f"192.0.2.{random.randint(1, 254)}", random.randint(1024, 65535)) for _ in range(many)]
                for source in sources + strangers:
                    forger.send(source, server.address)
                lost[name] += not replies(client, server.address, b"honest %d" % (number % 5))  # little is new
        require(lost[name] <= 30, f"{name} forged for each request: {lost[name]} of 1000 lost")
    server.require_replies()
    return ", ".join(f"{kind}: {count}" for kind, count in lost.items()) + " of 1000 lost"


def replies(client, address, request):
    """Sends a request, and returns whether its reply comes among others."""
    client.sendto(request, address)
    with contextlib.suppress(TimeoutError):
        while client.recv(100) != request.upper():
            pass
        return True
    return False


@check("nft")
def server_firewall(transport):
    """A firewall forbids the replies."""
    seen = []
    for verdict in "drop", "reject":
        server = Server("-t", transport)
        with udp() as client:
            ports = f"udp sport {server.address[1]} udp dport {client.getsockname()[1]}"
            firewall("output", f"{ports} {verdict}")
            for _ in range(20):
                for _ in range(100):
                    client.sendto(random.randbytes(8), server.address)
                time.sleep(0.1)
        server.require_replies()
        counts, log = server.stop(), server.log()
        require(counts.get("send failed") == 2000, f"{verdict}: counted {counts}")
        require(1 <= len(log) <= 6, f"{verdict}: {len(log)} log lines in 2 s: {log[:3]}")
        seen.append(len(log))
    return f"2000 failed sends, {seen[0]} and {seen[1]} log lines"


@check()
def server_rate_limit(transport):
    """The limit holds for a network, and for no other network."""
    server = Server("-t", transport, "--rate-limit", "10")
    server.require_replies()
    clients, replied = [udp(f"127.0.1.{number}") for number in range(1, 21)], 0
    begin = time.monotonic()
    for number in range(1000):
        clients[number % 20].sendto(b"%d" % number, server.address)
    others = [ask(server.address, b"x", source=f"127.0.{net}.1") for net in range(2, 12)]
    require(others == [b"X"] * 10, f"the limit holds for other networks too: {others}")
    while select.select(clients, [], [], 0.2)[0]:
        for client in select.select(clients, [], [], 0)[0]:
            client.recv(10)
            replied += 1
    limit = 10 + 10 * (time.monotonic() - begin)
    require(10 <= replied <= limit, f"{replied} replies to a network, at most {limit:.0f} are due")
    return f"{replied} of 1000 replies"
