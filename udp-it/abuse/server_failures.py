"""Checks of failing system calls, workers and servers."""
import contextlib, os, pathlib, signal, socket, tempfile, time

from checks import check, require, until
from network import ask, udp
from processes import injected
from programs import Server, count_prompt_replies, jar

SLOW = """
public class Slow {
    public static void main(String[] arguments) throws Exception {
        udp.server.Main.run(udp.api.MessageProcessor.ofText(text -> {
            long start = System.nanoTime();
            while (text.equals("slow") && System.nanoTime() - start < 5_000_000_000L) {
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000_000L);
            }
            return text.toUpperCase();
        }), arguments);
    }
}
"""


@check("strace")
def server_failing_calls(transport):
    """The server survives temporary failures."""
    server = Server("-t", transport)
    with injected(server.process, "sendto,sendmsg:error=ENOBUFS:when=1..3"):
        for _ in range(3):
            require(ask(server.address, b"x", wait=0.3) is None, "strace let a reply through")
        server.require_replies()
    for error in "ENOMEM", "EIO", "ENOBUFS":
        with injected(server.process, f"recvfrom,recvmsg:error={error}:when=1..5"):
            server.require_replies(tries=2)
    log = server.log()
    require(any("receiving failed" in line for line in log), f"no receive failed: {log}")
    require(len(log) <= 10, f"{len(log)} log lines")
    counts = server.stop()
    require(counts.get("send failed") == 3, f"counted {counts}")
    return f"{len(log)} log lines"


@check("strace")
def server_receive_fails_for_good(transport):
    """If receiving fails permanently, the server ends with a single line, after two seconds; strace adds to them."""
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
    """The server cannot bind its socket."""
    faults = "bind:error=EACCES", "bind:error=EADDRNOTAVAIL", "setsockopt:error=ENOBUFS", "socket:error=EMFILE"
    strace = "strace", "-D", "-f", "-qq", "-o", os.devnull, "-e"
    for server in [Server("-t", transport, prefix=(*strace, "inject=" + fault)) for fault in faults]:
        server.require_refusal_to_start("cannot bind")
    return ", ".join(faults)


@check()
def server_kill_and_restart(transport):
    """After kill -9, the port is free at once."""
    server = Server("-t", transport)
    for _ in range(5):
        server.require_replies()
        server.process.kill()
        server.process.wait()
        address, server = server.address, Server("-t", transport, port=server.address[1])
        require(server.address == address, f"bound to {server.address}, not {address}")
    server.require_replies()


@check()
def server_port_taken(transport):
    """Another program has the port, perhaps a program that would share it."""
    refused = []
    for option in None, socket.SO_REUSEADDR, socket.SO_REUSEPORT:
        for host, options in ("127.0.0.1", ()), ("0.0.0.0", ()), ("127.0.0.1", ("--workers", "2")):
            foreign = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            if option:
                foreign.setsockopt(socket.SOL_SOCKET, option, 1)
            foreign.bind((host, 0))
            refused.append((Server("-t", transport, *options, port=foreign.getsockname()[1]), foreign))
    for server, _ in refused:
        server.require_refusal_to_start("cannot bind")


@check()
def server_slow_worker(transport):
    """A slow processor delays its own worker only."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "Slow.java")
        source.write_text(SLOW)
        server = Server("-t", transport, "--workers", "2", program=("-cp", jar("server"), str(source)))
        server.require_replies()
    with udp() as slow:
        slow.sendto(b"slow", server.address)
        count = count_prompt_replies(server)
        require(0 < count < 20, f"{count} of 20 clients get a reply at once beside a slow client")
        slow.settimeout(20)
        require(slow.recv(10) == b"SLOW", "the slow client got another reply")
    require(count_prompt_replies(server, 5) == 20, "some clients get no reply after that")
    return f"{count} of 20 clients got a reply meanwhile"


@check()
def server_hanging_workers(transport):
    """While a server of 256 workers waits for processors that hang, its stop signal opens few sockets."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "Slow.java")
        source.write_text(SLOW)
        server = Server("-t", transport, "--workers", "256", program=("-cp", jar("server"), str(source)))
        server.require_replies()
    descriptors, most = pathlib.Path(f"/proc/{server.process.pid}/fd"), 0
    clients = [udp() for _ in range(200)]  # their ports distribute them among the workers
    for client in clients:
        client.sendto(b"slow", server.address)
    time.sleep(0.5)  # they are received meanwhile
    before, start = len(os.listdir(descriptors)), time.monotonic()
    server.signal(signal.SIGTERM)
    while server.is_alive():
        with contextlib.suppress(FileNotFoundError):
            most = max(most, len(os.listdir(descriptors)))
        time.sleep(0.01)
    seconds = time.monotonic() - start
    require(most - before < 1000 and seconds < 5, f"{most - before} descriptors more in {seconds:.1f} s")
    return f"at most {most - before} descriptors more, {seconds:.1f} s"


@check("strace")
def server_failing_worker(transport):
    """A worker gets another socket if its socket fails permanently; the clients of the other worker do not notice."""
    server = Server("-t", transport, "--workers", "2")
    server.require_replies()
    tasks = pathlib.Path(f"/proc/{server.process.pid}/task")

    def workers():  # The first may reply before the second has started.
        return [task.name for task in tasks.iterdir() if (task / "comm").read_text().startswith("udp-server 127")]
    until(lambda: len(workers()) == 2, 5, "there are not two threads of workers")
    with injected(server.process, "recvfrom,recvmsg:error=EIO:when=1..12", task=workers()[0]):
        count_prompt_replies(server, 0.2)  # wakes the worker
        count = count_prompt_replies(server, 0.5)
        until(lambda: any("opened another socket" in line for line in server.log()), 20, "the socket is not replaced")
    require(count > 0, "no client gets a reply while a worker of two fails")
    require(count_prompt_replies(server, 5) == 20, "some clients get no reply after that")
