"""The client of the lecture notes."""
from socket import *
import sys
client = socket(AF_INET, SOCK_DGRAM)
message = input('Input lowercase sentence:')
client.sendto(message.encode(), (sys.argv[1], int(sys.argv[2])))
reply, server = client.recvfrom(2048)
print(reply.decode())
client.close()
