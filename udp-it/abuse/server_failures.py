"""System calls, workers and a whole server that fail."""
import os, pathlib, socket, tempfile, time

from checks import check, require, until
from network import ask, udp
from processes import injected
from programs import Server, answered_at_once, jar

SLOW = """
public class Slow {
    public static void main(String[] arguments) throws Exception {
        udp.server.Main.run(udp.api.MessageProcessor.ofText(text -> {
            if (text.equals("slow")) {
                java.util.concurrent.locks.LockSupport.parkNanos(5_000_000_000L);
            }
            return text.toUpperCase();
        }), arguments);
    }
}
"""


@check("strace")
def server_failing_calls(transport):
    """A failure that passes is outlasted."""
    server = Server("-t", transport)
    with injected(server.process, "sendto,sendmsg:error=ENOBUFS:when=1..3"):
        for _ in range(3):
            require(ask(server.address, b"x", wait=0.3) is None, "strace let an answer through")
        server.requires_answers()
    for error in "ENOMEM", "EIO", "ENOBUFS":
        with injected(server.process, f"recvfrom,recvmsg:error={error}:when=1..5"):
            server.requires_answers(tries=2)
    log = server.log()
    require(any("receiving failed" in line for line in log), f"no receive failed: {log}")
    require(len(log) <= 10, f"{len(log)} log lines")
    counts = server.stop()
    require(counts.get("send failed") == 3, f"counted {counts}")
    return f"{len(log)} log lines"


@check("strace")
def server_receive_fails_for_good(transport):
    """It ends, soon and with one line. It takes two seconds, and strace adds what a loaded machine makes of it."""
    server = Server("-t", transport)
    with injected(server.process, "recvfrom,recvmsg:error=EIO") as failed:
        start = time.monotonic()
        ask(server.address, b"x", wait=0.1)
        status = server.status()
        seconds = time.monotonic() - start
    log = server.log()
    require(status == 1 and 1.5 < seconds < 15 and "keeps failing" in log[-1] and len(log) <= 6 and len(failed) < 50,
            f"status {status} after {seconds:.1f} s and {len(failed)} calls, stderr {log}")
    return f"exit 1 after {seconds:.1f} s and {len(failed)} calls, {len(log)} lines"


@check("strace")
def server_cannot_open(transport):
    """The first calls fail already."""
    faults = "bind:error=EACCES", "bind:error=EADDRNOTAVAIL", "setsockopt:error=ENOBUFS", "socket:error=EMFILE"
    strace = "strace", "-D", "-f", "-qq", "-o", os.devnull, "-e"
    for server in [Server("-t", transport, prefix=(*strace, "inject=" + fault)) for fault in faults]:
        server.refuses_to_start("cannot bind")
    return ", ".join(faults)


@check()
def server_kill_and_restart(transport):
    """The port is free at once."""
    server = Server("-t", transport)
    for _ in range(5):
        server.requires_answers()
        server.process.kill()
        server.process.wait()
        address, server = server.address, Server("-t", transport, port=server.address[1])
        require(server.address == address, f"bound to {server.address}, not {address}")
    server.requires_answers()


@check()
def server_port_taken(transport):
    """By a program that would share it, too."""
    refused = []
    for option in None, socket.SO_REUSEADDR, socket.SO_REUSEPORT:
        for host, options in ("127.0.0.1", ()), ("0.0.0.0", ()), ("127.0.0.1", ("--workers", "2")):
            foreign = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            if option:
                foreign.setsockopt(socket.SOL_SOCKET, option, 1)
            foreign.bind((host, 0))
            refused.append((Server("-t", transport, *options, port=foreign.getsockname()[1]), foreign))
    for server, _ in refused:
        server.refuses_to_start("cannot bind")


@check()
def server_slow_worker(transport):
    """A slow processor holds up its own worker alone."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "Slow.java")
        source.write_text(SLOW)
        server = Server("-t", transport, "--workers", "2", program=("-cp", jar("server"), str(source)))
        server.requires_answers()
    with udp() as slow:
        slow.sendto(b"slow", server.address)
        count = answered_at_once(server)
        require(0 < count < 20, f"{count} of 20 clients are answered at once beside a slow one")
        slow.settimeout(20)
        require(slow.recv(10) == b"SLOW", "the slow one got another answer")
    require(answered_at_once(server, 5) == 20, "some clients are not answered after that")
    return f"{count} of 20 clients answered meanwhile"


@check("strace")
def server_failing_worker(transport):
    """A worker whose socket fails for good gets another, and the other worker's clients do not notice."""
    server = Server("-t", transport, "--workers", "2")
    server.requires_answers()
    tasks = pathlib.Path(f"/proc/{server.process.pid}/task")
    workers = [task.name for task in tasks.iterdir() if (task / "comm").read_text().startswith("udp-server 127")]
    require(len(workers) == 2, f"{len(workers)} threads of workers")
    with injected(server.process, "recvfrom,recvmsg:error=EIO:when=1..12", task=workers[0]):
        answered_at_once(server, 0.2)  # wakes it
        count = answered_at_once(server, 0.5)
        until(lambda: any("opened another socket" in line for line in server.log()), 20, "the socket is not replaced")
    require(count > 0, "no client is answered while one worker of two fails")
    require(answered_at_once(server, 5) == 20, "some clients are not answered after that")
