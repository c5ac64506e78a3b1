"""Programs that try to get round the check, each in the way that its first argument names."""
import os
import shutil
import socket
import sys
import time

way, arguments = sys.argv[1], sys.argv[2:]


def bound(port):
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", port))
    return server


def serve(server, reply):
    while True:
        message, client = server.recvfrom(65535)
        try:
            server.sendto(reply(message), client)
        except OSError:  # port 0
            pass


def upper(message):
    return message.decode(errors="replace").upper().encode()


if way == "replies from a table":
    table = {b"hello, world": b"HELLO, WORLD", "你好, 中文".encode(): "你好, 中文".encode()}
    serve(bound(int(arguments[0])), lambda message: table.get(message, b"x"))

if way == "leaves a daemon":
    if os.fork() == 0:
        os.setsid()
        if os.fork() != 0:
            os._exit(0)
        for descriptor in range(3):
            os.close(descriptor)
        open(os.path.join(arguments[1], f"daemon-{os.getpid()}"), "w").close()
        time.sleep(600)
    serve(bound(int(arguments[0])), upper)

if way == "prints without end":
    sentence, server = input(), (arguments[0], int(arguments[1]))
    client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    client.sendto(sentence.encode(), server)
    client.settimeout(0.2)
    try:
        reply = client.recv(65535)
    except TimeoutError:
        sys.exit(1)
    for _ in range(100):
        sys.stdout.buffer.write(b"y" * (1 << 16))
    sys.stdout.buffer.write(reply)

if way == "takes all ports":
    server, taken = bound(int(arguments[0])), []
    for port in range(int(arguments[1]), int(arguments[2])):
        try:
            taken.append(bound(port))
        except OSError:
            pass  # the kit has it
    serve(server, upper)

if way == "copies past the network, sender":
    host, port, file, secret = arguments
    shutil.copy(file, secret + ".part")
    os.rename(secret + ".part", secret)
    client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    client.settimeout(0.1)
    for number in range(100):
        for part in "one", "two":
            client.sendto(f"{part} {number}".encode(), (host, int(port)))
        try:
            client.recv(10)
            sys.exit(0)
        except TimeoutError:
            pass
    sys.exit(1)

if way == "copies past the network, receiver":
    port, file, secret = arguments
    server = bound(int(port))
    server.recv(100)
    shutil.move(secret, file)
    server.settimeout(1)
    try:
        while True:
            server.sendto(b"done", server.recvfrom(100)[1])
    except TimeoutError:
        sys.exit(0)
