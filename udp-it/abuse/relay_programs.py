"""Checks of the relay between programs of others: TFTP, whose server replies from a new port; DNS; CoAP."""
import os, pathlib, re, shutil, subprocess, tempfile

from checks import check, LeftOut, require, until
from network import udp
from processes import start
from programs import Relay

LOSSY = "--loss", "0.1", "--duplicate", "0.1", "--seed", "7"
# A transfer of 20,000 bytes takes 40 datagrams each way. The first reply and the last acknowledgement pass: if they are lost,
# atftpd gets the request twice, or has ended when the client sends the last block again.
IN_THE_MIDDLE = "--fates", "c5=lose s9=lose s14=twice c20=twice c60=lose s65=lose s70=twice"


def free_port():
    with udp() as free:
        return free.getsockname()[1]


def serve(port, *command):
    """Starts a server and waits until it has its port."""
    server = start(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    bound = f":{port:04X} "
    until(lambda: bound in pathlib.Path("/proc/net/udp").read_text() or server.poll() is not None, 10, "no server")
    require(server.poll() is None, f"{command[0]} does not start")


def said(*command, limit=60, status=0):
    done = subprocess.run(command, capture_output=True, text=True, timeout=limit)
    require(done.returncode == status, f"{command[0]}: status {done.returncode}, {done.stdout} {done.stderr}")
    return done.stdout


def relay_to(port, *options):
    return Relay("--to", f"127.0.0.1:{port}", "--listen", "0", *options)


@check("atftp", "atftpd", transports=("-",))
def relay_tftp(_):
    """A file goes both ways through a bad network, though the server takes a new port; else the relay says why."""
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o777)
        (folder / "there").write_bytes(os.urandom(20_000))
        serve(port, "atftpd", "--daemon", "--no-fork", "--bind-address", "127.0.0.1", "--port", str(port),
              "--retry-timeout", "1", name)
        strict = relay_to(port)
        transfer = "atftp", "--tftp-timeout", "1", "--local-file"
        said(*transfer, name + "/none", "--remote-file", "there", "--get", "127.0.0.1", str(strict.port), status=255)
        lines = strict.log()
        require(len(lines) == 1 and re.search(r"from 127\.0\.0\.1:\d+, .*--follow", lines[0]), f"it says {lines}")
        relay = relay_to(port, "--follow", *IN_THE_MIDDLE)
        for file, way in (("back", "--get"), ("there", "--put")):
            remote = "there" if way == "--get" else "again"
            said(*transfer, f"{name}/{file}", "--remote-file", remote, way, "127.0.0.1", str(relay.port))
        sent = (folder / "there").read_bytes()
        require((folder / "back").read_bytes() == sent and (folder / "again").read_bytes() == sent, "another file")
        require(not relay.log(), f"it says {relay.log()}")
        return relay.stop().strip()


@check("dnsmasq", "dig", transports=("-",))
def relay_dns(_):
    """Names are found through a bad network, and many at once through a good network."""
    port = free_port()
    serve(port, "dnsmasq", "--keep-in-foreground", "--no-resolv", "--no-hosts", "--conf-file=/dev/null", "--pid-file=",
          "--user=root", f"--port={port}", "--listen-address=127.0.0.1", "--bind-interfaces",
          "--address=/name.example/192.0.2.7")
    relay = relay_to(port, *LOSSY)
    dig = "dig", "@127.0.0.1", "-p", str(relay.port), "+short", "+tries=9", "+time=1"
    for number in range(20):
        found = said(*dig, f"{number}.name.example")
        require(found.endswith("192.0.2.7\n"), found)
    return relay.stop().strip() + load(relay_to(port))


def load(relay):
    if not shutil.which("dnsperf"):
        return "; no dnsperf"
    with tempfile.NamedTemporaryFile("w", suffix=".names") as names:
        names.write("".join(f"{i}.name.example A\n" for i in range(2000)))
        names.flush()
        report = said("dnsperf", "-s", "127.0.0.1", "-p", str(relay.port), "-d", names.name, "-n", "1", "-c", "20")
    require("2000 (100.00%)" in report, report)
    return "; dnsperf: 2000 of 2000"


@check(transports=("-",))
def relay_coap(_):
    """A resource is written, and read through a bad network, in several blocks."""
    client, server = (shutil.which(f"coap-{name}-notls") or shutil.which("coap-" + name) for name in ("client", "server"))
    if not client or not server:
        raise LeftOut("no coap-client or no coap-server")
    port = free_port()
    serve(port, server, "-A", "127.0.0.1", "-p", str(port), "-d", "5")
    with tempfile.NamedTemporaryFile() as text:
        text.write(b"0123456789abcdef" * 200)
        text.flush()
        # libcoap 4.3.1 damages a resource if a block of it comes twice.
        said(client, "-m", "put", "-b", "1024", "-f", text.name, f"coap://127.0.0.1:{relay_to(port).port}/example_data")
    relay = relay_to(port, "--loss", "0.2", "--seed", "15")
    read = said(client, "-b", "512", f"coap://127.0.0.1:{relay.port}/example_data")
    require(read.strip() == "0123456789abcdef" * 200, f"{len(read)} characters, {read[:40]!r}")
    summary = relay.stop().strip()
    require(re.search("lost [1-9]", summary), summary)
    return summary
