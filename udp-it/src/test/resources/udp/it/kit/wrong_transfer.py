"""The sender (HOST PORT FILE) or the receiver (PORT FILE) of a file, right but for the mistake that comes first."""
import itertools
import socket
import struct
import sys
import time
import zlib

PART, WINDOW, SILENCE = 1000, 32, 12
LINGER = 3
MORE, END = 0, 1  # a part that more follows; the end
mistake, arguments = sys.argv[1], sys.argv[2:]
first = 1 if mistake == "counts from 1" else 0
link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


def packed(number, kind, part=b""):
    rest = struct.pack("!IB", number, kind) + part
    return struct.pack("!I", zlib.crc32(rest)) + rest


def unpacked(packet):
    """Returns number, kind and part, or None if the packet is not as it was sent."""
    if len(packet) < 9 or struct.unpack_from("!I", packet)[0] != zlib.crc32(packet[4:]) and checks:
        return None
    return *struct.unpack_from("!IB", packet, 4), packet[9:]


def parts_of(file):
    parts = [file[at:at + PART] for at in range(0, len(file), PART)]
    if mistake == "ends after a short part":
        return [(MORE, part) for part in parts or [b""]]
    if mistake == "sends nothing of an empty file":
        return [(MORE, part) for part in parts[:-1]] + [(END, part) for part in parts[-1:]]
    return [(MORE, part) for part in parts] + [(END, b"")]


def send(host, port, file):
    link.settimeout(0.02)
    numbered = enumerate(parts_of(open(file, "rb").read()), first)
    waiting = {number: [packed(number, *part), 0.0, 0.1] for number, part in numbered}
    heard = time.monotonic()
    while waiting and time.monotonic() < heard + SILENCE:
        for entry in itertools.islice(waiting.values(), WINDOW):
            if time.monotonic() > entry[1]:
                link.sendto(entry[0], (host, int(port)))
                entry[2] = min(2 * entry[2], 1)
                entry[1] = time.monotonic() + entry[2]
        try:
            acknowledgement = unpacked(link.recv(2048))
        except OSError:
            continue
        if acknowledgement and waiting.pop(acknowledgement[0], None):
            heard = time.monotonic()
    return 1 if waiting else 0


def receive(port, file):
    link.bind(("127.0.0.1", int(port)))
    link.settimeout(SILENCE)
    parts, end = {}, None
    while True:
        try:
            packet, sender = link.recvfrom(2048)
        except TimeoutError:
            return 0 if link.gettimeout() == LINGER else 1
        if not (received := unpacked(packet)):
            continue
        number, kind, part = received
        parts[number] = part
        if kind == END or mistake == "ends after a short part" and len(part) < PART:
            end = number
        link.sendto(packed(number, kind), sender)
        if end is not None and all(number in parts for number in range(first, end + 1)):
            start = 1 if mistake == "counts from 0 and from 1" else first
            open(file, "wb").write(b"".join(parts[number] for number in range(start, end + 1)))
            if mistake == "ends with its last acknowledgement":
                return 0
            link.settimeout(LINGER)


checks = mistake != "ends with its last acknowledgement"  # whatever is changed decides what is sent again
sys.exit(send(*arguments) if len(arguments) == 3 else receive(*arguments))
