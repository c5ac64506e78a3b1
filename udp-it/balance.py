#!/usr/bin/env python3
"""Kills one of three servers behind nginx under load, and counts the requests that are lost.

Usage: python3 udp-it/balance.py

Needs nginx with its stream module (Debian: nginx, libnginx-mod-stream), a JDK, and the built udp-server.jar; if
something is missing, says so and does nothing. Uses udp-it/nginx.conf with other ports, installs nothing, and ends what
it started.
"""
import contextlib, pathlib, re, select, shutil, signal, socket, subprocess, sys, tempfile, time

HERE = pathlib.Path(__file__).resolve().parent
JAR = HERE.parent / "udp-server/target/udp-server.jar"
PER_SECOND = 500
SECONDS = 3  # the kill is after the first, nginx notices it in the second
PATIENCE = 3.0  # seconds, for the last replies and for the end of a process
START_LIMIT = 30


def left_out(reason):
    print("left out:", reason)
    sys.exit(0)


def nginx_with_stream():
    """Returns the program, and the directive that loads the module if it is not built in."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not nginx:
        left_out("nginx is not installed (Debian: nginx libnginx-mod-stream)")
    built = subprocess.run([nginx, "-V"], capture_output=True, text=True).stderr
    if re.search(r"--with-stream(\s|$)", built):
        return nginx, ""
    folder = re.search(r"--modules-path=(\S+)", built)
    module = pathlib.Path(folder[1] if folder else "/usr/lib/nginx/modules") / "ngx_stream_module.so"
    if not module.exists():
        left_out("nginx has no stream module (Debian: libnginx-mod-stream)")
    return nginx, f"load_module {module};"


def start(stack, command, **more):
    process = subprocess.Popen(command, **more)
    stack.callback(end, process)
    return process


def end(process):
    """Ends a process and returns the rest of its output."""
    process.terminate()
    try:
        return process.communicate(timeout=PATIENCE)[0]
    except subprocess.TimeoutExpired:
        process.kill()
        return process.communicate()[0]


def start_server(stack):
    server = start(stack, ["java", "-jar", str(JAR), "--port", "0"], stdout=subprocess.PIPE, text=True)
    line = server.stdout.readline()
    found = re.search(r"listening on 127\.0\.0\.1:(\d+)", line)
    if not found:
        sys.exit(f"the server has not started: {line.strip()}")
    return server, int(found[1])


def start_nginx(stack, ports):
    """Starts nginx and returns the port that it listens on."""
    nginx, module = nginx_with_stream()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        front = free.getsockname()[1]
    text = (HERE / "nginx.conf").read_text("utf-8")
    for number, port in zip((50010, 50011, 50012, 50013), (front, *ports)):
        assert f"127.0.0.1:{number}" in text
        text = text.replace(f"127.0.0.1:{number}", f"127.0.0.1:<{port}>")
    folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
    (folder / "nginx.conf").write_text(re.sub(r"<(\d+)>", r"\1", text), "utf-8")
    log = (folder / "log").open("w+")
    stack.callback(log.close)
    process = start(stack, [nginx, "-p", str(folder), "-c", "nginx.conf", "-e", "stderr",
                            "-g", f"daemon off; pid {folder}/nginx.pid; {module}"], stderr=log)
    await_reply(front, process, log)
    return front


def await_reply(port, process, log):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.settimeout(0.1)
        probe.connect(("127.0.0.1", port))
        limit = time.monotonic() + START_LIMIT
        while time.monotonic() < limit and process.poll() is None:
            with contextlib.suppress(OSError):
                probe.send(b"ready?")
                if probe.recv(100) == b"READY?":
                    return
            time.sleep(0.02)
    log.seek(0)
    sys.exit(f"nginx does not reply: {log.read().strip()}")


def load(port, kill):
    """Sends at a steady rate, calls kill after a second, and returns the numbers of the requests that had a reply."""
    replied = set()
    total = PER_SECOND * SECONDS
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.connect(("127.0.0.1", port))
        client.setblocking(False)
        begin = time.monotonic()
        sent, killed = 0, False
        limit = begin + SECONDS + PATIENCE
        while len(replied) < total and time.monotonic() < limit:
            if sent == PER_SECOND and not killed:
                kill()
                killed = True
            due = begin + sent / PER_SECOND
            if sent < total and time.monotonic() >= due:
                client.send(b"request %d" % sent)
                sent += 1
                limit = max(limit, time.monotonic() + PATIENCE)
            wait = max(0, min(due if sent < total else limit, limit) - time.monotonic())
            if select.select([client], [], [], wait)[0]:
                reply = client.recv(100)
                if not reply:  # nginx (1.22) turns a refusal into this
                    continue
                found = re.fullmatch(rb"REQUEST (\d+)", reply)
                if not found or int(found[1]) >= sent:
                    sys.exit(f"a wrong reply: {reply}")
                replied.add(int(found[1]))
    return replied


def lost_in(replied, second):
    return sum(number not in replied for number in range(second * PER_SECOND, (second + 1) * PER_SECOND))


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    nginx_with_stream()
    if not JAR.exists():
        left_out("udp-server/target/udp-server.jar is not built (./mvnw -DskipTests package)")
    with contextlib.ExitStack() as stack:
        servers = [start_server(stack) for _ in range(3)]
        port = start_nginx(stack, [port for _, port in servers])
        replied = load(port, servers[0][0].kill)
        took = [int(re.search(r"replied (\d+)", end(server))[1]) for server, _ in servers[1:]]
    lost = [lost_in(replied, second) for second in range(SECONDS)]
    print(f"three servers behind nginx, {PER_SECOND} requests a second, one server killed after the first second")
    for second, when in enumerate(("before the kill", "the second after it", "the next second")):
        print(f"{when}: {PER_SECOND - lost[second]} replies, {lost[second]} lost")
    print(f"the killed server replied to about {len(replied) - sum(took)}, the other two to {took[0]} and {took[1]}")
    # Each of the two has a third of the first second and half of the others.
    if lost[0] or lost[2] or min(took) < PER_SECOND:
        sys.exit("the other two have not taken over")


try:
    main()
except KeyboardInterrupt:
    sys.exit(130)
