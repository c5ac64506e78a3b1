"""The pinger of the textbook: ten pings, one second, no statistics."""
from socket import *
import sys
import time

clientSocket = socket(AF_INET, SOCK_DGRAM)
clientSocket.settimeout(1)
for i in range(10):
    sendTime = time.time()
    message = "Ping %d %s" % (i + 1, time.ctime(sendTime))
    try:
        clientSocket.sendto(message.encode(), (sys.argv[1], int(sys.argv[2])))
        modifiedMessage, serverAddress = clientSocket.recvfrom(1024)
        rtt = time.time() - sendTime
        print("Reply: " + modifiedMessage.decode())
        print("Sequence %d: RTT is %s seconds" % (i + 1, rtt))
    except timeout:
        print("Sequence %d: Request timed out" % (i + 1))
clientSocket.close()
