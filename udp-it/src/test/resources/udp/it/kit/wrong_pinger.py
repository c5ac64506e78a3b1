"""A pinger, right but for the mistake that is its first argument; host and port follow."""
import socket
import sys
import time

mistake, server = sys.argv[1], (sys.argv[2], int(sys.argv[3]))
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
if mistake != "looks at no sender":
    client.connect(server)
first = 0 if mistake == "counts from 0" else 1
numbers = range(first, 10 if mistake == "ends before ten" else first + 10)
times, lost = [], 0
for number in numbers:
    ping, start = f"Ping {number} {time.time()}".encode(), time.monotonic()
    client.sendto(ping, server)
    while True:
        try:
            client.settimeout(max(0.001, start + 1 - time.monotonic()))
            if client.recv(2048) == ping.upper():
                times.append((time.monotonic() - start) * 1000)
                print(f"Reply to ping {number}: {times[-1]:.3f} ms")
                break
        except TimeoutError:
            lost += 1
            print(f"Ping {number}: request timed out")
            break
print(f"{len(numbers)} sent, {100 * lost / len(numbers):.0f} % loss")
if lost < 10:
    mean = sum(times) / (10 if mistake == "averages over all pings" else len(times))
    print(f"min/avg/max {min(times):.3f}/{mean:.3f}/{max(times):.3f} ms")
sys.exit(lost == 10)
