"""A client as students write it: its server is the argument, and its port is in a file beside it; or it asks for both."""
import socket
import sys

print("Welcome to HELLO, the client in capitals. " * 3)
if len(sys.argv) > 1:
    host, port = sys.argv[1], int(open("port.txt").read())
else:
    host, port = input("Which server? "), int(input("Which port? "))
sentence = input("Input lowercase sentence:")
print(f"Sending '{sentence}' to {host}")
family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)[0]
client = socket.socket(family, kind, protocol)
client.connect(address)
for seconds in 0.5, 1, 2:
    client.settimeout(seconds)
    client.send(sentence.encode())
    try:
        print("From server:", client.recv(65535).decode())
        print("Goodbye")
        break
    except TimeoutError:
        print("Request timed out", file=sys.stderr)
else:
    sys.exit(1)
