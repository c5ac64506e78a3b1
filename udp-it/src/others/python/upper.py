"""A server that replies with the text in capitals: upper.py PORT."""
import socket, sys

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for buffer in (socket.SO_RCVBUF, socket.SO_SNDBUF):
    server.setsockopt(socket.SOL_SOCKET, buffer, 4 << 20)
server.bind(("127.0.0.1", int(sys.argv[1])))
while True:
    request, peer = server.recvfrom(65507)
    server.sendto(request.upper(), peer)
