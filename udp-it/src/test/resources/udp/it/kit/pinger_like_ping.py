"""The pinger of the textbook, which prints as the system's ping does."""
import socket
import sys
import time

host, port = sys.argv[1], int(sys.argv[2])
rtts = []
print(f"PING {host}:{port} with 10 packets")
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
    client.settimeout(1.0)
    client.connect((host, port))
    for seq in range(10):
        start = time.perf_counter()
        client.send(f"PING {seq} {start:.6f}".encode())
        try:
            reply = client.recv(2048).decode()
        except (TimeoutError, socket.timeout):
            print(f"seq={seq} no reply: request timed out")
            continue
        rtts.append((time.perf_counter() - start) * 1000)
        print(f"{len(reply)} bytes from {host}: seq={seq} time={rtts[-1]:.3f} ms")
print(f"\n--- {host} ping statistics ---")
print(f"10 packets transmitted, {len(rtts)} received, {(10 - len(rtts)) * 10}% packet loss")
if rtts:
    print(f"rtt min/avg/max = {min(rtts):.3f}/{sum(rtts) / len(rtts):.3f}/{max(rtts):.3f} ms")
