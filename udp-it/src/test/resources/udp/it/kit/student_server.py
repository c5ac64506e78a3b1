"""A server as students write it: HOST is where it binds; its port is built in (the second argument), or it asks for it."""
import socket
import sys
import time

host = sys.argv[1]
port = int(sys.argv[2] if len(sys.argv) > 2 else input("Which port? "))
time.sleep(0.3)  # it takes its time to start
server = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
server.bind((host, port))
print("The server is ready to receive", flush=True)
while True:
    message, client = server.recvfrom(65535)
    print("From client:", client)
    try:
        server.sendto(message.decode(errors="replace").upper().encode(), client)
    except OSError:  # port 0
        pass
