"""The running server and client."""
import functools, os, pathlib, re, select, signal, subprocess, tempfile, time

from checks import Failed, require
from network import ask, udp
from processes import start

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
JAVA = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
# Of two JVMs that start at the same time, one may print a warning about the other's file of statistics.
QUIET = "-XX:-UsePerfData"
FAST_START = QUIET, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"  # most clients send a single message


def jar(name):
    return str(ROOT / f"udp-{name}" / "target" / f"udp-{name}.jar")


class Server:
    def __init__(self, *options, port=0, jvm=(), prefix=(), program=("-jar", jar("server"))):
        self.errors = tempfile.TemporaryFile()
        self.process = start([*prefix, JAVA, QUIET, *jvm, *program, "-p", str(port), *options],
                             stdout=subprocess.PIPE, stderr=self.errors, text=True)

    @functools.cached_property
    def address(self):
        """Waits until the server listens, and returns its address and port."""
        greeting = self.process.stdout.readline()
        found = re.search(r"listening on (\S+):(\d+),", greeting)
        require(found, f"the server does not start: {self.log()}")
        return found[1], int(found[2])

    def log(self):
        return os.pread(self.errors.fileno(), 1 << 20, 0).decode().splitlines()

    def signal(self, number):
        self.process.send_signal(number)

    def is_alive(self):
        return self.process.poll() is None

    def require_replies(self, tries=1, wait=5):
        require(self.is_alive(), f"the server has ended: {self.log()}")
        reply = ask(self.address, b"honest", tries, wait)
        require(reply == b"HONEST", f"an honest client got {reply}; log: {self.log()}")

    def status(self):
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            raise Failed(f"the server does not end; log: {self.log()[-5:]}") from None

    def require_refusal_to_start(self, *words):
        """Requires a single line and exit status 1."""
        status = self.status()
        lines = self.log()
        printed = self.process.stdout.read()
        require(status == 1 and not printed and len(lines) == 1 and "null" not in lines[0]
                and all(word in lines[0] for word in words), f"status {status}, stdout {printed!r}, stderr {lines}")

    def stop(self):
        """Ends the server and returns the counts of its summary."""
        self.signal(signal.SIGTERM)
        self.status()
        summary = self.process.stdout.read()
        counts = {name.strip(): int(count) for name, count in re.findall(r"([a-z][a-z ]*) (\d+)", summary)}
        require("received" in counts, f"no summary but {summary!r}")
        return counts


class Relay:
    def __init__(self, *options, prefix=()):
        self.errors = tempfile.TemporaryFile()
        self.process = start([*prefix, JAVA, *FAST_START, "-jar", jar("it"), "proxy", *options],
                             stdout=subprocess.PIPE, stderr=self.errors, text=True)

    @functools.cached_property
    def port(self):
        """Waits until the relay listens, and returns its port."""
        return int(re.search(r"listening on \S+:(\d+),", self.process.stdout.readline())[1])

    def log(self):
        return os.pread(self.errors.fileno(), 1 << 20, 0).decode().splitlines()

    def stop(self):
        """Ends the relay and returns its summary."""
        require(self.process.poll() is None, f"the relay has ended: {self.log()}")
        self.process.send_signal(signal.SIGTERM)
        require(self.process.wait(20) == 128 + signal.SIGTERM, f"status {self.process.returncode}: {self.log()}")
        return self.process.stdout.read()


class Client:
    """A running client. What it has written can be read after its end."""

    def __init__(self, *options, stdin=b""):
        self.started = time.monotonic()
        self.out, self.errors = tempfile.TemporaryFile(), tempfile.TemporaryFile("w+")
        self.input = tempfile.TemporaryFile()
        self.input.write(stdin)
        self.input.seek(0)
        self.process = start([JAVA, *FAST_START, "-jar", jar("client"), *map(str, options)],
                             stdin=self.input, stdout=self.out, stderr=self.errors)

    def runs(self):
        return self.process.poll() is None

    def end(self, limit=20):
        try:
            self.status = self.process.wait(limit)
        except subprocess.TimeoutExpired:
            raise Failed(f"it hangs: {self.process.args[5:]}") from None
        self.ended = time.monotonic()
        self.out.seek(0)
        self.errors.seek(0)
        self.printed, self.said = self.out.read(), self.errors.read().splitlines()
        return self

    def require_failure(self):
        require(self.status == 1 and self.printed == b"" and len(self.said) == 1 and "null" not in self.said[0]
                and "internal error" not in self.said[0] and re.search(r"\w+ \w+ \w+", self.said[0]),
                f"{self.process.args[5:]}: status {self.status}, stdout {self.printed}, stderr {self.said}")


def count_prompt_replies(server, wait=1.5):
    """Returns how many of 20 clients get a reply in time. Their ports distribute them among the workers."""
    clients = [udp() for _ in range(20)]
    for client in clients:
        client.sendto(b"x", server.address)
    end, replied = time.monotonic() + wait, set()
    while len(replied) < len(clients) and time.monotonic() < end:
        replied |= set(select.select(clients, [], [], 0.1)[0])
    return len(replied)


class Footprint:
    """The descriptors, threads, live heap and resident memory of a process."""

    def __init__(self, process):
        pid = process.pid
        jcmd = JAVA[:-len("java")] + "jcmd"
        histogram = subprocess.run([jcmd, str(pid), "GC.class_histogram"], capture_output=True, text=True)
        total = re.search(r"^Total +\d+ +(\d+)", histogram.stdout, re.MULTILINE)
        require(total, f"jcmd does not tell the size of the heap: {histogram.stderr}")
        self.heap = int(total[1])
        self.descriptors = len(os.listdir(f"/proc/{pid}/fd"))
        self.threads = len(os.listdir(f"/proc/{pid}/task"))
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        self.resident = int(re.search(r"VmRSS:\s+(\d+)", status)[1]) << 10

    def require_no_growth_to(self, later):
        # compiler threads come and go, and the compiler's memory grows for a while
        require(later.descriptors <= self.descriptors and later.threads <= self.threads + 3
                and later.heap <= self.heap + (256 << 10) and later.resident <= self.resident + (12 << 20),
                f"grown from {self} to {later}")

    def __str__(self):
        return (f"{self.descriptors} descriptors, {self.threads} threads, {self.heap >> 10} KiB heap, "
                f"{self.resident >> 20} MiB resident")
