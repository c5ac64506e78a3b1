"""A server in upper case, right but for the mistake that is its first argument; the port is its second."""
import signal
import socket
import sys
import threading
import time

mistake, port = sys.argv[1], int(sys.argv[2])
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", port))
buffer, before, clients = bytearray(65535 if mistake == "shares a buffer over threads" else 2048), b"", set()
if mistake == "starts behind a stranger's datagram":
    _, client = server.recvfrom(2048)
    server.close()
    stranger = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    stranger.sendto(b"for another", client)
    time.sleep(0.2)  # what a slow start takes; nobody has the port
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", port))
if mistake == "ignores SIGTERM":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def upper(request):
    global before
    if mistake == "changes byte by byte":
        return request.upper()
    errors = "strict" if mistake in ("dies on malformed text", "lecture notes") else "replace"
    text = request.decode(errors=errors)
    if mistake == "strips":
        text = text.strip()
    reply = text.upper().encode()
    if mistake == "appends a NUL":
        return reply + b"\0"
    if mistake == "leaks the request before":
        before = reply + before[len(reply):]
        return before
    return reply


def serve_later(length, client):
    time.sleep(0.02)  # what takes its time, for which there are threads
    server.sendto(upper(bytes(buffer[:length])), client)


while True:
    if mistake == "shares a buffer over threads":
        threading.Thread(target=serve_later, args=server.recvfrom_into(buffer), daemon=True).start()
        continue
    if mistake == "replies with the whole buffer":
        length, client = server.recvfrom_into(buffer)
        request = bytes(buffer)
    else:
        sizes = {"cuts at 1024": 1024, "cuts at 2048": 2048, "lecture notes": 2048}
        request, client = server.recvfrom(sizes.get(mistake, 65535))
    if mistake == "takes an empty datagram for the end" and not request:
        break
    clients.add(client)
    if mistake == "serves few clients" and len(clients) > 45:
        continue
    try:
        source = server
        if mistake == "replies from a new socket":
            source = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        reply = upper(request)
        for _ in range(2 if mistake == "replies twice" else 1):
            source.sendto(reply, client)
    except OSError:  # port 0, or a reply that has grown
        if mistake in ("dies on port 0", "lecture notes"):
            raise
    if mistake == "closes after its first reply":
        break
