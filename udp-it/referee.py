#!/usr/bin/env python3
"""Measures a server with sockperf and with our own benchmark, and prints by how much they differ.

Usage: python3 udp-it/referee.py [SECONDS]

SECONDS is the time of each measurement (default 1). The two take turns in each of seven rounds, because a machine is not the
same from minute to minute. Needs sockperf (Debian: sockperf), a JDK, and the built jars; if
something is missing, says so and does nothing. Installs nothing, and ends what it started.

sockperf ignores a reply that it could have sent itself: a bit of the header says that a client is the sender, and a server
clears it. So --processor echo is not enough. The processor here replies to sockperf with this bit cleared, and to our
benchmark in upper case. On two CPUs or more, the server has the first, and the clients have the others.
"""
import csv, os, pathlib, re, shutil, signal, statistics, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent
SERVER_JAR = HERE.parent / "udp-server/target/udp-server.jar"
BENCH_JAR = HERE / "target/udp-it.jar"
ROUNDS = 7
SIZE = 32
RATE = 10_000
WITHIN = 10  # per cent
CPUS = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]
FIGURES = ("p50_us", "p99_us", "p99.9_us", "server_cpu_us_per_exchange")
SERVER = """
import udp.api.MessageProcessor;
import udp.server.processor.UpperProcessor;

public class Referee {
    public static void main(String[] args) {
        UpperProcessor upper = new UpperProcessor();
        udp.server.Main.run((request, reply, peer) -> {
            if (request.get(request.position()) >= 'A') { // a number of the benchmark, not one of sockperf
                return upper.process(request, reply, peer);
            }
            int flags = reply.position() + 9;
            reply.put(request).put(flags, (byte) (reply.get(flags) & ~1));
            return MessageProcessor.Outcome.REPLY;
        }, args);
    }
}
"""


def left_out(reason):
    print("left out:", reason)
    sys.exit(0)


def on(cpus, *command):
    pinned = len(CPUS) > 1 and shutil.which("taskset")
    return ["taskset", "-c", ",".join(map(str, cpus)), *command] if pinned else list(command)


def cpu_nanos(process):
    tasks = pathlib.Path(f"/proc/{process.pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks)


def sockperf(process, where, seconds, mode, *options):
    """Returns the figures of a run, with the names that the benchmark uses; its clock begins after a warm-up."""
    before = cpu_nanos(process)
    run = subprocess.run(on(CPUS[1:], "sockperf", mode, *where, "-m", str(SIZE), "-t", str(seconds),
                            "--full-rtt", *options), capture_output=True, text=True)
    text = re.sub(r"\033\[[0-9;]*m", "", run.stdout)
    sent = re.search(r"\[Total Run\] .*?SentMessages=(\d+).*?ReceivedMessages=(\d+)", text)
    if not sent or "percentile" not in text:
        sys.exit(f"sockperf has failed: {text.strip().splitlines()[:1]} {run.stderr.strip()}")
    figures = {f"p{float(name):g}_us": float(value) for name, value in re.findall(r"percentile ([\d.]+) = +([\d.]+)", text)}
    figures["server_cpu_us_per_exchange"] = (cpu_nanos(process) - before) / int(sent[2]) / 1000
    return figures


def bench(clients, folder, command, seconds, *options):
    """Adds the figures of a run to the lists by client transport; its clock begins after a warm-up."""
    report = folder / "report"
    subprocess.run(on(CPUS[1:], "java", "-jar", str(BENCH_JAR), "bench", "--server", f"referee={command}", "--sizes", str(SIZE),
                      "--clients", "1", "--time", f"{seconds}s", "--rounds", "1", "--report", str(report), *options),
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with (report / "measurements.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["server"] == "referee":
                clients.setdefault(row["client"], []).append({name: float(row[name]) for name in FIGURES})


def compare(what, ours, theirs):
    """Prints the medians of the figures, and how far ours are from sockperf's."""
    for name, rounds in theirs.items():
        for figure in FIGURES:
            a, b = (statistics.median(each[figure] for each in side) for side in (ours, rounds))
            off = (a / b - 1) * 100
            word = "agree" if abs(off) <= WITHIN else "DIFFER"
            print(f"{what:34} {name:24} {figure:27} {a:9.2f} {b:9.2f} {off:+7.1f}%  {word}")


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if not shutil.which("sockperf"):
        left_out("sockperf is not installed (Debian: sockperf)")
    for jar in (SERVER_JAR, BENCH_JAR):
        if not jar.exists():
            left_out(f"{jar.relative_to(HERE.parent)} is not built (./mvnw -DskipTests package)")
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "Referee.java").write_text(SERVER, "utf-8")
        subprocess.run(["javac", "-cp", str(SERVER_JAR), "-d", name, str(folder / "Referee.java")], check=True)
        command = on(CPUS[:1], "java", "-cp", f"{SERVER_JAR}{os.pathsep}{name}", "Referee", "--port")
        process = subprocess.Popen([*command, "0"], stdout=subprocess.PIPE, text=True)
        try:
            port = re.search(r"listening on 127\.0\.0\.1:(\d+)", process.stdout.readline())[1]
            feed = folder / "feed"
            feed.write_text(f"U:127.0.0.1:{port}\n")
            blocks = ("-i", "127.0.0.1", "-p", port)
            polls = ("-f", str(feed), "-F", "epoll", "--nonblocked")
            words = " ".join(f"'{word}'" for word in command) + " {port}"
            plain, polling, rate, one, ours_at_rate = [], [], [], {}, {}
            sockperf(process, blocks, seconds, "ping-pong")  # the server's JVM compiles meanwhile
            for _ in range(ROUNDS):
                plain.append(sockperf(process, blocks, seconds, "ping-pong"))
                bench(one, folder, words, seconds, "--windows", "1")
                polling.append(sockperf(process, polls, seconds, "ping-pong"))
                rate.append(sockperf(process, blocks, seconds, "under-load", "--mps", str(RATE), "--reply-every", "1"))
                bench(ours_at_rate, folder, words, seconds, "--rate", str(RATE))
        finally:
            process.terminate()
            process.communicate()
    print(f"{SIZE} bytes, {ROUNDS} rounds of {seconds} s; medians, in microseconds: ours, sockperf's, difference")
    for client, rounds in one.items():
        compare(f"one outstanding, client {client}", rounds, {"sockperf": plain, "sockperf with epoll": polling})
    for client, rounds in ours_at_rate.items():
        compare(f"{RATE:,} per second", rounds, {"sockperf": rate})


try:
    main()
except KeyboardInterrupt:
    sys.exit(130)
