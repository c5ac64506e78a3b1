"""The pinger of the textbook with its optional exercise: statistics in seconds, a line for each."""
import datetime
import socket
import sys

server = (sys.argv[1], int(sys.argv[2]))
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(1)
rtts, lost = [], 0
for sequence in range(1, 11):
    start = datetime.datetime.now()
    client.sendto(f"Ping {sequence} {start}".encode(), server)
    try:
        data, address = client.recvfrom(1024)
        rtt = (datetime.datetime.now() - start).total_seconds()
        rtts.append(rtt)
        print(data, "RTT:", round(rtt, 6))
    except socket.timeout:
        lost += 1
        print("Request timed out\n")
print("Maximum RTT:", max(rtts))
print("Minimum RTT:", min(rtts))
print("Average RTT:", sum(rtts) / len(rtts))
print("Packet loss rate: " + str(lost / 10 * 100) + "%")
