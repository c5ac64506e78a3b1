"""A client, right but for the mistake that is its first argument; host and port follow."""
import itertools
import signal
import socket
import sys
import time

mistake, server = sys.argv[1], (sys.argv[2], int(sys.argv[3]))
if mistake == "ignores SIGTERM":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
encoding = "latin-1" if mistake == "sends Latin-1" else "utf-8"
size = 1024 if mistake == "cuts what it receives" else 65535
connected = mistake not in ("takes a stranger's reply", "starts the time anew for strangers")


def open_socket():
    client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    if connected:
        client.connect(server)
    else:
        client.bind(("127.0.0.1", 0))
    return client


def receive(client, seconds):
    end = time.monotonic() + seconds
    while True:
        if mistake == "waits forever":
            client.settimeout(None)
        elif mistake == "starts the time anew for strangers":
            client.settimeout(seconds)
        else:
            client.settimeout(max(0.001, end - time.monotonic()))
        try:
            reply, sender = client.recvfrom(size)
        except socket.timeout:
            return None
        except OSError:  # nobody is there yet
            time.sleep(0.01)
            continue
        if mistake == "starts the time anew for strangers" and sender != server:
            continue
        if mistake == "takes an empty reply for none" and not reply:
            continue
        return reply


def ask(client, request):
    tries = itertools.count() if mistake == "sends again forever" else range(1 if mistake == "sends once" else 3)
    first = {"sends once": 3, "ignores SIGTERM": 1.5}.get(mistake, 0.5)
    same = {"waits no longer": 1.5, "has a socket for each try": 3}.get(mistake)
    for number in tries:
        if mistake == "has a socket for each try":
            client = open_socket()
        if connected:
            client.send(request)
        else:
            client.sendto(request, server)
        reply = receive(client, same or first * 2 ** min(number, 2))
        if reply is not None:
            return reply


def request_of(line):
    sentence = line.decode().rstrip("\r\n")
    if mistake == "sends the line end":
        sentence += "\n"
    if mistake == "sends a NUL":
        sentence += "\0"
    request = sentence.encode(encoding, errors="replace")
    return request[:1024] if mistake == "cuts what it sends" else request


shared = open_socket()
for line in sys.stdin.buffer:
    reply = ask(shared if mistake == "has one socket" else open_socket(), request_of(line))
    if reply is None:
        print("no reply", file=sys.stderr)
        sys.exit(0 if mistake == "ends with status 0" else 1)
    if mistake == "prints the whole buffer":
        reply = reply.ljust(70000, b"\0")
    if mistake == "trims the reply":
        reply = reply.strip()
    if mistake == "prints bytes":
        print(reply)
    else:
        sys.stdout.buffer.write(reply + b"\n")
    sys.stdout.flush()
